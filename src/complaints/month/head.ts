import type { Translate } from '../../i18n.ts'
import type { addressesOf } from './addresses.ts'
import type { Both } from './figures.ts'
import type { Month } from './queries.ts'
import { changeOf, percent, yuanWords } from './saying.ts'

/** One figure: what it is, how much, and the list that it opens. */
export type Line = {
  word: string
  n: string
  before: string
  change: string
  share: string
  href: string | null
  /** The list of what the share tells. */
  more?: string
}
export type To = ReturnType<typeof addressesOf>

export const counted = (word: string, both: Both<number>, href: string | null, share = ''): Line => ({
  word,
  n: String(both.now),
  before: String(both.before),
  change: changeOf(both),
  share,
  href,
})

/** Cases open their list, and how often it happened in them opens another. */
const timesToo = (line: Line, n: number, share: string, more: string): Line =>
  n === 0 ? line : { ...line, share, more }

/** What stands on top: the month in ten figures. */
export function headOf(t: Translate, { received, closed, happened, besides }: Month, to: To): Line[] {
  const word = (name: HeadName) => t(`complaintMonth:head.${name}`)
  const { now, before } = closed.answered
  const mean = (sum: number, n: number) => (n === 0 ? '' : (sum / n).toFixed(1))
  const said = (name: HeadName, sums: Both<number>, ns: Both<number>, share: string, href: string | null): Line => ({
    word: word(name),
    n: mean(sums.now, ns.now),
    before: mean(sums.before, ns.before),
    change: '',
    share,
    href,
  })
  const answered = t('complaintMonth:answered', { n: now, share: percent(now, closed.n.now) })
  return [
    counted(word('received'), received.all, to.received()),
    counted(word('closed'), closed.n, to.closed()),
    counted(word('open'), received.open, to.open(), percent(received.open.now, received.all.now)),
    counted(word('overdue'), happened.overdue.cases, to.overdue()),
    timesToo(
      counted(word('escalated'), happened.escalated.cases, to.escalated()),
      happened.escalated.times.now,
      t('complaintMonth:times', { n: happened.escalated.times.now }),
      to.occasions('escalated'),
    ),
    counted(word('reopened'), happened.reopened.cases, to.reopened()),
    said('satisfaction', closed.scores, { now, before }, answered, to.closed({ satisfaction: 'any' })),
    said(
      'rating',
      besides.ratings,
      besides.rated,
      t('complaintMonth:rated', { n: besides.rated.now }),
      to.occasions('rated'),
    ),
    {
      word: word('compensation'),
      n: yuanWords(closed.compensation.now),
      before: yuanWords(closed.compensation.before),
      change: '',
      share: t('complaintMonth:cases', { n: closed.compensated.now }),
      href: to.closed({ compensation: 'some' }),
    },
    timesToo(
      counted(word('paused'), happened.paused.cases, to.paused()),
      happened.paused.times.now,
      t('complaintMonth:pauses', { n: happened.paused.times.now, days: besides.pausedDays.now.toFixed(1) }),
      to.occasions('paused'),
    ),
  ]
}
export type HeadName =
  | 'received'
  | 'closed'
  | 'open'
  | 'overdue'
  | 'escalated'
  | 'reopened'
  | 'satisfaction'
  | 'rating'
  | 'compensation'
  | 'paused'
