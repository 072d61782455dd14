import type { Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import type { Supplement, Transfer } from './queries.ts'
import { allowed } from './states.ts'

/** A line of the supplement list, with what its checker can do about it. */
export function supplementRow(t: Translate, transfer: Transfer, one: Supplement, checks: boolean) {
  const { n, what, askedAt, dueOn, settledAt, settledNote, followWhy } = one
  const home = `/transfers/${transfer.number}/supplements/${n}`
  const open = settledAt === null
  const settle = checks && open && allowed('settle', transfer.state)
  const follow = checks && open && followWhy === null && allowed('supplement', transfer.state)
  return {
    n,
    what,
    asked: dateText(askedAt),
    due: dayText(dueOn),
    tone: open ? (followWhy ? 'go' : 'warn') : 'ok',
    state: settledAt
      ? t('transfers:supplement.settled', { at: dateTimeText(settledAt), note: settledNote ?? '' })
      : followWhy
        ? t('transfers:supplement.follows', { reason: followWhy })
        : t('transfers:supplement.open'),
    acts: [
      ...(settle ? [{ href: `${home}/settlement`, word: t('transfers:act.settle') }] : []),
      ...(follow ? [{ href: `${home}/following`, word: t('transfers:act.follow') }] : []),
    ],
  }
}
