import type { Actor } from '../../access/actor.ts'
import type { Key } from '../../i18n.ts'
import type { Params } from '../../lib/refused.ts'
import type { Complaint } from '../queries.ts'

/** One part of a complaint's page: a view of its own with its model, in the column or in the margin. */
export type Section = { view: string; place: 'column' | 'margin'; model: object }

/**
 * Something that may be done now. `rank`: `next` is the next step of the course and comes first; `menu` stands behind the
 * three dots whatever else there is. `how`: a short form in a drawer, a file that is fetched; else a page.
 */
export type PageAct = { href: string; word: Key; icon?: string; rank?: 'next' | 'menu'; how?: 'drawer' | 'file' }

/** What cannot be done now, why, by which rule, and what to do instead. */
export type Obstacle = { act: Key; reason: Key; params?: Params; rule: string; next?: { href: string; word: Key } }

/** What a step of the course brings to the page. Each part reads what it needs; null where it has nothing to show. */
export type Part = {
  section?: (actor: Actor, complaint: Complaint, now: Date) => Promise<Section | null>
  /** Where a part stands in the column and in the margin as well. */
  aside?: (actor: Actor, complaint: Complaint, now: Date) => Promise<Section | null>
  acts?: (actor: Actor, complaint: Complaint, now: Date) => Promise<PageAct[]> | PageAct[]
  obstacles?: (actor: Actor, complaint: Complaint, now: Date) => Promise<Obstacle[]> | Obstacle[]
}
