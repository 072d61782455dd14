import { form, page, seeOther } from '../../web/route.ts'
import { NotFound } from '../../lib/refused.ts'
import { creditPolicy } from '../policy.ts'
import { filePlan, withdrawPlan } from './commands.ts'
import {
  aboutQuery,
  planForm,
  plansQuery,
  withdrawForm,
  type AboutQuery,
  type PlanInput,
  type PlansQuery,
  type WithdrawInput,
} from './forms.ts'
import { plansPage } from './list-pages.ts'
import { newPage, planPage, withdrawPage } from './pages.ts'
import { planSomewhere } from './policy.ts'
import { linesFor } from './listing.ts'
import { aboutFor, aboutTyped, planFor, type Plan } from './queries.ts'

export const planRoutes = [
  page<undefined, PlansQuery>('/repayment-plans', {
    allow: creditPolicy.use,
    query: plansQuery as never,
    view: 'credit/plans/index',
    show: async ({ actor, query, now }) => plansPage(actor, query, await linesFor(actor, query, now), now),
  }),
  form<PlanInput, undefined, AboutQuery>('/repayment-plans/new', {
    allow: planSomewhere,
    query: aboutQuery as never,
    view: 'credit/plans/new',
    show: async ({ actor, query, typed, now }) =>
      newPage(actor, await aboutTyped(actor, query), query, typed ?? {}, now),
    fields: planForm as never,
    submit: async ({ actor, query, input, now }) => {
      const about = await aboutFor(actor, query)
      if (!about) throw new NotFound()
      const { number, released } = await filePlan(actor, about, input, now)
      const to = `/repayment-plans/${number}`
      if (released.length === 0) return seeOther(to, 'repayment:notice.filed', { number })
      return seeOther(to, 'repayment:notice.filedReleased', { number, released: released.join('、') })
    },
  }),
  page<Plan>('/repayment-plans/:number', {
    load: planFor,
    allow: creditPolicy.view,
    view: 'credit/plans/show',
    show: ({ actor, record, now }) => planPage(actor, record, now),
  }),
  form<WithdrawInput, Plan>('/repayment-plans/:number/withdrawal', {
    load: planFor,
    allow: creditPolicy.plan,
    guard: ({ record }) =>
      record.withdrawnAt ? [{ rule: 'CRD-09', reason: 'repayment:refused.withdrawn' as const }] : [],
    view: 'credit/plans/withdrawal',
    show: ({ record }) => withdrawPage(record),
    fields: withdrawForm,
    submit: async ({ actor, record, input, now }) => {
      await withdrawPlan(actor, record.id, input.reason, now)
      return seeOther(`/repayment-plans/${record.number}`, 'repayment:notice.withdrawn', { number: record.number })
    },
  }),
]
