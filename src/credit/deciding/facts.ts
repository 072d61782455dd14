import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import type { Card, ObjectList } from '../../approvals/contract.ts'
import { reads } from '../../db.ts'
import type { Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import { figureFor } from '../figure.ts'
import type { CreditCustomer } from '../queries.ts'
import {
  ageingOf,
  complaintsOf,
  contractOf,
  guaranteesOf,
  modeOf,
  monthsOf,
  pastOf,
  planOf,
  type Month,
} from './queries.ts'
import { yuan } from '../saying.ts'
import { ageingText, complaintsText, eligibleText, equationText, pastText } from './saying.ts'

type Fact = Card['facts'][number]

/**
 * CRD-19: all that a decision about a customer's credit is made beside: the figure as it is (without the release that is
 * being decided), what is owed and for how long, open complaints, past overrides and what became of them, contract,
 * guarantees, what was promised.
 */
export async function decisionFacts(
  t: Translate,
  actor: Actor,
  customer: CreditCustomer,
  now: Date,
  without: bigint | null = null,
): Promise<Fact[]> {
  const { id } = customer
  const [figure, ageing, complaints, past, contract, guarantees, plan, mode] = await Promise.all([
    figureFor(reads, id, now, without),
    ageingOf(id, now),
    complaintsOf(actor, id),
    pastOf(id, now),
    contractOf(id, now),
    guaranteesOf(id, now),
    planOf(id, now),
    modeOf(id, now),
  ])
  const none = t('overrides:fact.none')
  const semi = t('regulations:semicolon')
  return [
    customerFact(t, actor, customer),
    { label: t('overrides:fact.eligible'), value: eligibleText(t, figure) },
    { label: t('overrides:fact.method'), value: t(`credit:method.${figure.method}`) },
    { label: t('overrides:fact.mode'), value: mode ? t(`credit:mode.${mode.after}`) : t('creditTerms:noMode') },
    {
      label: t(without === null ? 'overrides:fact.figureNow' : 'overrides:fact.figure'),
      value: equationText(t, figure),
      wide: true,
    },
    { label: t('overrides:fact.ageing'), value: ageingText(t, ageing, figure), wide: true },
    { label: t('overrides:fact.past'), value: past.map((one) => pastText(t, one)).join(semi) || none, wide: true },
    {
      label: t('overrides:fact.contract'),
      value: contract
        ? t('overrides:fact.contractText', { ...contract, kind: t(`credit:contractKind.${contract.kind}`) })
        : none,
    },
    {
      label: t('overrides:fact.plan'),
      value: plan ? t('overrides:fact.planText', { ...plan, amount: yuan(t, plan.amount) }) : none,
    },
    {
      label: t('overrides:fact.guarantees'),
      value:
        guarantees
          .map((one) =>
            t('overrides:fact.guaranteeText', { ...one, amount: yuan(t, one.amount), used: yuan(t, one.used) }),
          )
          .join(semi) || none,
      wide: true,
    },
    { label: t('overrides:fact.complaints'), value: complaintsText(t, complaints) || none, wide: true },
  ]
}

function customerFact(t: Translate, actor: Actor, customer: CreditCustomer): Fact {
  const value = [customer.name, customer.grade].filter(Boolean).join(' ')
  const href = may(actor, 'credit.view', customer) ? { href: `/credit/customers/${customer.number}` } : {}
  return { label: t('overrides:fact.customer'), value, ...href }
}

/** CRD-19: the last twelve months under each other. */
export const monthsTable = (t: Translate, months: readonly Month[]): ObjectList => ({
  columns: (['month', 'shipped', 'received'] as const).map((name) => t(`overrides:months.${name}`)),
  rows: months.map(({ month, shipped, received }) => [month, moneyText(shipped), moneyText(received)]),
  more: null,
})

export const monthsList = async (t: Translate, customerId: bigint, now: Date) => ({
  title: t('overrides:months.title'),
  ...monthsTable(t, await monthsOf(customerId, now)),
})
