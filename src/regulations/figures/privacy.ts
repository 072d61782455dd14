import type { Parameter } from '../parameters.ts'

export const privacyFigures = {
  'privacy.shown_seconds': { rule: 'PRV-02', type: 'number', unit: 'second', sign: '<', min: 10, max: 300, first: 60 },
  'privacy.unmaskings_an_hour': {
    rule: 'PRV-02',
    type: 'number',
    unit: 'time',
    sign: '≤',
    min: 1,
    max: 200,
    first: 60,
  },
  'privacy.reason_length': { rule: 'PRV-02', type: 'number', unit: 'character', sign: '≥', min: 2, max: 20, first: 4 },
} as const satisfies Record<string, Parameter>
