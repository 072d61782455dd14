import type { Actor } from '../access/actor.ts'
import type { Item } from '../archive/queries.ts'
import type { Tx } from '../db.ts'
import type { Refusal } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { HeldApplication } from './applications.ts'
import { agreementProblems, fetchUntil, placeOf } from './asking.ts'
import type { Lend } from './forms.ts'
import { overdueOf } from './queries.ts'
import { lenderProblems, overdueProblems } from './rules.ts'
import { isSignedFor } from './signing.ts'

/** ARC-09: what the application says of this item. */
export function applicationProblems(
  { state, number, items }: HeldApplication,
  item: Item,
  { copies }: Lend,
): Refusal[] {
  const field = 'application'
  if (state !== 'approved')
    return [{ rule: 'ARC-09', reason: 'loans:refused.notApproved', field, params: { application: number } }]
  const asked = items.find(({ itemId }) => itemId === item.id)
  if (!asked) {
    const params = { application: number, number: item.number }
    return [{ rule: 'ARC-09', reason: 'loans:refused.notNamed', field, params }]
  }
  if (copies <= asked.copies) return []
  return [{ rule: 'ARC-09', reason: 'loans:refused.moreCopies', field: 'copies', params: { n: asked.copies } }]
}

/** ARC-09: the signatures are for the level as it is now, and not older than they may be. */
export async function signatureProblems(application: HeldApplication, item: Item, now: Date): Promise<Refusal[]> {
  const { request, filedAt, applicant, exceptional } = application
  if (!request?.endedAt) return []
  const regulation = await regulationAt(filedAt)
  const problems: Refusal[] = []
  const days = regulation.value('archive.loan_fetch_days')
  if (now.getTime() > request.endedAt.getTime() + days * 86_400_000) {
    const params = { until: fetchUntil(request.endedAt, days) }
    problems.push({ rule: 'ARC-09', reason: 'loans:refused.fetchedLate', field: 'application', params })
  }
  if (!isSignedFor(request.steps, regulation, item.secrecy, placeOf(applicant), exceptional))
    problems.push({ rule: 'ARC-09', reason: 'loans:refused.raised', field: 'application' })
  return problems
}

export async function borrowerProblems(
  tx: Tx,
  actor: Actor,
  { applicant, exceptional, id }: HeldApplication,
  item: Item,
  now: Date,
): Promise<Refusal[]> {
  // Held, so that of two items lent to one person at once neither overlooks the other.
  await tx.$queryRaw`select 1 from staff where id = ${applicant.id} for update`
  const leaving = await tx.handover.count({ where: { leaverId: applicant.id, state: 'open' } })
  const used = await tx.loan.count({ where: { applicationId: id, itemId: item.id } })
  const params = { name: applicant.name }
  const refuse = (rule: 'ARC-09' | 'ACC-02', reason: Refusal['reason']): Refusal => ({
    rule,
    reason,
    field: 'application',
    params,
  })
  return [
    ...lenderProblems(actor.id, applicant.id),
    ...(applicant.state === 'active' ? [] : [refuse('ARC-09', 'loans:refused.borrowerGone')]),
    ...(leaving > 0 ? [refuse('ACC-02', 'loans:refused.borrowerLeaving')] : []),
    ...(used > 0 ? [refuse('ARC-09', 'loans:refused.usedAlready')] : []),
    ...overdueProblems(await overdueOf(tx, applicant.id, now), exceptional, 'application').map((one) => ({
      ...one,
      reason: 'loans:refused.borrowerOverdue' as const,
      params: { ...one.params, ...params },
    })),
    ...(await agreementProblems(applicant.id, [item], now)).map((one) => ({
      ...one,
      reason: 'loans:refused.borrowerNoAgreement' as const,
      params,
    })),
  ]
}

/** ARC-10: what is counted is what the index says; else the index is put right first, and nothing was lost on the way. */
export function countProblems({ pages, copies }: Item, counted: Lend): Refusal[] {
  const problems: Refusal[] = []
  if (counted.pages !== pages)
    problems.push({ rule: 'ARC-10', reason: 'loans:refused.pages', field: 'pages', params: { n: pages } })
  if (counted.copies > copies)
    problems.push({ rule: 'ARC-10', reason: 'loans:refused.noCopies', field: 'copies', params: { n: copies } })
  return problems
}
