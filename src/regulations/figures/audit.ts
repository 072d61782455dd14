import type { Parameter } from '../parameters.ts'

export const auditFigures = {
  // A list of hundreds is looked through, not searched in.
  'audit.search_results': {
    rule: 'AUD-01',
    type: 'number',
    unit: 'customer',
    sign: '>',
    min: 20,
    max: 1000,
    first: 200,
  },
  // Plain practice: a busy counter serves one customer in a minute or two; more is looking through, not serving.
  'alerts.openings_an_hour': {
    rule: 'AUD-04',
    type: 'number',
    unit: 'customer',
    sign: '≤',
    min: 10,
    max: 1000,
    first: 100,
  },
  // The search box asks while one types, so one look-up is two or three searches.
  'alerts.searches_an_hour': {
    rule: 'AUD-04',
    type: 'number',
    unit: 'time',
    sign: '≤',
    min: 50,
    max: 5000,
    first: 500,
  },
  'alerts.refusals_in_a_row': { rule: 'AUD-04', type: 'number', unit: 'time', sign: '<', min: 3, max: 50, first: 10 },
} as const satisfies Record<string, Parameter>
