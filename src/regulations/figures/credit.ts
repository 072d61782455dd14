import type { Parameter } from '../parameters.ts'

const days = { type: 'number', unit: 'day', min: 0, max: 365 } as const
const share = { rule: 'CRD-10', type: 'number', unit: 'percent', sign: '≤', min: 0, max: 100 } as const
const role = { type: 'choice' } as const

export const creditFigures = {
  // S1§12 1.2: what was invoiced and shipped on the thirty days before; the day itself is not one of them.
  'credit.window_days': { ...days, rule: 'CRD-02', sign: '≤', min: 7, first: 30 },
  'credit.terms_role': {
    ...role,
    rule: 'CRD-02',
    options: ['sales_director', 'general_manager'],
    first: 'sales_director',
  },
  // S1§12 1.4.2: past thirty days.
  'credit.overdue_days': { ...days, rule: 'CRD-05', sign: '>', first: 30 },
  // Plain practice: from how much on what is overdue stops shipments; with 0, any of it does.
  'credit.overdue_least': { rule: 'CRD-05', type: 'number', unit: 'yuan', sign: '>', min: 0, max: 10_000, first: 0 },
  'credit.overdue_role': {
    ...role,
    rule: 'CRD-05',
    options: ['sales_director', 'general_manager'],
    first: 'sales_director',
  },
  // S1§12 2.2.1, 2.2.2: less than a third of the limit.
  'credit.first_part': { rule: 'CRD-07', type: 'number', unit: 'part', sign: '<', min: 1, max: 20, first: 3 },
  'credit.first_role': {
    ...role,
    rule: 'CRD-07',
    options: ['area_manager', 'sales_director'],
    first: 'area_manager',
  },
  'credit.final_part': { rule: 'CRD-08', type: 'number', unit: 'part', sign: '<', min: 1, max: 20, first: 3 },
  // S1§12 names no signer.
  'credit.final_role': {
    ...role,
    rule: 'CRD-08',
    options: ['sales_director', 'general_manager'],
    first: 'sales_director',
  },
  'credit.ladder': {
    rule: 'CRD-08',
    type: 'ladder',
    first: [
      { to: 'owner', days: 0 },
      { to: 'area_manager', days: 1 },
      { to: 'sales_director', days: 3 },
    ],
  },
  // S1§12 4.1: by finance's own table; the company bears what is left.
  'credit.share_first': { ...share, first: 40 },
  'credit.share_final': { ...share, first: 60 },
  'credit.share_owner': { ...share, first: 0 },
  'credit.guarantee_role': {
    ...role,
    rule: 'CRD-12',
    options: ['sales_director', 'general_manager'],
    first: 'sales_director',
  },
  // S0 合同 二.2: thirty days past the day that was guaranteed.
  'credit.guarantee_grace': { ...days, rule: 'CRD-12', sign: '≤', first: 30 },
  // S0 合同 二.4: 销售副总 and 执行董事长.
  'credit.mode_first': {
    ...role,
    rule: 'CRD-14',
    options: ['sales_director', 'area_manager'],
    first: 'sales_director',
  },
  'credit.mode_second': {
    ...role,
    rule: 'CRD-14',
    options: ['general_manager', 'sales_director'],
    first: 'general_manager',
  },
  // Plain practice: how often a program may ask, and how long its token lasts.
  'credit.api_minute': { rule: 'CRD-18', type: 'number', unit: 'time', sign: '≤', min: 10, max: 6000, first: 600 },
  'credit.token_days': { ...days, rule: 'CRD-18', sign: '≤', min: 1, max: 730, first: 365 },
} as const satisfies Record<string, Parameter>
