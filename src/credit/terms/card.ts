import type { CooperationMode, CreditMethod } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import type { Asked, Card, Request } from '../../approvals/contract.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import { decisionFacts, monthsList } from '../deciding/facts.ts'
import { yuan } from '../saying.ts'
import { customerToSign } from '../queries.ts'
import { overProblems } from './rules.ts'

/** CUS-06, CRD-19: what is and what would be, side by side, with all that the decision rests on. */
export async function changeCard(actor: Actor, request: Request, what: 'terms' | 'mode', now: Date): Promise<Card> {
  const t = translate[actor.language]
  const customer = await customerToSign(request)
  const [facts, list] = await Promise.all([decisionFacts(t, actor, customer, now), monthsList(t, customer.id, now)])
  return {
    title: customer.name,
    href: may(actor, 'credit.view', customer) ? `/credit/customers/${customer.number}` : null,
    asked: request.asked.map(({ field, before, after }) => ({
      label: t(`creditTerms:field.${field as 'method'}`),
      before: valueText(t, field, before),
      after: valueText(t, field, after),
    })),
    facts,
    why: t(`creditTerms:card.${what}`),
    problems: request.state === 'waiting' && what === 'terms' ? endProblems(request, now) : [],
    list,
  }
}

const endProblems = ({ asked }: Request, now: Date): Refusal[] => overProblems({ endsOn: endIn(asked) }, dateText(now))
const endIn = (asked: readonly Asked[]) => asked.find(({ field }) => field === 'endsOn')?.after || null

export function valueText(t: Translate, field: string, value: string): string {
  if (value === '') return field === 'endsOn' ? t('creditTerms:open') : ''
  if (field === 'method') return t(`credit:method.${value as CreditMethod}`)
  if (field === 'mode') return t(`credit:mode.${value as CooperationMode}`)
  return field === 'amount' ? yuan(t, value) : value
}
