import type { Actor } from '../../access/actor.ts'
import type { Key } from '../../i18n.ts'
import type { Params } from '../../lib/refused.ts'
import type { Visit } from '../queries.ts'

/** One part of a visit's page: a view of its own with its model, in the column or in the margin. */
export type Section = { view: string; place: 'column' | 'margin'; model: object }

/**
 * Something that may be done now. `rank`: `next` is the next step and comes first; `menu` stands behind the three dots.
 * `how`: a short form in a drawer, a file that is fetched, one press that needs no form (`values`: what is sent with it);
 * else a page.
 */
export type PageAct = {
  href: string
  word: Key
  icon?: string
  rank?: 'next' | 'menu'
  how?: 'drawer' | 'file' | 'post'
  values?: Record<string, string>
}

/** What cannot be done now, why, by which rule, and what to do instead. */
export type Obstacle = { act: Key; reason: Key; params?: Params; rule: string; next?: { href: string; word: Key } }

/** What a step of a visit brings to its page. Each part reads what it needs; null where it has nothing to show. */
export type Part = {
  section?: (actor: Actor, visit: Visit, now: Date) => Promise<Section | null>
  aside?: (actor: Actor, visit: Visit, now: Date) => Promise<Section | null>
  acts?: (actor: Actor, visit: Visit, now: Date) => Promise<PageAct[]> | PageAct[]
  obstacles?: (actor: Actor, visit: Visit, now: Date) => Promise<Obstacle[]> | Obstacle[]
}
