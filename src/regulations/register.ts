export const chapters = ['calendar', 'customers', 'pool', 'privacy', 'people', 'audit', 'regulation', 'tasks'] as const
export type Chapter = (typeof chapters)[number]

/** enforce: the server refuses; remind: somebody is told; record: it is kept and can be reported. */
export type Effect = 'enforce' | 'remind' | 'record'

/** Where a rule acts: a page that can be opened, or none where it acts everywhere. The sentence is in words.ts. */
export type Rule = {
  chapter: Chapter
  effect: Effect
  /** As the rulebook cites it: S1§11 art.4 */
  source: string
  related: readonly string[]
}

/** Every rule of the rulebook that the product applies; titles, texts and articles stand in words.ts under the same id. */
export const register = {
  'CAL-01': { chapter: 'calendar', effect: 'record', source: 'State Council', related: ['CAL-02', 'CAL-03'] },
  'CAL-02': { chapter: 'calendar', effect: 'remind', source: '', related: ['CAL-01'] },
  'CAL-03': { chapter: 'calendar', effect: 'record', source: '民法典 1259', related: ['CAL-01'] },
  'CUS-05': { chapter: 'customers', effect: 'enforce', source: 'S1§11 art.4', related: ['CUS-04', 'CAL-01'] },
  'CUS-07': { chapter: 'customers', effect: 'remind', source: 'S2 3.1.2', related: ['CUS-06'] },
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof register
export const ruleIds = Object.keys(register) as RuleId[]

export function isRule(id: string): id is RuleId {
  return id in register
}
