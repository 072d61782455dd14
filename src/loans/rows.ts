import type { Actor } from '../access/actor.ts'
import { sealOf } from '../archive/marks.ts'
import { placeText } from '../archive/places.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag, endText } from '../deadlines/tag.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { LoanRow } from './queries.ts'
import { conditionIn, soonUntil } from './rules.ts'
import { loanState } from './states.ts'

const day = 86_400_000

/** A line of the register on a page. */
export function rowOf(actor: Actor, loan: LoanRow, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  return {
    number: loan.number,
    href: `/loans/${loan.number}`,
    item: loan.item,
    itemHref: `/archive/items/${loan.item}`,
    title: loan.known ? loan.title : t('loans:unknown'),
    known: loan.known,
    seal: sealOf(loan.secrecy),
    customer: loan.customer,
    borrower: loan.borrower.name,
    department: loan.department ?? '',
    copies: loan.copies,
    reason: loan.reason,
    lentAt: dateTimeText(loan.lentAt),
    tag: tagOf(t, loan, now, calendar),
    confirmed: confirmedText(t, loan),
    condition: conditionWords(t, loan.conditionBack ?? loan.condition),
    difference: loan.difference,
    exceptional: loan.exceptional ? t('loans:exceptional') : null,
    urges: loan.urges,
  }
}

export function tagOf(t: Translate, { lentAt, dueAt, returnedAt }: LoanRow, now: Date, calendar: Calendar) {
  const moments = { startedAt: lentAt, dueAt, soonAt: new Date(dueAt.getTime() - 2 * day), metAt: returnedAt }
  return deadlineTag(t, { ...moments, unit: 'day', pausedAt: null, cancelledAt: null }, now, calendar)
}

const tones = { out: 'go', soon: 'warn', overdue: 'bad', returned: 'ok', late: 'warn' } as const

export function stateTag(t: Translate, loan: LoanRow, now: Date) {
  const state = loanState(loan, now, soonUntil(now))
  return { tone: tones[state], word: t(`loans:loanState.${state}`) }
}

export const confirmedText = (t: Translate, { confirmedAt, returnedAt }: LoanRow): string =>
  confirmedAt ? dateTimeText(confirmedAt) : returnedAt ? '—' : t('loans:unconfirmed')

/** 有破损：封面卷角 */
export function conditionWords(t: Translate, text: string | null): string {
  if (text === null) return ''
  const { condition, note } = conditionIn(text)
  const word = t(`loans:condition.${condition}`)
  return note ? t('loans:conditionNote', { condition: word, note }) : word
}

/** How many days late it is, or was when it came back. */
export function latenessText(t: Translate, loan: LoanRow, now: Date): string {
  const until = loan.returnedAt ?? now
  if (until <= loan.dueAt) return ''
  return t('loans:overdueBy', { n: Math.max(1, Math.ceil((until.getTime() - loan.dueAt.getTime()) / day)) })
}

/** Where it goes back to. */
export const placeWords = (t: Translate, { place }: Pick<LoanRow, 'place'>): string =>
  placeText(place) || t('loans:desk.noPlace')

export const dueText = ({ dueAt }: Pick<LoanRow, 'dueAt'>): string => endText(dueAt)
