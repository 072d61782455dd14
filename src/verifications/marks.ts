import type { Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import type { Age } from './ages.ts'

/** How a part's age reads: 2026-03-04 何以宁 电话核实; `stale` says since when it is too old, and `note` what was noted. */
export type Mark = { text: string; stale: string | null; note: string | null }

export function markOf(t: Translate, { at, by, way, note, never, months, staleAt }: Age, now: Date): Mark {
  const date = dateText(at)
  const how = t(`verifications:by.${way ?? 'recorded'}`)
  const text = never
    ? t('verifications:never', { date })
    : by
      ? t('verifications:mark', { date, person: by, how })
      : t('verifications:markUnnamed', { date, how })
  return { text, stale: now > staleAt ? t('verifications:stale', { n: months }) : null, note }
}

/** The same in one line of text, for print. */
export const markText = ({ text, stale }: Mark, t: Translate) =>
  stale ? t('verifications:markStale', { text, stale }) : text

/** Marks for a page: of a part by name, and of the rows of a section, in the order of what they show. */
export function marker(t: Translate, ages: Map<string, Age>, now: Date) {
  const of = (part: string): Mark | null => {
    const age = ages.get(part)
    return age ? markOf(t, age, now) : null
  }
  return {
    of,
    rows: <S extends { rows: object[] }>(section: S, kind: 'contact' | 'address', shown: { id: bigint }[]) => ({
      ...section,
      rows: section.rows.map((row, at) => ({ ...row, verified: of(`${kind}:${shown[at]!.id}`) })),
    }),
  }
}
