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
  // What 等保 assessors ask of accounts at once, on top of the figures above (session/strictness.ts).
  'auth.profile': { rule: 'ACC-01', type: 'choice', options: ['modern', 'dengbao'], first: 'modern' },
  'auth.second_factor': {
    rule: 'ACC-01',
    type: 'choice',
    options: ['off', 'administrators', 'everyone'],
    first: 'off',
  },
  // Nought: never by age alone. A password that must be new every month ends on a note under the keyboard.
  'auth.rotation_days': { rule: 'ACC-01', type: 'number', unit: 'day', sign: '<', min: 0, max: 365, first: 0 },
  'auth.step_up_minutes': { rule: 'ACC-01', type: 'number', unit: 'minute', sign: '≤', min: 1, max: 60, first: 10 },
} as const satisfies Record<string, Parameter>
