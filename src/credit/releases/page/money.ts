import type { Actor } from '../../../access/actor.ts'
import { translate, type Translate } from '../../../i18n.ts'
import { dayText } from '../../../lib/days.ts'
import { creditPolicy } from '../../policy.ts'
import type { Release } from '../../queries.ts'
import { moneyFor, plansFor } from '../queries.ts'
import { yuan } from '../../saying.ts'
import type { Part } from './parts.ts'

/** CRD-09: what was received for it, and the repayment plan that was filed. */
export const moneyPart: Part = {
  aside: async (actor, release) => {
    if (!creditPolicy.view(actor, release)) return null
    const t = translate[actor.language]
    const [money, plans] = await Promise.all([moneyFor(release), plansFor(release)])
    if (money.length + plans.length === 0 && release.state !== 'held') return null
    return {
      view: 'credit/releases/money',
      place: 'margin',
      model: {
        receipts: money.map((one) => ({
          href: `/receipts/${one.number}`,
          number: one.number,
          text: `${dayText(one.receivedOn)} ${yuan(t, one.amount.toFixed(2))} ${t(`credit:way.${one.way}`)}`,
        })),
        plans: plans.map((plan) => planOf(t, plan)),
        acts: actsOf(t, actor, release),
      },
    }
  },
}

type Plan = Awaited<ReturnType<typeof plansFor>>[number]
const planOf = (t: Translate, { number, lines }: Plan) => ({
  href: `/repayment-plans/${number}`,
  number,
  lines: lines.map(({ dueOn, amount }) =>
    t('releases:page.planLine', { day: dayText(dueOn), amount: yuan(t, amount.toFixed(2)) }),
  ),
})

/** Where money for it is recorded and a plan is filed. */
function actsOf(t: Translate, actor: Actor, release: Release) {
  if (release.state !== 'held') return []
  const { number, customer } = release
  return [
    ...(creditPolicy.record(actor, release)
      ? [{ href: `/receipts/new?customer=${customer.number}&release=${number}`, word: t('releases:act.receipt') }]
      : []),
    ...(creditPolicy.plan(actor, release)
      ? [{ href: `/repayment-plans/new?release=${number}`, word: t('releases:act.plan') }]
      : []),
  ]
}
