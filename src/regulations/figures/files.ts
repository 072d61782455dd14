import type { Parameter } from '../parameters.ts'

// Plain practice: what a scanner makes of a contract of some fifty pages, and a disk that lasts for years.
export const fileFigures = {
  'files.max_megabytes': { rule: 'CUS-16', type: 'number', unit: 'megabyte', sign: '≤', min: 1, max: 100, first: 20 },
  'files.per_customer': { rule: 'CUS-16', type: 'number', unit: 'file', sign: '≤', min: 10, max: 1000, first: 200 },
  'files.customer_megabytes': {
    rule: 'CUS-16',
    type: 'number',
    unit: 'megabyte',
    sign: '≤',
    min: 50,
    max: 10_000,
    first: 500,
  },
} as const satisfies Record<string, Parameter>
