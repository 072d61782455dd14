import type { OverrideKind } from '../../prisma/client/enums.ts'
import type { Verdict } from '../../src/approvals/deciding.ts'
import { askOverride } from '../../src/credit/overrides/commands.ts'
import { approvalOf } from '../../src/credit/overrides/queries.ts'
import { releaseSubject, type Release } from '../../src/credit/queries.ts'
import { now } from '../../src/lib/clock.ts'
import { decide } from './approving.ts'
import { aCreditCustomer, aRelease, daysAgo, releaseOf, shipped } from './credit.ts'
import { actorOf, theCast } from './make.ts'

/** A customer in the east with this limit and nothing owed, under contract. */
export async function withLimit(limit: string, region: string | null = '东区') {
  const customer = await aCreditCustomer({ region, department: '城东营业部' })
  await shipped(customer, { amount: limit, on: daysAgo(5), unpaid: false })
  return customer
}

/** Held for being over by this much, of a customer with this limit. */
export async function heldOver(limit: string, amount: string) {
  const customer = await withLimit(limit)
  return { customer, release: await aRelease(customer, { amount }) }
}

type Asking = { by?: { id: bigint }; on?: string; reason?: string }

/** Asked by the cast's sales person, for the release as it is now; answers with the approval's number. */
export async function ask(release: { id: bigint }, kind: OverrideKind, { by, on, reason }: Asking = {}) {
  const { sales } = await theCast()
  const { version } = await releaseOf(release)
  const input = { version, reason: reason ?? '桃源里开业，月底付清', ...(on ? { on } : {}) }
  return askOverride(await actorOf(by ?? sales), release.id, kind, input, now())
}

/** Signed by the cast's area manager, or `by`, as it stands. */
export async function sign(
  release: Pick<Release, 'id'>,
  kind: OverrideKind,
  { by, verdict = 'approve' }: { by?: { id: bigint }; verdict?: Verdict } = {},
) {
  const cast = await theCast()
  const signer = by ?? (kind === 'first' ? cast.area_manager : cast.sales_director)
  const reason = verdict === 'approve' ? null : '请先收款'
  return decide(await actorOf(signer), approvalOf[kind], releaseSubject(release), verdict, now(), reason)
}

/** Asked and signed. */
export async function signed(release: Pick<Release, 'id'>, kind: OverrideKind, on?: string) {
  await ask(release, kind, on ? { on } : {})
  await sign(release, kind)
  return releaseOf(release)
}
