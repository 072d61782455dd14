import type { Actor } from '../../access/actor.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { daysOfMonth } from '../../lib/months.ts'
import { isBeingPlanned } from '../states.ts'
import { dueText } from './due.ts'
import { type BeginQuery } from './forms.ts'
import { ownPlans } from './listing.ts'
import { monthsToPlan, planDue } from './rules.ts'
/** The months one can plan for, next month first, as that is what is due; with whom the plan is begun, if with anybody. */
export async function beginPage(actor: Actor, { month, customer }: BeginQuery, now: Date) {
  const t = translate[actor.language]
  const [plans, calendar] = await Promise.all([ownPlans(actor), calendarAt(now)])
  const months = monthsToPlan(now)
  const word = (one: string): string => {
    const known = plans.find((plan) => plan.month === one)
    if (known) return t('visitPlans:new.existing', { month: one, number: known.number })
    if (now > planDue(calendar, one)) return t('visitPlans:new.lateNote', { month: one })
    return `${one} · ${dueText(t, one, calendar, now)}`
  }
  const closed = (one: string) => plans.some(({ month, state }) => month === one && !isBeingPlanned(state))
  const usual = months.slice(1).find((one) => customer === '' || !closed(one)) ?? months[1]!
  return {
    months: months.map((value) => ({ value, word: word(value) })),
    month: months.includes(month) ? month : usual,
    customer: customer === '' ? null : { number: customer, name: await nameOf(actor, customer) },
    min: dateText(now),
    max: daysOfMonth(months.at(-1)!).at(-1)!,
  }
}

async function nameOf(actor: Actor, number: string): Promise<string> {
  const where = { AND: [visibleCustomers(actor), { number: number.toUpperCase() }] }
  return (await db.customer.findFirst({ where, select: { name: true } }))?.name ?? ''
}
