import type { Actor } from '../../access/actor.ts'
import type { Card, Request } from '../../approvals/contract.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { openTo } from '../page/queries.ts'
import { seesVisit } from '../policy.ts'
import { visitToSign, type Visit } from '../queries.ts'
import { costsOf, limitFor, type Cost } from './queries.ts'
import { openProblems } from './rules.ts'
import { costText, limitsText, limitText, whenText, yuan } from './saying.ts'

type Fact = Card['facts'][number]

/** VIS-04: what is asked for, beside the limit of the post, the visit it is for and its other costs. */
export async function spendingCard(actor: Actor, request: Request, id: bigint, now: Date): Promise<Card> {
  const t = translate[actor.language]
  const visit = await visitToSign(id)
  const [costs, limit, seen] = await Promise.all([
    costsOf(visit),
    limitFor(visit.ownerId, now),
    openTo(actor, visit.customerId === null ? [] : [visit.customerId]),
  ])
  const inIt = new Set(request.basis.split(',').map((one) => one.split(':')[0]))
  const asked = costs.filter((cost) => inIt.has(String(cost.id)))
  const waits = request.state === 'waiting'
  return {
    title: titleOf(t, request, visit),
    href: seesVisit(actor, visit) ? `/visits/${visit.number}` : null,
    asked: asked.map((cost) => ({
      label: t(`visits:spending.${cost.kind}`),
      before: '',
      after: t('visitDecisions:card.overText', { cost: costText(t, cost), limit: limitText(t, cost.kind, limit) }),
    })),
    facts: [...visitFacts(t, actor, visit, seen), ...costFacts(t, costs, asked, limitsText(t, limit))],
    why: t('visitDecisions:card.spendingWhy'),
    problems: waits ? openProblems(visit, now) : [],
  }
}

export const spendingTitle = async (actor: Actor, request: Request, id: bigint): Promise<string> =>
  titleOf(translate[actor.language], request, await visitToSign(id))

const titleOf = (t: Translate, { amount }: Request, { party, startsAt }: Visit): string =>
  t('visitDecisions:card.spending', { party, day: dateText(startsAt), amount: yuan(amount ?? '0.00') })

function visitFacts(t: Translate, actor: Actor, visit: Visit, seen: Set<bigint>): Fact[] {
  const { customer, customerId, party, owner, purposes, plan, unplannedReason } = visit
  const who = [party, customer?.grade].filter(Boolean).join(' ')
  const open = customer && customerId !== null && seen.has(customerId)
  const planned = plan
    ? t('visitDecisions:card.planOf', { month: dayText(plan.month).slice(0, 7) })
    : t('visitDecisions:card.unplanned', { reason: unplannedReason ?? '' })
  return [
    { label: t('visits:field.party'), value: who, ...(open ? { href: `/customers/${customer.number}` } : {}) },
    { label: t('visitDecisions:card.who'), value: owner.name },
    { label: t('visitDecisions:card.when'), value: whenText(t, visit) },
    {
      label: t('visitDecisions:card.visit'),
      value: visit.number,
      ...(seesVisit(actor, visit) ? { href: `/visits/${visit.number}` } : {}),
    },
    {
      label: t('visits:field.purposes'),
      value: purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma')),
    },
    { label: t('visits:plan'), value: planned, wide: true },
  ]
}

function costFacts(t: Translate, costs: Cost[], asked: Cost[], limits: string): Fact[] {
  const others = costs.filter((one) => !asked.includes(one))
  const text = others.map((cost) =>
    t('visitDecisions:cost.withState', { cost: costText(t, cost), state: t(`visits:spendingState.${cost.state}`) }),
  )
  return [
    { label: t('visitDecisions:card.limits'), value: limits, wide: true },
    ...(text.length > 0
      ? [{ label: t('visitDecisions:card.others'), value: text.join(t('regulations:semicolon')), wide: true }]
      : []),
  ]
}
