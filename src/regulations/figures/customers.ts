import type { Parameter } from '../parameters.ts'

export const customerFigures = {
  // S1§11 art.4: promptly.
  'customers.confirm_days': {
    rule: 'CUS-05',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 10,
    first: 1,
  },
  // Plain practice: a utility takes over the records of whole districts at once.
  'customers.confirm_imported_days': {
    rule: 'CUS-05',
    type: 'number',
    unit: 'working_day',
    sign: '≤',
    min: 1,
    max: 120,
    first: 20,
    presets: { utility: 60 },
  },
  'customers.confirm_ladder': {
    rule: 'CUS-05',
    type: 'ladder',
    first: [
      { to: 'sales_director', days: 0 },
      { to: 'general_manager', days: 3 },
    ],
  },
  'customers.undo_seconds': { rule: 'CUS-06', type: 'number', unit: 'second', sign: '≤', min: 5, max: 60, first: 10 },
  'customers.verify_months': {
    rule: 'CUS-07',
    type: 'number',
    unit: 'month',
    sign: '≤',
    min: 1,
    max: 36,
    first: 12,
    // S1§11 art.14: all files are looked through every half year. S3 收集: each quarter the guests who came are gone
    // through. S2 5.1.1.3: files are spot-checked every quarter.
    presets: { car_dealer: 6, hotel: 3, mall: 3 },
  },
  'customers.verify_ladder': {
    rule: 'CUS-07',
    type: 'ladder',
    first: [
      { to: 'owner', days: 0 },
      { to: 'dept_head', days: 20 },
    ],
  },
  'customers.printed_history': {
    rule: 'CUS-16',
    type: 'number',
    unit: 'row',
    sign: '≤',
    min: 20,
    max: 1000,
    first: 200,
  },
} as const satisfies Record<string, Parameter>
