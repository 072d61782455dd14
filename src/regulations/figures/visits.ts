import type { Parameter } from '../parameters.ts'

const asked = { rule: 'VIS-01', type: 'number', unit: 'time', sign: '≥', min: 0, max: 200 } as const
const limit = { rule: 'VIS-04', type: 'number', unit: 'yuan', sign: '≤', min: 0, max: 100_000 } as const
const months = { type: 'number', unit: 'month', sign: '≤', min: 1, max: 24 } as const
const weight = { rule: 'VIS-09', type: 'number', unit: 'percent', sign: '≤', min: 0, max: 100 } as const

export const visitFigures = {
  // S1§4 2.3: so many visits for each post; how many is the company's own, these are plain practice.
  'visits.asked_sales': { ...asked, first: 20 },
  'visits.asked_head': { ...asked, first: 8 },
  'visits.asked_area': { ...asked, first: 8 },
  'visits.asked_director': { ...asked, first: 4 },
  // S1§4 3.2(5), 3.3(3): asked for beforehand; up to what a post may decide alone is the company's own.
  'visits.expense_sales': { ...limit, first: 300 },
  'visits.expense_head': { ...limit, first: 800 },
  'visits.expense_area': { ...limit, first: 800 },
  'visits.expense_director': { ...limit, first: 2000 },
  'visits.gift_sales': { ...limit, first: 200 },
  'visits.gift_head': { ...limit, first: 300 },
  'visits.gift_area': { ...limit, first: 300 },
  'visits.gift_director': { ...limit, first: 500 },
  'visits.entertainment_sales': { ...limit, first: 300 },
  'visits.entertainment_head': { ...limit, first: 800 },
  'visits.entertainment_area': { ...limit, first: 800 },
  'visits.entertainment_director': { ...limit, first: 2000 },
  // S1§4 3.4(1): within two days.
  'visits.report_clock': { rule: 'VIS-06', type: 'choice', options: ['days', 'working_days'], first: 'days' },
  'visits.report_days': { rule: 'VIS-06', type: 'number', unit: 'day', sign: '≤', min: 1, max: 30, first: 2 },
  'visits.report_working': {
    rule: 'VIS-06',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 20,
    first: 2,
  },
  'visits.most_unreported': { rule: 'VIS-06', type: 'number', unit: 'time', sign: '<', min: 1, max: 50, first: 3 },
  // Plain practice: how the four parts of a month count (S1§4 3.4(3) asks for an assessment).
  'visits.weight_done': { ...weight, first: 40 },
  'visits.weight_reports': { ...weight, first: 30 },
  'visits.weight_promises': { ...weight, first: 20 },
  'visits.weight_reached': { ...weight, first: 10 },
  // S1§8 6.2.1f: grade A monthly, by a manager each quarter.
  'visits.cover_grade_a': { ...months, rule: 'VIS-10', first: 1 },
  'visits.cover_manager': { ...months, rule: 'VIS-10', first: 3 },
  // S2 5.3.1: once a year, grade 1 by the deputy manager or above.
  'relations.every': { ...months, rule: 'REL-01', first: 12 },
  'relations.grade_a_by': {
    rule: 'REL-01',
    type: 'choice',
    options: ['anybody', 'manager'],
    first: 'anybody',
    presets: { mall: 'manager' },
  },
  // S0 客户关系 2.1–2.3; S3 销售见客户 17: by the next working day.
  'contacts.record_days': {
    rule: 'CUS-19',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 0,
    max: 10,
    first: 1,
  },
  'visits.ladder': {
    rule: 'VIS-06',
    type: 'ladder',
    first: [
      { to: 'owner', days: 0 },
      { to: 'dept_head', days: 1 },
    ],
  },
} as const satisfies Record<string, Parameter>
