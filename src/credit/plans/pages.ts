import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { fenOf } from '../../lib/money.ts'
import { db, reads } from '../../db.ts'
import { figureFor } from '../figure.ts'
import { creditPolicy } from '../policy.ts'
import { fenYuan, yuan } from '../saying.ts'
import { lastDay } from './commands.ts'
import type { AboutQuery } from './forms.ts'
import { moneySince, runningOf, type About, type Plan } from './queries.ts'
import { beyondLimit, mostLines } from './rules.ts'
import { linesShown } from './saying.ts'

const atFirst = 4

/** The form: beside the days, what is owed and what is short; before anybody is named, whom it is about. */
export async function newPage(
  actor: Actor,
  about: About | null,
  query: AboutQuery,
  typed: Record<string, string>,
  now: Date,
) {
  const t = translate[actor.language]
  if (!about) return { about: null, asked: query.customer, unknown: query.customer !== '' }
  const { customer, release } = about
  const figure = await figureFor(reads, customer.id, now)
  const running = await runningOf(db as never, customer.id, now)
  const wanted = Number(
    Object.keys(typed)
      .findLast((name) => /^(?:due|amount)\d+$/.test(name) && typed[name])
      ?.replace(/\D/g, ''),
  )
  return {
    about: {
      customer: { number: customer.number, name: customer.name, href: `/credit/customers/${customer.number}` },
      release: release && { number: release.number, href: `/releases/${release.number}` },
    },
    asked: '',
    unknown: false,
    facts: [
      { label: t('repayment:fact.owed'), value: fenYuan(t, figure.owed) },
      { label: t('repayment:fact.overdue'), value: fenYuan(t, figure.overdue) },
      { label: t('repayment:fact.least'), value: fenYuan(t, beyondLimit(figure)) },
      ...(release
        ? [
            { label: t('repayment:fact.asked'), value: yuan(t, release.amount.toFixed(2)) },
            { label: t('repayment:fact.short'), value: yuan(t, release.short.toFixed(2)) },
          ]
        : [{ label: t('repayment:fact.unallocated'), value: fenYuan(t, figure.unallocated) }]),
    ],
    running: running && { number: running.number, href: `/repayment-plans/${running.number}` },
    shown: Math.max(atFirst, wanted || 0),
    lines: Array.from({ length: mostLines }, (_, at) => at + 1),
    today: dateText(now),
    last: lastDay(now),
  }
}

/** /repayment-plans/HL…: each line with what came of it, and the sum beside what is owed. */
export async function planPage(actor: Actor, plan: Plan, now: Date) {
  const t = translate[actor.language]
  const [money, figure, filer] = await Promise.all([
    moneySince([plan]),
    figureFor(reads, plan.customerId, now),
    db.staff.findUnique({ where: { id: plan.filedById }, select: { name: true } }),
  ])
  const lines = linesShown(t, plan, money.get(plan.id)!, dateText(now))
  const promised = plan.lines.reduce((all, { amount }) => all + fenOf(amount.toFixed(2)), 0)
  const came = money.get(plan.id)!.reduce((all, { amount }) => all + amount, 0)
  return {
    number: plan.number,
    customer: { name: plan.customer.name, href: `/credit/customers/${plan.customer.number}` },
    lines,
    terms: termsOf(t, Math.max(0, promised - came), figure.owed),
    facts: factsOf(t, plan, filer?.name ?? ''),
    withdrawn: plan.withdrawnAt && {
      at: dateTimeText(plan.withdrawnAt),
      reason: plan.withdrawnReason,
    },
    withdraw: !plan.withdrawnAt && creditPolicy.plan(actor, plan) ? `/repayment-plans/${plan.number}/withdrawal` : null,
  }
}

/** What is owed now beside what is still to come of it. */
const termsOf = (t: Translate, coming: number, owed: number) => [
  { word: t('repayment:fact.owed'), figure: fenYuan(t, owed) },
  { op: '−', word: t('repayment:fact.promised'), figure: fenYuan(t, coming) },
  {
    op: '=',
    word: t('repayment:fact.rest'),
    figure: fenYuan(t, owed - coming),
    meaning: owed < coming ? t('repayment:restHint') : '',
  },
]

const factsOf = (t: Translate, plan: Plan, filer: string) => [
  { label: t('repayment:field.promisedBy'), value: plan.promisedBy },
  { label: t('repayment:fact.filed'), value: `${filer} ${dateTimeText(plan.filedAt)}` },
  ...(plan.release
    ? [{ label: t('credit:field.release'), value: plan.release.number, href: `/releases/${plan.release.number}` }]
    : []),
  ...(plan.note ? [{ label: t('repayment:field.note'), value: plan.note, wide: true, lines: true }] : []),
]

export const withdrawPage = (plan: Plan) => ({ number: plan.number, back: `/repayment-plans/${plan.number}` })
