import type { CustomerLife, VisitTarget } from '../../../prisma/client/enums.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import type { Refusal } from '../../lib/refused.ts'
import { weigh, type Limit, type Spending } from '../spending.ts'
import { costLines, purposesIn, type Sent } from './forms.ts'

const dayMs = 86_400_000
/** What is older is no visit that somebody forgot to write down. */
export const mostDaysBack = 31
const mostAhead = 366

/** VIS-02: what kind of company is visited, where its record says it. */
export const targetOf = (life: CustomerLife): VisitTarget => (life === 'potential' ? 'potential' : 'existing')

/** VIS-02, VIS-05: who, when, what for and why; everything that is missing at once. */
export function unplannedProblems(sent: Sent, now: Date): Refusal[] {
  const at = (rule: string, reason: Refusal['reason'], field: string, params = {}): Refusal[] => [
    { rule, reason, field, params },
  ]
  return [
    ...(!sent.customer && !sent.party ? at('VIS-02', 'visitDay:refused.who', 'customer') : []),
    ...(sent.customer && sent.party ? at('VIS-02', 'visitDay:refused.both', 'party') : []),
    ...(sent.because || (sent.note?.length ?? 0) > 1 ? [] : at('VIS-05', 'visitDay:refused.noReason', 'note')),
    ...(purposesIn(sent).length === 0 ? at('VIS-02', 'visitDay:refused.noPurpose', 'purposes') : []),
    ...timeProblems(sent, now),
  ]
}

function timeProblems({ when, at }: Sent, now: Date): Refusal[] {
  if (when === 'now') return []
  const refuse = (reason: Refusal['reason'], params = {}): Refusal[] => [
    { rule: 'VIS-02', reason, field: 'at', params },
  ]
  if (at === null) return refuse('visitDay:refused.when')
  if (at.getTime() > now.getTime() + mostAhead * dayMs) return refuse('visitDay:refused.farAhead')
  const tooOld = at.getTime() < now.getTime() - mostDaysBack * dayMs
  return tooOld ? refuse('visitDay:refused.longAgo', { at: dateTimeText(at), days: mostDaysBack }) : []
}

/** The moment of the visit, and whether it was made already. */
export function momentIn({ when, at }: Pick<Sent, 'when' | 'at'>, now: Date): { startsAt: Date; made: boolean } {
  const startsAt = when === 'at' && at !== null ? at : now
  return { startsAt, made: startsAt <= now }
}

/** The lines of costs that were filled in; one half filled is refused. */
export function costsIn(sent: Sent): { costs: Spending[]; problems: Refusal[] } {
  const costs: Spending[] = []
  const problems: Refusal[] = []
  for (const n of costLines) {
    const [kind, what, price] = [sent[`cost${n}kind`], sent[`cost${n}what`], sent[`cost${n}price`]]
    if (!kind && !what && !price) continue
    if (kind && what && price) costs.push({ kind, what, price, quantity: sent[`cost${n}quantity`] })
    else problems.push({ rule: 'VIS-02', reason: 'visitDay:refused.costWhole', field: `cost${n}what` })
  }
  return { costs, problems }
}

/** VIS-04: of a visit that was made, nothing over the limit is entered afterwards. */
export function costProblems(costs: readonly Spending[], made: boolean, limit: Limit): Refusal[] {
  if (!made) return []
  return weigh(costs, [], limit)
    .filter(({ state }) => state === 'asked')
    .map(({ what, total }) => ({
      rule: 'VIS-04',
      reason: 'visitDay:refused.costsAfter' as const,
      field: 'cost1price',
      params: { what, total: moneyText(total) },
    }))
}
