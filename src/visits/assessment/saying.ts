import type { Actor } from '../../access/actor.ts'
import type { Translate } from '../../i18n.ts'
import { moneyText, yuanText } from '../../lib/money.ts'
import { addressOf } from './addresses.ts'
import { partNames, partsOf, type FigureName, type Figures, type PartName, type Weights } from './rules.ts'

/** One figure: how much, and the list that it opens; of nothing there is no list. */
export type Cell = { name: FigureName; word: string; text: string; href: string | null; bad: boolean }

const bad: ReadonlySet<FigureName> = new Set(['notMade', 'late', 'missing', 'keptLate', 'overdue', 'notReached'])

export const textOf = (name: FigureName, figures: Figures): string =>
  name === 'spent' ? moneyText(yuanText(Math.round(figures.spent))) : String(figures[name])

export function cellOf(
  actor: Actor,
  t: Translate,
  {
    month,
    name,
    figures,
    of,
  }: { month: string; name: FigureName; figures: Figures; of: { owner?: string; unit?: string } },
): Cell {
  return {
    name,
    word: t(`assessment:figure.${name}`),
    text: textOf(name, figures),
    href: figures[name] > 0 ? addressOf(actor, month, name, of) : null,
    bad: figures[name] > 0 && bad.has(name),
  }
}

/** 92.5, and a dash where nothing was to be weighed. */
export const scoreText = (score: number | null): string => (score === null ? '—' : score.toFixed(1))

export type PartLine = { name: PartName; word: string; weight: string; good: string; of: string; share: string }

/** How the score came about, part by part. */
export function partLines(t: Translate, figures: Figures, weights: Weights): PartLine[] {
  const parts = partsOf(figures)
  return partNames.map((name) => {
    const { good, of } = parts[name]
    return {
      name,
      word: t(`assessment:part.${name}`),
      weight: String(weights[name]),
      good: String(good),
      of: String(of),
      share: of === 0 ? t('assessment:none') : `${((100 * good) / of).toFixed(1)}%`,
    }
  })
}
