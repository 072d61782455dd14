export const chapters = [
  'calendar',
  'customers',
  'pool',
  'tasks',
  'approvals',
  'privacy',
  'people',
  'accounts',
  'audit',
  'regulation',
] as const
export type Chapter = (typeof chapters)[number]

/** enforce: the server refuses; remind: somebody is told; record: it is kept and can be reported. */
export type Effect = 'enforce' | 'remind' | 'record'

export type Rule = {
  chapter: Chapter
  effect: Effect
  /** As the rulebook cites it: S1§11 art.4; in words for people it is `rules:CUS-05.source`. */
  source: string
  related: readonly string[]
  /**
   * Where it acts: paths of routes (`/customers/new`; one without `:` can be opened as it is), or `everywhere`.
   * What it does there is the sentence `rules:<id>.acts.<place>`: `rules:CUS-05.acts./customers/confirmation`.
   */
  places: readonly string[]
}

/**
 * Every rule of the rulebook that the product applies. Title, text, article, source and what it does at each place stand
 * in rule-words under the same id; `{customers_confirm_days}` in a text is the value in force of that parameter.
 */
export const register = {
  'CAL-01': {
    chapter: 'calendar',
    effect: 'record',
    source: 'rulebook, Clocks; 全国年节及纪念日放假办法; S4 公司服务',
    related: ['CAL-02', 'CAL-03'],
    places: ['everywhere', '/calendar'],
  },
  'CAL-02': {
    chapter: 'calendar',
    effect: 'remind',
    source: 'rulebook, Clocks',
    related: ['CAL-01', 'CUS-05', 'CUS-07', 'VIS-07'],
    places: ['everywhere', '/deadlines', '/tasks/new'],
  },
  'CAL-03': {
    chapter: 'calendar',
    effect: 'record',
    source: '民法典 1259',
    related: ['CAL-01', 'RULE-02'],
    places: ['everywhere'],
  },
  'CUS-01': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S1§2 四.1; S1§11 art.6',
    related: ['CUS-15'],
    places: ['/customers/new', '/imports/new'],
  },
  'CUS-02': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S1§11 art.3; S2 客户管理 一.2',
    related: ['CARE-02', 'CUS-05'],
    places: ['/customers/new', '/customers/:number/life'],
  },
  'CUS-03': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S2 客户管理 三.2',
    related: ['CUS-04', 'POOL-01'],
    places: ['/customers/new', '/customers/:number/identity', '/imports/new'],
  },
  'CUS-04': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S1§10 a; S1§14; S0 如何规范 2',
    related: ['CUS-03', 'CUS-05'],
    places: ['/customers/new', '/customers/:number/reach', '/incomplete-files', '/imports/new'],
  },
  'CUS-05': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S1§11 art.4; S1§10 c',
    related: ['CUS-04', 'CAL-01', 'PPL-02', 'APR-01'],
    places: ['/customers/new', '/customers/:number/confirmation', '/customers/confirmation', '/imports/new'],
  },
  'CUS-06': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S0 资料管理 5(2)',
    related: ['AUD-01', 'AUD-03', 'APR-01', 'POOL-01'],
    places: ['/customers/:number/identity', '/customers/:number/assignment', '/customers/assignment'],
  },
  'CUS-07': {
    chapter: 'customers',
    effect: 'remind',
    source: 'S2 信息录入 3.1.2',
    related: ['CUS-06', 'CAL-02'],
    places: ['/customers/:number', '/customers/:number/identity', '/customers/:number/verification'],
  },
  'CUS-10': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S2 信息录入 3.1.1; GB/T 2260',
    related: ['CUS-04'],
    places: ['/customers/new', '/customers/:number/addresses/new', '/imports/new'],
  },
  'CUS-12': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'rulebook, customers',
    related: ['CUS-03'],
    places: ['/customers/:number/links/new'],
  },
  'CUS-14': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'rulebook, customers',
    related: ['PRV-02', 'PPL-01'],
    places: ['/search', '/customers', '/customers/new'],
  },
  'CUS-15': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S1§11 art.19.1, 23.1',
    related: ['POOL-01', 'PRV-02', 'AUD-01'],
    places: ['/imports/new', '/imports/:number/undo', '/customers/export'],
  },
  'CUS-16': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S1§11 art.23',
    related: ['PRV-02', 'AUD-01'],
    places: ['/customers/:number/print', '/customers/:number/attachments/new'],
  },
  'CARE-01': {
    chapter: 'customers',
    effect: 'record',
    source: 'S1§2 4, 9; S1§13',
    related: ['CUS-04'],
    places: ['/customers/:number/contacts/new'],
  },
  'CARE-02': {
    chapter: 'customers',
    effect: 'enforce',
    source: 'S1§3 (5)',
    related: ['CUS-02'],
    places: ['/customers/:number/life'],
  },
  'POOL-01': {
    chapter: 'pool',
    effect: 'enforce',
    source: 'S2 客户管理 二.1',
    related: ['CUS-03', 'CUS-15'],
    places: ['/customers/new', '/customers/:number/identity', '/imports/new'],
  },
  'VIS-07': {
    chapter: 'tasks',
    effect: 'enforce',
    source: 'S0 拜访 3.4(2)',
    related: ['CAL-02'],
    places: ['/tasks', '/tasks/:number/result', '/tasks/:number/withdrawal'],
  },
  'PRV-02': {
    chapter: 'privacy',
    effect: 'enforce',
    source: 'S3 信息保密 三; PIPL 28',
    related: ['AUD-01', 'CUS-15', 'CUS-16'],
    places: ['/customers/:number/unmaskings/:field', '/customers', '/customers/export'],
  },
  'PRV-06': {
    chapter: 'privacy',
    effect: 'remind',
    source: 'S0 企业信息 二; S0 如何规范 5',
    related: ['AUD-02'],
    places: ['/backups'],
  },
  'PRV-09': {
    chapter: 'privacy',
    effect: 'remind',
    source: '保密法 31',
    related: ['CUS-16'],
    places: ['/sign-in', '/customers/:number/attachments/new'],
  },
  'PPL-01': {
    chapter: 'people',
    effect: 'enforce',
    source: 'rulebook, people; S1§11 art.17',
    related: ['PPL-02', 'ACC-02'],
    places: ['everywhere', '/access', '/staff/:number/roles'],
  },
  'PPL-02': {
    chapter: 'people',
    effect: 'enforce',
    source: 'S1§18 2.2',
    related: ['PPL-01', 'CUS-05', 'RULE-02'],
    places: ['/approvals/:number', '/staff/:number/roles', '/first-steps/finish'],
  },
  'PPL-03': {
    chapter: 'people',
    effect: 'enforce',
    source: 'S1§11 art.18.4',
    related: ['PPL-01', 'ACC-01'],
    places: ['/staff/new', '/sign-in'],
  },
  'ACC-01': {
    chapter: 'accounts',
    effect: 'enforce',
    source: 'rulebook, people; GB/T 22239 8.1.4.1',
    related: ['ACC-02', 'AUD-01'],
    places: [
      '/sign-in',
      '/second-factor',
      '/password',
      '/profile',
      '/profile/second-factor',
      '/step-up',
      '/staff/:number/password',
      '/staff/:number/second-factor',
    ],
  },
  'ACC-02': {
    chapter: 'accounts',
    effect: 'enforce',
    source: 'S1§11 art.19.1; S3 物业保密 2.3',
    related: ['ACC-01', 'PPL-01'],
    places: [
      '/staff/:number/disable',
      '/staff/:number/suspend',
      '/handovers',
      '/handovers/:number',
      '/handovers/:number/finish',
      '/organisation',
    ],
  },
  'AUD-01': {
    chapter: 'audit',
    effect: 'record',
    source: 'S0 资料管理 5(2), 7(2), 8(1); S1§11 art.17',
    related: ['AUD-02', 'AUD-03', 'PRV-02'],
    places: ['everywhere', '/customers', '/audit'],
  },
  'AUD-02': {
    chapter: 'audit',
    effect: 'enforce',
    source: 'rulebook, people; 网络安全法 21',
    related: ['AUD-01', 'AUD-04'],
    places: ['/audit', '/audit/seals', '/audit/check'],
  },
  'AUD-04': {
    chapter: 'audit',
    effect: 'remind',
    source: 'rulebook, people',
    related: ['AUD-01', 'AUD-02', 'ACC-01'],
    places: ['everywhere', '/alerts', '/alerts/:id/settle', '/audit/seals'],
  },
  'AUD-03': {
    chapter: 'audit',
    effect: 'record',
    source: 'rulebook, people; S0 资料管理 5(2)',
    related: ['AUD-01', 'CUS-06'],
    places: ['/customers/:number/history', '/tasks/:number', '/imports/:number', '/staff/:number'],
  },
  'APR-01': {
    chapter: 'approvals',
    effect: 'enforce',
    source: 'rulebook, people; S1§11 art.18, 23',
    related: ['APR-02', 'PPL-02'],
    places: ['/approvals', '/approvals/:number'],
  },
  'APR-02': {
    chapter: 'approvals',
    effect: 'enforce',
    source: 'rulebook, people',
    related: ['APR-01', 'AUD-01'],
    places: ['/approvals/:number'],
  },
  'APR-03': {
    chapter: 'approvals',
    effect: 'record',
    source: 'rulebook, people',
    related: ['APR-01', 'CAL-02'],
    places: ['/approvals', '/'],
  },
  'APR-04': {
    chapter: 'approvals',
    effect: 'enforce',
    source: 'rulebook, people',
    related: ['APR-01', 'PPL-02'],
    places: ['/delegations/new', '/delegations', '/approvals/:number'],
  },
  'APR-05': {
    chapter: 'approvals',
    effect: 'remind',
    source: 'rulebook, people',
    related: ['APR-01', 'CAL-02'],
    places: ['/approvals', '/deadlines'],
  },
  'RULE-01': {
    chapter: 'regulation',
    effect: 'record',
    source: 'rulebook, service',
    related: ['RULE-02'],
    places: ['/regulations', '/regulations/:rule', 'everywhere'],
  },
  'RULE-02': {
    chapter: 'regulation',
    effect: 'enforce',
    source: 'S1§11 art.28–29; S1§4 1.3',
    related: ['RULE-01', 'PPL-02'],
    places: ['/regulations/:rule/draft', '/approvals/:number', '/regulations/presets'],
  },
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof register
export const ruleIds = Object.keys(register) as RuleId[]

export function isRule(id: string): id is RuleId {
  return Object.hasOwn(register, id)
}
