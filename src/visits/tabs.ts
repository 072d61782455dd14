import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import type { Translate } from '../i18n.ts'

const places = [
  ['day', '/visits/day', 'visits.plan'],
  ['plans', '/visits/plans', 'visits.view'],
  ['list', '/visits', 'visits.view'],
  ['review', '/visits/reports?tab=waiting', 'visits.review'],
  ['promises', '/promises', 'tasks.view'],
  ['assessment', '/visits/assessment', 'assessments.view'],
  ['coverage', '/coverage', 'coverage.view'],
  ['notes', '/market-notes', 'market_notes.view'],
  ['records', '/contact-records', 'contact_records.view'],
] as const satisfies readonly (readonly [string, string, Act])[]

/** The pages of visiting (views/visits/tabs.ejs): those that are open to this person. */
export function visitTabs(actor: Actor, path: string, t: Translate) {
  return places
    .filter(([, , act]) => mayEver(actor, act))
    .map(([name, href]) => ({ name, href, word: t(`visitList:place.${name}`), current: path === href }))
}
