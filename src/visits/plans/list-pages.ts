import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { calendarAt } from '../../calendar/queries.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { momentText } from '../../deadlines/tag.ts'
import { type Translate, translate } from '../../i18n.ts'
import { askedOf } from '../posts.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { dueText, plannedText } from './due.ts'
import { type ListQuery } from './forms.ts'
import { type OwnPlan, ownPlans, seesOthers } from './listing.ts'
import { monthsToPlan, planDue } from './rules.ts'
import { planTag } from './saying.ts'
import { scopePage } from './scope-page.ts'
/** /visits/plans: one's own by month, and for who sees others' the plans of a month. */
export async function listPage(actor: Actor, query: ListQuery, now: Date) {
  const t = translate[actor.language]
  const others = seesOthers(actor)
  const tab = !others ? 'mine' : !mayEver(actor, 'visits.plan') ? 'scope' : query.tab
  const calendar = await calendarAt(now)
  return {
    tab,
    tabs: others ? tabsOf(actor, t, tab) : [],
    mayPlan: mayEver(actor, 'visits.plan'),
    ...(tab === 'mine' ? await minePage(actor, calendar, now) : await scopePage(actor, query, calendar, now)),
  }
}

const tabsOf = (actor: Actor, t: Translate, tab: string) =>
  (['mine', 'scope'] as const)
    .filter((name) => name === 'scope' || mayEver(actor, 'visits.plan'))
    .map((name) => ({
      href: name === 'mine' ? '/visits/plans' : '/visits/plans?tab=scope',
      word: t(`visitPlans:tab.${name}`),
      current: name === tab,
    }))

async function minePage(actor: Actor, calendar: Calendar, now: Date) {
  const t = translate[actor.language]
  const [plans, regulation] = await Promise.all([ownPlans(actor), regulationAt(now)])
  const asked = askedOf(
    regulation,
    actor.grants.map(({ role }) => role),
  )
  const [current, next] = monthsToPlan(now)
  const expected = [next!, current!].filter((month) => !plans.some((plan) => plan.month === month))
  const rows = [
    ...plans.map((plan) => ownRow(t, plan, asked, calendar, now)),
    ...expected.map((month) => emptyRow(t, month, asked, calendar, now)),
  ]
  return { rows: rows.toSorted((a, b) => b.month.localeCompare(a.month)), others: null }
}

function ownRow(t: Translate, plan: OwnPlan, asked: number, calendar: Calendar, now: Date) {
  const { number, month, planned, submittedAt, late } = plan
  return {
    month,
    number,
    href: `/visits/plans/${number}`,
    begin: null,
    state: planTag(t, plan.state),
    planned: plannedText(planned, submittedAt ? plan.asked : asked),
    submitted: submittedAt
      ? t('visitPlans:submittedAt', { at: momentText(submittedAt, now) })
      : dueText(t, month, calendar, now),
    late: late || (!submittedAt && now > planDue(calendar, month)),
  }
}

const emptyRow = (t: Translate, month: string, asked: number, calendar: Calendar, now: Date) => ({
  month,
  number: null,
  href: null,
  begin: t('visitPlans:act.begin', { month }),
  state: null,
  planned: plannedText(0, asked),
  submitted: dueText(t, month, calendar, now),
  late: asked > 0 && now > planDue(calendar, month),
})
