import type { Parameter } from '../parameters.ts'

/** APR-05 names one working day; how long a request may wait at all is the product's own. */
export const approvalFigures = {
  'approvals.step_days': { rule: 'APR-05', type: 'number', unit: 'working_day', sign: '≤', min: 1, max: 10, first: 1 },
  'approvals.senior_days': {
    rule: 'APR-05',
    type: 'number',
    unit: 'working_day',
    sign: '≥',
    min: 1,
    max: 10,
    first: 1,
  },
  'approvals.expiry_days': { rule: 'APR-01', type: 'number', unit: 'day', sign: '≤', min: 7, max: 180, first: 30 },
  // APR-04: a period, not a transfer of office.
  'approvals.delegation_days': { rule: 'APR-04', type: 'number', unit: 'day', sign: '≤', min: 1, max: 180, first: 60 },
} as const satisfies Record<string, Parameter>
