import type { Translate } from '../i18n.ts'
import type { Quarter } from './figures.ts'
import { noteKinds } from './policy.ts'
import { monthsIn } from './quarters.ts'

/** One figure: what it counts, now and in the quarter before, and the list that it counts. */
export type Line = { word: string; n: number; before: number | null; href: string }
export type QuarterModel = {
  all: Line
  sections: { name: 'kind' | 'month' | 'about' | 'department' | 'region'; heading: string; lines: Line[] }[]
}

/** The same for the page, the paper and the file. */
export function quarterModel(t: Translate, found: Quarter): QuarterModel {
  const { quarter, now, earlier } = found
  const href = (more: Record<string, string> = {}) =>
    `/market-notes?${new URLSearchParams({ quarter, ...(found.department ? { department: found.department } : {}), ...more })}`
  const of = (by: 'kind' | 'department' | 'region', value: string, word: string): Line => ({
    word,
    n: now[by].get(value) ?? 0,
    before: earlier[by].get(value) ?? 0,
    href: href({ [by]: value }),
  })
  const placed = (by: 'department' | 'region', names: { id: bigint; name: string }[]) =>
    [...now[by].keys()].map((id) =>
      of(by, id, names.find((one) => String(one.id) === id)?.name ?? t(`marketNotes:no.${by}`)),
    )
  const section = (name: QuarterModel['sections'][number]['name'], lines: Line[]) => ({
    name,
    heading: t(`marketNotes:by.${name}`),
    lines,
  })
  return {
    all: { word: t('marketNotes:all'), n: now.all, before: earlier.all, href: href() },
    sections: [
      section(
        'kind',
        noteKinds.map((kind) => of('kind', kind, t(`visits:noteKind.${kind}`))),
      ),
      section(
        'month',
        monthsIn(quarter).map((month) => ({
          word: month,
          n: now.month.get(month) ?? 0,
          before: null,
          href: href({ month }),
        })),
      ),
      section(
        'about',
        found.abouts.map(({ about, n, before }) => ({ word: about, n, before, href: href({ about }) })),
      ),
      section('department', placed('department', found.places.departments)),
      section('region', placed('region', found.places.regions)),
    ],
  }
}

/** Of one competitor, as its statements lead to all of them. */
export const competitorHref = ({ quarter, department }: Quarter, about: string): string =>
  `/market-notes?${new URLSearchParams({ quarter, ...(department ? { department } : {}), kind: 'competitor', about })}`
