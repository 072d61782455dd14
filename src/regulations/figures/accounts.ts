import type { Parameter } from '../parameters.ts'

/**
 * ACC-01. GB/T 22239 8.1.4.1 asks for a limit of wrong passwords and for ending idle sessions without naming figures;
 * the bounds are what those who assess by it accept, so a company can be stricter than the first values, hardly laxer.
 */
export const accountFigures = {
  // 24 Chinese characters are the 72 bytes that bcrypt reads.
  'accounts.password_length': {
    rule: 'ACC-01',
    type: 'number',
    unit: 'character',
    sign: '≥',
    min: 10,
    max: 24,
    first: 10,
  },
  'accounts.tries': { rule: 'ACC-01', type: 'number', unit: 'time', sign: '≥', min: 3, max: 5, first: 5 },
  'accounts.lock_minutes': { rule: 'ACC-01', type: 'number', unit: 'minute', sign: '≥', min: 10, max: 1440, first: 15 },
  // Plain practice: the screens of a service hall, a hotel's or a mall's desk stand where customers stand.
  'accounts.idle_minutes': {
    rule: 'ACC-01',
    type: 'number',
    unit: 'minute',
    sign: '≤',
    min: 5,
    max: 30,
    first: 30,
    presets: { utility: 15, hotel: 15, mall: 15 },
  },
  // The longest is a shift of 12 hours.
  'accounts.session_hours': { rule: 'ACC-01', type: 'number', unit: 'hour', sign: '<', min: 1, max: 12, first: 10 },
  'accounts.one_time_days': { rule: 'ACC-01', type: 'number', unit: 'day', sign: '<', min: 1, max: 14, first: 7 },
} as const satisfies Record<string, Parameter>
