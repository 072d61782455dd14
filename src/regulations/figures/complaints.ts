import type { Parameter } from '../parameters.ts'

const household = { rule: 'CMP-06', type: 'number', unit: 'household', min: 2, max: 1000 } as const
const money = { rule: 'CMP-06', type: 'number', unit: 'yuan', min: 100, max: 10_000_000 } as const
const days = { rule: 'CMP-14', type: 'number', unit: 'working_day', sign: '≤', min: 1, max: 60 } as const

export const complaintFigures = {
  // Our own measure: half a year is what a desk still remembers as the same trouble.
  'complaints.repeat_days': { rule: 'CMP-05', type: 'number', unit: 'day', sign: '≤', min: 7, max: 730, first: 180 },
  // S2 5.4.1: 5 to 9 households, 10 and more; above 5,000 and below 50,000 yuan, 50,000 and more.
  'complaints.important_households': { ...household, sign: '≥', first: 5 },
  'complaints.major_households': { ...household, sign: '≥', first: 10 },
  'complaints.important_compensation': { ...money, sign: '>', first: 5000 },
  'complaints.major_compensation': { ...money, sign: '≥', first: 50_000 },
  // S1§18 2.5 calls a negative report major; S2 5.4.1.2 counts every exposure as important.
  'complaints.negative_media': {
    rule: 'CMP-06',
    type: 'choice',
    options: ['major', 'important'],
    first: 'major',
    presets: { mall: 'important' },
  },
  // S1§19: the store judges, its superior decides on acceptance, the report is reviewed and approved.
  'complaints.course': { rule: 'CMP-22', type: 'choice', options: ['standard', 'store'], first: 'standard' },
  // S1§19 art.9: 行政人事部; here whoever does its part.
  'complaints.supervising_role': {
    rule: 'CMP-22',
    type: 'choice',
    options: ['cs_manager', 'dept_head', 'area_manager'],
    first: 'cs_manager',
  },
  'complaints.contact_hours': { rule: 'CMP-12', type: 'number', unit: 'hour', sign: '≤', min: 1, max: 72, first: 3 },
  'complaints.remedy_days': {
    rule: 'CMP-13',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 10,
    first: 1,
  },
  'complaints.first_result': {
    rule: 'CMP-13',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 10,
    first: 2,
  },
  'complaints.report_hours': { rule: 'CMP-13', type: 'number', unit: 'hour', sign: '≤', min: 1, max: 72, first: 24 },
  // S2 5.4.4 by level; S1§19 art.26: 7 days; S3 高速 二(二): 48 hours.
  'complaints.done_clock': {
    rule: 'CMP-14',
    type: 'choice',
    options: ['by_level', 'days', 'hours'],
    first: 'by_level',
  },
  'complaints.done_general': { ...days, first: 3 },
  'complaints.done_important': { ...days, first: 7 },
  'complaints.done_major': { ...days, first: 15 },
  'complaints.done_days': { rule: 'CMP-14', type: 'number', unit: 'day', sign: '≤', min: 1, max: 60, first: 7 },
  'complaints.done_hours': { rule: 'CMP-14', type: 'number', unit: 'hour', sign: '≤', min: 1, max: 240, first: 48 },
  // S1§20: a complaint about service is done within 3 days, whatever its level.
  'complaints.service_clock': {
    rule: 'CMP-14',
    type: 'choice',
    options: ['as_others', 'days'],
    first: 'as_others',
    presets: { car_dealer: 'days' },
  },
  'complaints.service_days': { rule: 'CMP-14', type: 'number', unit: 'day', sign: '≤', min: 1, max: 30, first: 3 },
  'complaints.warning_hours': { rule: 'CMP-08', type: 'number', unit: 'hour', sign: '≤', min: 1, max: 72, first: 24 },
  // S2 5.4.4 counts progress that is not entered as required; how often is plain practice.
  'complaints.progress_days': {
    rule: 'CMP-15',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 10,
    first: 2,
  },
  // S1§6 4, S1§7: the general manager approves every remedy; S1§18 2.9: above the limit it goes up; S2 5.4.2: by level.
  'complaints.authority': {
    rule: 'CMP-10',
    type: 'choice',
    options: ['general_manager', 'by_limit', 'by_level'],
    first: 'general_manager',
    presets: { mall: 'by_level' },
  },
  // S1§18 2.9: what the customer service manager may grant.
  'complaints.cs_limit': {
    rule: 'CMP-10',
    type: 'number',
    unit: 'yuan',
    sign: '≤',
    min: 0,
    max: 10_000_000,
    first: 5000,
  },
  // Rulebook CMP-21: the first figures are the product's own.
  'complaints.pause_times': { rule: 'CMP-21', type: 'number', unit: 'time', sign: '≤', min: 0, max: 10, first: 2 },
  'complaints.pause_days': {
    rule: 'CMP-21',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 60,
    first: 5,
  },
  // S1§7: effectiveness is checked; after how many days is plain practice.
  'complaints.effect_days': { rule: 'CMP-18', type: 'number', unit: 'day', sign: '≥', min: 1, max: 365, first: 30 },
  'complaints.verify_days': {
    rule: 'CMP-18',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 30,
    first: 3,
  },
  // S1§18 2.8: by the 10th.
  'complaints.report_day': { rule: 'CMP-19', type: 'number', unit: 'day', sign: '≤', min: 1, max: 28, first: 10 },
  // Rulebook CBK-02, CMP-11: tries on three different days.
  'complaints.attempts': { rule: 'CBK-02', type: 'number', unit: 'day', sign: '≥', min: 1, max: 10, first: 3 },
  'complaints.rating_days': { rule: 'SAT-03', type: 'number', unit: 'day', sign: '≤', min: 1, max: 90, first: 14 },
  // Wish 31: owner, manager, general manager.
  'complaints.ladder': {
    rule: 'CMP-15',
    type: 'ladder',
    first: [
      { to: 'owner', days: 0 },
      { to: 'dept_head', days: 0 },
      { to: 'cs_manager', days: 1 },
      { to: 'general_manager', days: 3 },
    ],
  },
} as const satisfies Record<string, Parameter>
