import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { deadlineTag } from '../../deadlines/tag.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import { tones } from '../page/pages.ts'
import { subjectOf } from '../queries.ts'
import { totalOf } from '../spending.ts'
import { stopActs } from './acts.ts'
import type { AroundDay } from './around.ts'
import { lengthText } from './lengths.ts'
import type { DayVisit } from './queries.ts'

/** One visit of the day: when, with whom, where, what for, how far it is and what may be done now; `next`: the one to go to. */
export function stopOf(actor: Actor, visit: DayVisit, around: AroundDay, now: Date, next = false) {
  const t = translate[actor.language]
  const { customer } = visit
  const known = customer !== null && around.open.has(customer.id)
  return {
    number: visit.number,
    at: visit.timed ? dateTimeText(visit.startsAt).slice(11) : t('visitDay:untimed'),
    datetime: visit.startsAt.toISOString(),
    length: lengthText(t, visit.minutes),
    href: `/visits/${visit.number}`,
    party: visit.party,
    grade: customer?.grade ?? null,
    customerHref: known ? `/customers/${customer.number}` : null,
    where: [visit.district, visit.place].filter(Boolean).join(' '),
    what: whatFor(t, visit),
    others: othersText(t, visit),
    along: visit.ownerId === actor.id ? null : t('visitDay:stop.notYours', { name: visit.owner.name }),
    state: { tone: tones[visit.state], word: t(`visits:state.${visit.state}`) },
    shows: visit.state !== 'approved',
    marks: marksOf(t, visit),
    unconfirmed: visit.state === 'approved' && visit.confirmedAt === null && dateText(visit.startsAt) >= dateText(now),
    confirmed: visit.state === 'approved' && visit.confirmedAt !== null,
    report: reportOf(t, visit, around, now),
    late: lateOf(t, visit, around, now),
    promises: promisesOf(visit, around),
    whyNots: spendingsOf(t, visit, around),
    acts: stopActs(actor, visit, around, now, next),
  }
}
export type StopModel = ReturnType<typeof stopOf>

/** 开发新客户，见 丁香结 主任；带样品 */
function whatFor(t: Translate, { purposes, people, agenda, bring }: DayVisit): string[] {
  const what = purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma'))
  const names = people.map(({ name, post }) => [name, post].filter(Boolean).join(' ')).join(t('web:comma'))
  const meet = names && t('visitDay:meet', { names })
  const carried = bring && t('visitDay:bring', { what: bring })
  const clauses = (...words: (string | null)[]) => words.filter(Boolean).join(t('visitDay:clause'))
  return [clauses(what, meet), clauses(agenda, carried)].filter(Boolean)
}

function othersText(t: Translate, { parties }: DayVisit): string | null {
  const names = parties.map(({ customer }) => customer.name).join(t('web:comma'))
  return names ? t('visitDay:others', { names }) : null
}

const marksOf = (t: Translate, { unplanned, rescheduled, arrivedAt, leftAt, state }: DayVisit): string[] => [
  ...(unplanned ? [t('visitDay:unplanned')] : []),
  ...(rescheduled > 0 ? [t('visitDay:rescheduled', { n: rescheduled })] : []),
  ...(state === 'done' && arrivedAt ? [t('visitDay:stop.arrived', { time: dateTimeText(arrivedAt).slice(11) })] : []),
  ...(state === 'done' && leftAt ? [t('visitDay:stop.left', { time: dateTimeText(leftAt).slice(11) })] : []),
  ...(state === 'waiting' || state === 'draft' ? [t('visitDay:stop.planWaits')] : []),
]

function reportOf(t: Translate, visit: DayVisit, { reports, calendar }: AroundDay, now: Date) {
  const clock = reports.get(subjectOf(visit))
  const waits = visit.state === 'done' || (visit.state === 'approved' && clock && clock.dueAt < now)
  if (!clock || !waits) return null
  const tag = deadlineTag(t, clock, now, calendar)
  return { tag: { ...tag, words: t('visitDay:stop.report', { span: tag.words }) }, rule: clock.rule }
}

function lateOf(t: Translate, { customerId }: DayVisit, { complaints, calendar }: AroundDay, now: Date) {
  const late = customerId === null ? undefined : complaints.get(customerId)
  if (!late) return null
  const tag = deadlineTag(t, late, now, calendar)
  return {
    tag: { ...tag, words: [t('visitDay:stop.complaint', { number: late.number }), tag.words].join(' ') },
    rule: late.rule,
    href: `/complaints/${late.number}`,
  }
}

const promisesOf = ({ customerId }: DayVisit, { promises }: AroundDay) =>
  customerId === null
    ? []
    : promises
        .filter((one) => one.customerId === customerId)
        .map(({ number, title, dueOn }) => ({ href: `/tasks/${number}`, title, on: dueOn.toISOString().slice(5, 10) }))

/** VIS-04: what was asked for and is not approved cannot be entered afterwards. */
function spendingsOf(t: Translate, { spendings, state }: DayVisit, { limit }: AroundDay) {
  if (state === 'reported' || state === 'cancelled') return []
  return spendings.map(({ kind, what, quantity, price, state: verdict }) => {
    const gift = kind === 'gift'
    const amount = gift ? price.toFixed(2) : totalOf({ quantity, price: price.toFixed(2) })
    const key = verdict === 'refused' ? 'visitDay:stop.refusedSpend' : 'visitDay:stop.cannotSpend'
    return {
      act: t(key, { what }),
      reason: t(gift ? 'visitDay:stop.pieceOver' : 'visitDay:stop.overLimit', {
        amount: moneyText(amount),
        most: moneyText(limit(kind).toFixed(2)),
      }),
      rule: { id: 'VIS-04' },
    }
  })
}
