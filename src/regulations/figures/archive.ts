import type { Parameter } from '../parameters.ts'

export const archiveFigures = {
  // The strict reading (S1§14): a file is secret from the first day, and the general manager signs for all above internal.
  'archive.default_level': { rule: 'ARC-21', type: 'choice', options: ['internal', 'secret'], first: 'internal' },
  'archive.authority': { rule: 'ARC-21', type: 'choice', options: ['review', 'general_manager'], first: 'review' },
  'archive.review_role': { rule: 'ARC-07', type: 'choice', options: ['archivist', 'cs_manager'], first: 'archivist' },
  'archive.acknowledge_months': {
    rule: 'ARC-19',
    type: 'number',
    unit: 'month',
    sign: '≤',
    min: 1,
    max: 12,
    first: 12,
  },
  // Plain practice: ink that fades is copied before it is forgotten again.
  'archive.copying_days': {
    rule: 'ARC-22',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 60,
    first: 10,
  },
  'archive.copy_days': { rule: 'ARC-13', type: 'number', unit: 'day', sign: '≤', min: 1, max: 30, first: 3 },
  'archive.copy_ladder': {
    rule: 'ARC-13',
    type: 'ladder',
    first: [
      { to: 'archivist', days: 0 },
      { to: 'info_supervisor', days: 2 },
    ],
  },
  'archive.loan_days': { rule: 'ARC-10', type: 'number', unit: 'day', sign: '≤', min: 1, max: 3, first: 3 },
  'archive.loan_ladder': {
    rule: 'ARC-11',
    type: 'ladder',
    first: [
      { to: 'dept_head', days: 0 },
      { to: 'archivist', days: 0 },
      { to: 'cs_manager', days: 3 },
    ],
  },
  // Plain practice: what was approved and is not fetched soon is asked for anew.
  'archive.loan_fetch_days': { rule: 'ARC-09', type: 'number', unit: 'day', sign: '≤', min: 1, max: 30, first: 7 },
  'archive.reason_length': {
    rule: 'ARC-07',
    type: 'number',
    unit: 'character',
    sign: '≥',
    min: 5,
    max: 100,
    first: 10,
  },
  'archive.window_days': { rule: 'ARC-07', type: 'number', unit: 'working_day', sign: '≤', min: 1, max: 5, first: 1 },
  // 18.2: the department's seal is the head's signature, or the stamped sheet comes along as a scan.
  'archive.seal': { rule: 'ARC-07', type: 'choice', options: ['electronic', 'scan'], first: 'electronic' },
  // Plain practice: what cannot wait for two signatures is opened at once, told at once and looked at afterwards.
  'archive.emergency_hours': { rule: 'ARC-07', type: 'number', unit: 'hour', sign: '≤', min: 1, max: 8, first: 3 },
  'archive.emergency_open': { rule: 'ARC-07', type: 'number', unit: 'time', sign: '≤', min: 1, max: 3, first: 1 },
  'archive.review_days': { rule: 'ARC-07', type: 'number', unit: 'working_day', sign: '≤', min: 1, max: 5, first: 1 },
  // S3 四(五): three working days for A, two more for B; later only with a reason and a signature.
  'archive.hand_over_days': {
    rule: 'ARC-03',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 10,
    first: 3,
  },
  'archive.check_days': { rule: 'ARC-03', type: 'number', unit: 'working_day', sign: '≤', min: 1, max: 10, first: 2 },
  'archive.late_role': {
    rule: 'ARC-03',
    type: 'choice',
    options: ['cs_manager', 'sales_director'],
    first: 'cs_manager',
  },
} as const satisfies Record<string, Parameter>
