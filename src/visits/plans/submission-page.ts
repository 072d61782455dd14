import type { Actor } from '../../access/actor.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { db } from '../../db.ts'
import { momentText } from '../../deadlines/tag.ts'
import { translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import { rolesOf } from '../people.ts'
import { askedOf } from '../posts.ts'
import { type Plan, planFor } from '../queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { isBeingPlanned } from '../states.ts'
import { whyNotsOf } from './callouts.ts'
import { linesOf } from './queries.ts'
import { sumOf } from './rows.ts'
import { isOver, planDue } from './rules.ts'
/** What is handed in, and what is still to be said with it; read anew, for it is shown again after a refusal. */
export async function submissionPage(actor: Actor, { number }: Plan, now: Date) {
  const t = translate[actor.language]
  const plan = await planFor(actor, number)
  const lines = (await linesOf(plan)).filter(({ state }) => state === 'draft' || state === 'refused')
  const asked = askedOf(await regulationAt(now), await rolesOf(db as never, plan.ownerId))
  const due = planDue(await calendarAt(now), plan.monthText)
  const planned = lines.length
  const over = lines.flatMap(({ spendings }) => spendings).filter(({ state }) => state === 'asked')
  return {
    plan: { number: plan.number, href: `/visits/plans/${plan.number}`, month: plan.monthText, version: plan.version },
    possible: isBeingPlanned(plan.state) && !isOver(plan.monthText, now),
    planned:
      asked > 0
        ? t('visitPlans:submission.planned', { asked, planned })
        : t('visitPlans:submission.plannedPlain', { planned }),
    fewer: planned < asked ? t('visitPlans:submission.fewer', { n: asked - planned }) : '',
    late: !plan.submittedAt && now > due ? t('visitPlans:submission.lateNote', { at: momentText(due, now) }) : '',
    costs: over.length > 0 ? t('visitPlans:submission.costs', { amount: moneyText(sumOf(over)) }) : '',
    note: plan.note ?? '',
    whyNots: await whyNotsOf(t, plan, now),
  }
}
