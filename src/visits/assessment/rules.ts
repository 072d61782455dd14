import type { Refusal } from '../../lib/refused.ts'

/** What was counted of somebody's month (VIS-09). Money in fen. */
export const figureNames = [
  'asked',
  'planned',
  'made',
  'madePlanned',
  'madeUnplanned',
  'notMade',
  'cancelledUnplanned',
  'ahead',
  'replaced',
  'rescheduled',
  'inTime',
  'late',
  'missing',
  'open',
  'kept',
  'keptLate',
  'overdue',
  'toKeep',
  'reached',
  'partly',
  'notReached',
  'gifts',
  'spent',
] as const
export type FigureName = (typeof figureNames)[number]
export type Figures = Record<FigureName, number>

export const noFigures = (): Figures => Object.fromEntries(figureNames.map((name) => [name, 0])) as Figures

export function sumOf(all: readonly Figures[]): Figures {
  const sum = noFigures()
  for (const one of all) for (const name of figureNames) sum[name] += one[name]
  return sum
}

export const partNames = ['done', 'reports', 'promises', 'reached'] as const
export type PartName = (typeof partNames)[number]
export type Weights = Record<PartName, number>
/** How much of what there was turned out well; `of` 0: it did not occur. */
export type Part = { good: number; of: number }

/**
 * VIS-09: the four parts of the score. Visits made are held against what the post asks or the plan says, whichever is
 * more: who plans little does not score by it. What is not due yet counts nowhere.
 */
export function partsOf(figures: Figures): Record<PartName, Part> {
  const { asked, planned, made, inTime, late, missing, kept, keptLate, overdue, reached, partly, notReached } = figures
  const due = Math.max(asked, planned)
  return {
    done: { good: Math.min(made, due), of: due },
    reports: { good: inTime, of: inTime + late + missing },
    promises: { good: kept, of: kept + keptLate + overdue },
    reached: { good: reached + partly / 2, of: reached + partly + notReached },
  }
}

/** 0 to 100 with one decimal; a part that did not occur does not count; null where nothing is left to weigh. */
export function scoreOf(figures: Figures, weights: Weights): number | null {
  const parts = partsOf(figures)
  const counted = partNames.filter((name) => parts[name].of > 0 && weights[name] > 0)
  const whole = counted.reduce((sum, name) => sum + weights[name], 0)
  if (whole === 0) return null
  const good = counted.reduce((sum, name) => sum + (weights[name] * parts[name].good) / parts[name].of, 0)
  return Math.round((1000 * good) / whole) / 10
}

export type Signable = {
  over: boolean
  /** Reports that are neither in nor overdue. */
  open: number
  /** Whether the signer sees all of that month of this person. */
  whole: boolean
  signed: boolean
  score: number | null
  month: string
}

/** VIS-09: a month is signed once, when it is over and nothing of it can still come in time. */
export function signingProblems({ over, open, whole, signed, score, month }: Signable): Refusal[] {
  const refuse = (reason: Refusal['reason'], params = {}): Refusal[] => [
    { rule: 'VIS-09', reason, params: { month, ...params } },
  ]
  if (signed) return refuse('assessment:refused.signed')
  if (!over) return refuse('assessment:refused.notOver')
  if (open > 0) return refuse('assessment:refused.open', { n: open })
  if (!whole) return refuse('assessment:refused.partly')
  return score === null ? refuse('assessment:refused.nothing') : []
}

/** Which figures are others now than when it was signed; what was not counted then yet did not change. */
export const changedSince = (signed: Partial<Figures>, now: Figures): FigureName[] =>
  figureNames.filter((name) => signed[name] !== undefined && signed[name] !== now[name])
