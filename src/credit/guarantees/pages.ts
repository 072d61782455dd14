import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { yuanText } from '../../lib/money.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { decisionFacts } from '../deciding/facts.ts'
import { fenYuan, yuan } from '../saying.ts'
import type { CreditCustomer } from '../queries.ts'
import { lastDay } from './commands.ts'
import { boundsFor, guaranteesFor, type Guarantee } from './queries.ts'
import { offerProblems, type Bounds } from './rules.ts'

export const pathOf = ({ number }: { number: string }) => `/credit/customers/${number}/guarantees`

/** The form: how far one may go, and how that comes about. */
export async function offerPage(actor: Actor, customer: CreditCustomer, now: Date) {
  const t = translate[actor.language]
  const [bounds, facts, regulation] = await Promise.all([
    boundsFor(customer.id, now),
    decisionFacts(t, actor, customer, now),
    regulationAt(now),
  ])
  return {
    customer: { number: customer.number, name: customer.name },
    home: `/credit/customers/${customer.number}`,
    list: pathOf(customer),
    terms: termsOf(t, bounds, Number(dateText(now).slice(5, 7))),
    most: fenYuan(t, bounds.average - bounds.given),
    today: dateText(now),
    last: lastDay(now),
    signs: t('guarantees:signsText', { role: t(`access:role.${regulation.value('credit.guarantee_role')}`) }),
    liable: t('guarantees:liable', { days: regulation.value('credit.guarantee_grace') }),
    facts,
  }
}

const termsOf = (t: Translate, { average, given }: Bounds, n: number) => [
  { word: t('guarantees:asked.average'), figure: fenYuan(t, average), meaning: t('guarantees:averageHint', { n }) },
  { op: '−', word: t('guarantees:asked.given'), figure: fenYuan(t, given), meaning: t('guarantees:givenHint') },
  { op: '=', word: t('guarantees:most'), figure: fenYuan(t, average - given), meaning: '' },
]

/** All of a customer's guarantees with what was used of them and what is left. */
export async function guaranteesPage(actor: Actor, customer: CreditCustomer, mayOffer: boolean, now: Date) {
  const t = translate[actor.language]
  const [rows, bounds, regulation] = await Promise.all([
    guaranteesFor(customer.id),
    boundsFor(customer.id, now),
    regulationAt(now),
  ])
  const grace = regulation.value('credit.guarantee_grace')
  const [problem] = offerProblems(bounds)
  return {
    customer: { number: customer.number, name: customer.name },
    home: `/credit/customers/${customer.number}`,
    guarantees: rows.map((row) => rowOf(t, row, dateText(now), grace)),
    offer: mayOffer && !problem ? `${pathOf(customer)}/new` : null,
    cannot:
      mayOffer && problem
        ? [{ act: t('guarantees:offer'), reason: t(problem.reason, problem.params), rule: { id: problem.rule } }]
        : [],
  }
}

const tones = { waiting: 'wait', approved: 'ok', refused: 'bad', ended: 'warn' } as const

export function rowOf(t: Translate, one: Guarantee, today: string, grace: number) {
  const { number, guarantor, amount, used, unpaid, until, reason, approval } = one
  const left = yuanText(Math.round(Number(amount) * 100) - Math.round(Number(used) * 100))
  return {
    number,
    guarantor,
    amount: yuan(t, amount),
    used: yuan(t, used),
    left: yuan(t, left),
    unpaid: unpaid === '0.00' ? null : yuan(t, unpaid),
    until,
    reason,
    approval,
    state: stateOf(t, one, today, grace),
  }
}

const dayMs = 86_400_000
const daysPast = (until: string, today: string) => (Date.parse(today) - Date.parse(until)) / dayMs

function stateOf(t: Translate, { state, until, unpaid }: Guarantee, today: string, grace: number) {
  if (state !== 'approved') return { tone: tones[state], word: t(`credit:decision.${state}`) }
  if (until >= today) return { tone: 'ok', word: t('guarantees:state.inForce') }
  if (unpaid === '0.00') return { tone: 'ok', word: t('guarantees:state.over') }
  const days = daysPast(until, today)
  const word = t(days > grace ? 'guarantees:state.called' : 'guarantees:state.unpaid', { days })
  return { tone: days > grace ? 'bad' : 'warn', word }
}
