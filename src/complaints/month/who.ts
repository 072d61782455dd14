import type { Translate } from '../../i18n.ts'
import type { To } from './head.ts'
import type { Month } from './queries.ts'

export type WhoFigure = { word: string; n: number; href: string }
export type WhoLine = {
  name: string
  overdue: number
  href: string
  /** What was missed, how often. */
  detail: WhoFigure[]
  escalated: WhoFigure
  paused: WhoFigure
}
/** 联系 2 · 办结 1 */
export const detailText = ({ detail }: WhoLine): string => detail.map(({ word, n }) => `${word} ${n}`).join(' · ')

type Counted = Month['counted']['people'][number]
type Of = { nobody: string; overdue: Record<string, string>; times: Record<string, string> }
/** CMP-15: each figure of a person or a department with its list. */
export function whoOf(t: Translate, row: Counted, of: Of, to: To): WhoLine {
  const times = (what: 'escalated' | 'paused' | 'contact' | 'done' | 'progress', word: string): WhoFigure => ({
    word,
    n: row[what],
    href: to.occasions(what, of.times),
  })
  const missed = (['contact', 'done', 'progress'] as const).map((one) => times(one, t(`complaintMonth:missed.${one}`)))
  return {
    name: row.name ?? of.nobody,
    overdue: row.overdue,
    href: to.overdue(of.overdue),
    detail: missed.filter(({ n }) => n > 0),
    escalated: times('escalated', t('complaintMonth:column.escalated')),
    paused: times('paused', t('complaintMonth:column.paused')),
  }
}
