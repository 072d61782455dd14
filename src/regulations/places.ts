import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import { translateIfKnown, type Translate } from '../i18n.ts'

type Known = { act: Act; opens: boolean }
const known = new Map<string, Known>()

/** Told by the site map, which nothing here may import: what each address is for. */
export function learnPlace(path: string, act: Act, opens: boolean): void {
  known.set(path, { act, opens })
}

/** Where a rule acted, in words, and the way there, where it is one page and open to this person. */
export function placeOf(actor: Actor, t: Translate, place: string): { word: string; href?: string } {
  if (place === 'everywhere') return { word: t('regulations:everywhere') }
  const { language } = actor
  const kind = translateIfKnown(language, `deadlines:kind.${place.replaceAll('.', '_')}`)
  if (kind) return { word: t('regulations:kindPlace', { kind }) }
  const page = known.get(place)
  const word =
    translateIfKnown(language, `regulations:place.${place}`) ??
    (page && translateIfKnown(language, `access:act.${page.act}`)) ??
    place
  const open = page?.opens && !place.includes(':') && mayEver(actor, page.act)
  return { word, ...(open ? { href: place } : {}) }
}
