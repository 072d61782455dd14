import type { Actor } from '../access/actor.ts'
import type { Key, Translate } from '../i18n.ts'
import type { Params } from '../lib/refused.ts'

/** A part of the page of one thing: a view of its own with its model, in the column or in the margin. */
export type Section = { view: string; place: 'column' | 'margin'; model: object }

/**
 * Something that may be done now. `rank`: `next` is the next step and comes first; `menu` stands behind the three dots
 * whatever else there is. `how`: a short form in a drawer, a file that is fetched, one press that needs no form
 * (`values`: what is sent with it); else a page.
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

type Asked<Thing, Answer> = (actor: Actor, thing: Thing, now: Date) => Answer

/** What one feature brings to the page of a thing. Each part reads what it needs; null where it has nothing to show. */
export type PartOf<Thing> = {
  section?: Asked<Thing, Promise<Section | null>>
  /** Where a part stands in the column and in the margin as well. */
  aside?: Asked<Thing, Promise<Section | null>>
  acts?: Asked<Thing, Promise<PageAct[]> | PageAct[]>
  obstacles?: Asked<Thing, Promise<Obstacle[]> | Obstacle[]>
}

const besideEachOther = 3

/** The parts of a page side by side, none of which knows the others. */
export async function partsOf<Thing>(parts: readonly PartOf<Thing>[], actor: Actor, thing: Thing, now: Date) {
  const [sections, asides, acts, obstacles] = await Promise.all([
    Promise.all(parts.map(async ({ section }) => section?.(actor, thing, now) ?? null)),
    Promise.all(parts.map(async ({ aside }) => aside?.(actor, thing, now) ?? null)),
    Promise.all(parts.map(async (part) => part.acts?.(actor, thing, now) ?? [])),
    Promise.all(parts.map(async (part) => part.obstacles?.(actor, thing, now) ?? [])),
  ])
  return {
    sections: [...sections, ...asides].filter((one) => one !== null),
    acts: acts.flat(),
    obstacles: obstacles.flat(),
  }
}
type Parts = Awaited<ReturnType<typeof partsOf>>

/** How they stand on the page. */
export function placedParts({ sections, acts, obstacles }: Parts, t: Translate) {
  const [inRow, inMenu] = apart(acts)
  const said = (act: PageAct) => ({ icon: null, how: 'page', values: {}, ...act, word: t(act.word) })
  return {
    acts: inRow.map(said),
    moreActs: inMenu.map(said),
    whyNots: obstacles.map(({ act, reason, params, rule, next }) => ({
      act: t(act),
      reason: t(reason, params),
      rule: { id: rule },
      ...(next ? { next: { href: next.href, word: t(next.word) } } : {}),
    })),
    column: sections.filter(({ place }) => place === 'column'),
    margin: sections.filter(({ place }) => place === 'margin'),
  }
}

/** The next step first; three stand side by side, the others behind the dots. */
function apart(acts: PageAct[]): [PageAct[], PageAct[]] {
  const main = acts.filter(({ rank }) => rank !== 'menu')
  const ordered = [...main.filter(({ rank }) => rank === 'next'), ...main.filter(({ rank }) => rank !== 'next')]
  const menu = acts.filter(({ rank }) => rank === 'menu')
  return [ordered.slice(0, besideEachOther), [...ordered.slice(besideEachOther), ...menu]]
}
