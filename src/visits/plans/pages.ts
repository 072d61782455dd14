import type { Actor } from '../../access/actor.ts'
import { requestPath } from '../../approvals/addresses.ts'
import { waitingAbout } from '../../approvals/filing.ts'
import { decisionHref } from '../deciding/turn.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { historyItems } from '../../customers/history/lines.ts'
import { historyOf } from '../../customers/history/queries.ts'
import { db } from '../../db.ts'
import { momentText } from '../../deadlines/tag.ts'
import { type Translate, translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import { rolesOf } from '../people.ts'
import { askedOf } from '../posts.ts'
import { type Plan, planSubject } from '../queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { isBeingPlanned } from '../states.ts'
import { recurringModel, suggestionsModel } from './beside.ts'
import { calendarOf } from './calendar.ts'
import { calloutsOf, whyNotsOf } from './callouts.ts'
import { dueText } from './due.ts'
import { type LineQuery } from './forms.ts'
import { lineFields } from './line-fields.ts'
import { planPolicy } from './policy.ts'
import { linesOf, type PlanLine } from './queries.ts'
import { rowsOf, sumOf } from './rows.ts'
import { isOver, planDue } from './rules.ts'
import { planTag } from './saying.ts'
import { suggestionsFor } from './suggesting.ts'
import { waitingIn } from './taking-up.ts'
const historyLines = 7

/** The plan in one page: what is asked and planned, the month, its lines, another line, and who is due. */
export async function planPage(actor: Actor, plan: Plan, query: LineQuery, now: Date) {
  const t = translate[actor.language]
  const mine = planPolicy.own(actor, plan)
  const open = mine && isBeingPlanned(plan.state) && !isOver(plan.monthText, now)
  const [lines, calendar, asked, history, waiting] = await Promise.all([
    linesOf(plan),
    calendarAt(now),
    askedFor(plan, now),
    historyOf(actor, { subject: planSubject(plan) }, historyLines),
    plan.state === 'waiting' ? waitingAbout(db as never, 'visit.plan', planSubject(plan)) : null,
  ])
  const standing = lines.filter(({ state }) => state !== 'cancelled')
  const rows = await rowsOf(actor, plan.number, lines, open)
  const month = await calendarOf(actor, plan, lines, open, now)
  return {
    plan: { number: plan.number, href: `/visits/plans/${plan.number}`, month: plan.monthText },
    title: t('visits:planOf', { month: plan.monthText }),
    owner: mine ? null : plan.owner,
    others: !mine,
    state: planTag(t, plan.state),
    late: plan.late,
    handed: plan.submittedAt
      ? t(plan.late ? 'visitPlans:isLate' : 'visitPlans:submittedAt', { at: momentText(plan.submittedAt, now) })
      : dueText(t, plan.monthText, calendar, now),
    overdue: !plan.submittedAt && now > planDue(calendar, plan.monthText),
    acts: {
      ...actsOf(actor, plan, waiting?.number ?? null, { open, filled: standing.length > 0 }),
      decision: await decisionHref(actor, plan, now),
    },
    figures: figuresOf(t, standing, asked, month),
    callouts: calloutsOf(t, plan, mine ? (waiting?.number ?? null) : null),
    whyNots: open ? await whyNotsOf(t, plan, now) : [],
    month,
    rows: rows.filter(({ cancelled }) => !cancelled),
    removed: rows.filter(({ cancelled }) => cancelled),
    sum: standing.some(({ spendings }) => spendings.length > 0)
      ? moneyText(sumOf(standing.flatMap((one) => one.spendings)))
      : '',
    open,
    form: open ? await lineFields(actor, plan, null, query, now) : null,
    chosen: query.day !== '' || query.customer !== '',
    suggestions: open ? suggestionsModel(t, plan, await suggestionsFor(actor, plan, now), now) : null,
    recurring: open ? recurringModel(t, await waitingIn(db as never, actor, plan, calendar, now)) : null,
    history: historyItems(actor, history.lines, now, { brief: true }),
  }
}

/** VIS-01: as it was when handed in; before that, what the post asks for now. */
export async function askedFor(plan: Plan, now: Date): Promise<number> {
  if (plan.submittedAt && !isBeingPlanned(plan.state)) return plan.asked
  return askedOf(await regulationAt(now), await rolesOf(db as never, plan.ownerId))
}

type Standing = { open: boolean; filled: boolean }

/** Only what works now. */
function actsOf(actor: Actor, plan: Plan, waiting: string | null, { open, filled }: Standing) {
  const at = `/visits/plans/${plan.number}`
  const mine = planPolicy.own(actor, plan)
  return {
    submission: open && filled ? `${at}/submission` : null,
    withdrawal: mine && waiting ? `${requestPath(waiting)}/withdrawal` : null,
    request: mine && waiting ? requestPath(waiting) : null,
    pdf: `${at}/print`,
    xlsx: planPolicy.export(actor, plan) ? `${at}/sheet` : null,
  }
}

type Month = { visited: number; workingDays: number }

function figuresOf(t: Translate, lines: readonly PlanLine[], asked: number, { visited, workingDays }: Month) {
  const planned = lines.length
  const costs = lines.flatMap(({ spendings }) => spendings)
  const over = costs.filter(({ state }) => state === 'asked')
  const yuan = (some: typeof costs) => t('visits:yuan', { amount: moneyText(sumOf(some)) })
  const gifts = costs.filter(({ kind }) => kind === 'gift')
  return {
    asked: asked > 0 ? t('visitPlans:head.asked', { asked, planned }) : t('visitPlans:head.askedNone', { planned }),
    short: asked > planned ? t('visitPlans:head.short', { n: asked - planned }) : '',
    numbers: { planned, asked },
    costs: yuan(costs),
    gifts: gifts.length > 0 ? `${t('visitPlans:head.gifts')} ${yuan(gifts)}` : '',
    over: over.length > 0 ? yuan(over) : '',
    days: visited,
    ofWorking: t('visitPlans:head.ofWorking', { n: workingDays }),
  }
}
