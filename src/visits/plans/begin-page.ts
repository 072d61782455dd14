import type { Actor } from '../../access/actor.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { translate } from '../../i18n.ts'
import { dueText } from './due.ts'
import { type BeginQuery } from './forms.ts'
import { ownPlans } from './listing.ts'
import { monthsToPlan, planDue } from './rules.ts'
/** The months one can plan for; next month first, as that is what is due. */
export async function beginPage(actor: Actor, { month }: BeginQuery, now: Date) {
  const t = translate[actor.language]
  const [plans, calendar] = await Promise.all([ownPlans(actor), calendarAt(now)])
  const months = monthsToPlan(now)
  const word = (one: string): string => {
    const known = plans.find((plan) => plan.month === one)
    if (known) return t('visitPlans:new.existing', { month: one, number: known.number })
    if (now > planDue(calendar, one)) return t('visitPlans:new.lateNote', { month: one })
    return `${one} · ${dueText(t, one, calendar, now)}`
  }
  return {
    months: months.map((value) => ({ value, word: word(value) })),
    month: months.includes(month) ? month : months[1]!,
  }
}
