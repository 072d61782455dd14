import type { Translate } from '../../i18n.ts'
import type { At } from '../figure.ts'
import type { Figure } from '../reckoning.ts'
import { dayAfter, folded, leavesOn, limitLines, places, sumOf, type Line, type Part } from './rules.ts'
import { money } from '../saying.ts'

type Cell = { day: string; word: string; href: string | null; text: string; sum: string; tone: 'minus' | 'bad' | null }
export type Group = {
  name: 'limit' | 'exposure'
  head: string
  rule: { id: string }
  rows: Cell[]
  empty: string
  sumWord: string
  sum: string
}

type Asked = {
  t: Translate
  number: string
  figure: Figure
  lines: readonly Line[]
  at: At
  window: number
  on: string
}

/** CRD-02, CRD-03, CRD-17: the figure line by line; each group's lines add up to its sum. */
export function tableOf(asked: Asked): { groups: Group[]; reserved: Cell[] } {
  return {
    groups: [limitGroup(asked), exposureGroup(asked)],
    reserved: rowsOf(asked, 'reserved', 0),
  }
}

function limitGroup(asked: Asked): Group {
  const { t, figure, at, window } = asked
  const rolling = figure.method === 'rolling_30'
  const besides = limitLines(figure).map(({ why, sum }) => ({
    day: '',
    word: '',
    href: null,
    text: t(`creditFigure:lines.${why}`),
    sum: money(sum),
    tone: null,
  }))
  return {
    name: 'limit',
    head: rolling
      ? t('creditFigure:lines.limitHead', { day: at.day.slice(5), n: window })
      : t('creditFigure:lines.limitOther'),
    rule: { id: 'CRD-02' },
    rows: [...(rolling ? rowsOf(asked, 'window', 1) : []), ...besides],
    empty: rolling ? t('creditFigure:lines.noneWindow', { n: window }) : '',
    sumWord: t('creditFigure:lines.limit'),
    sum: money(figure.limit),
  }
}

function exposureGroup(asked: Asked): Group {
  const { t, figure } = asked
  return {
    name: 'exposure',
    head: t('creditFigure:lines.exposureHead'),
    rule: { id: 'CRD-03' },
    rows: [...rowsOf(asked, 'owed', 1), ...rowsOf(asked, 'released', 1), ...rowsOf(asked, 'unallocated', -1)],
    empty: t('creditFigure:lines.none'),
    sumWord: t('creditFigure:lines.exposure'),
    sum: money(figure.exposure),
  }
}

/** The sums that the table shows, in fen: what tests hold against the figure. */
export const sumsOf = (figure: Figure, lines: readonly Line[]) => ({
  limit:
    (figure.method === 'rolling_30' ? sumOf(lines, 'window') : 0) +
    limitLines(figure).reduce((sum, line) => sum + line.sum, 0),
  exposure: sumOf(lines, 'owed') + sumOf(lines, 'released') - sumOf(lines, 'unallocated'),
})

function rowsOf(asked: Asked, part: Part, sign: 1 | 0 | -1): Cell[] {
  return folded(asked.lines.filter((line) => line.part === part)).map((line) => ({
    day: line.from === line.until ? line.from : `${line.from.slice(5)} – ${line.until.slice(5)}`,
    word: line.number ?? asked.t('creditFigure:lines.n', { n: line.n }),
    href: hrefOf(asked, line),
    text: textOf(asked, line),
    sum: money(sign * line.sum),
    tone: sign < 0 ? 'minus' : line.overdueDays > 0 ? 'bad' : null,
  }))
}

function hrefOf({ number, on }: Asked, { part, from, until, number: document }: Line): string {
  if (document !== null) return `/${places[part]}/${document}`
  const query = new URLSearchParams({ part, from, until, ...(on === '' ? {} : { on }) })
  return `/credit/customers/${number}/documents?${query.toString()}`
}

const lately = 7

function textOf(asked: Asked, line: Line): string {
  const { t, at, window } = asked
  const { part, number, release, sum, whole, overdueDays } = line
  const leaves = leavesOn(line.from, window)
  const late = overdueDays > 0 ? t('creditFigure:lines.overdue', { days: overdueDays }) : ''
  if (number === null) return t(`creditFigure:lines.many.${part}`) + late
  if (part === 'released') return t('creditFigure:lines.released')
  if (part === 'reserved') return t('creditFigure:lines.reservedLine', { release: release ?? '', amount: money(sum) })
  if (part === 'unallocated')
    return sum === whole
      ? t('creditFigure:lines.unallocated')
      : t('creditFigure:lines.unallocatedPart', { whole: money(whole) })
  if (part === 'owed')
    return (
      (sum === whole
        ? t('creditFigure:lines.unpaid')
        : t('creditFigure:lines.partPaid', { whole: money(whole), paid: money(whole - sum) })) + late
    )
  const countered = sum === whole ? '' : t('creditFigure:lines.countered', { amount: money(whole - sum) })
  const soon = leaves <= dayAfter(at.day, lately)
  return (soon ? t('creditFigure:lines.leaves', { day: leaves.slice(5) }) : t('creditFigure:lines.shipped')) + countered
}
