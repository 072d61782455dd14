import type { Role } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { yearOf } from '../lib/dates.ts'
import { idText } from '../lib/ids.ts'
import { Refused } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { Filing } from './contract.ts'
import { signerOf } from './holders.ts'
import { kindOf, stepOf, type ApprovalKind } from './kinds.ts'
import { waitingAbout } from './queries.ts'
import { requestNumber } from './rules.ts'
import { openStep } from './steps.ts'

export { waitingAbout }
export type Filed = { id: bigint; number: string }

/** APR-01: asks for one thing. Refuses while another request of the kind about the same object waits. */
export async function fileRequest(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  filing: Filing & { kind: ApprovalKind },
  now: Date,
): Promise<Filed> {
  const filed = await fileUntold(tx, actor, filing, now)
  await audit('approval.filed', filing.subject, {
    after: { number: filed.number, kind: filing.kind },
    ...(filing.reason ? { why: filing.reason } : {}),
  })
  return filed
}

/** The same where asking is the act itself: the caller's own line tells of it in the trail. */
export async function fileUntold(
  tx: Tx,
  actor: Actor,
  { kind, ...filing }: Filing & { kind: ApprovalKind },
  now: Date,
): Promise<Filed> {
  // Two at once: the second waits here and then finds the first.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`approval ${kind} ${filing.subject}`}, 0))::text`
  const waiting = await waitingAbout(tx, kind, filing.subject)
  if (waiting)
    throw new Refused([
      { rule: 'APR-01', reason: 'approvals:refused.waitingAlready', params: { number: waiting.number } },
    ])
  const [filed] = await fileMany(tx, kind, [filing], actor.id, now)
  return filed!
}

/**
 * The same for many at once, in a few statements: the rows of an import. The caller's own line tells of them in the
 * trail. No request of the kind about these objects may wait yet.
 */
export async function fileMany(
  tx: Tx,
  kind: ApprovalKind,
  filings: readonly Filing[],
  filedById: bigint,
  now: Date,
): Promise<Filed[]> {
  if (filings.length === 0) return []
  const first = await takeSerials(tx, 'approval', yearOf(now), filings.length)
  const rows = filings.map((one, at) => asRow(one, requestNumber(yearOf(now), first + at)))
  const days = (await regulationAt(now)).value('approvals.expiry_days')
  const expires = kindOf(kind).clocked ? new Date(now.getTime() + days * 86_400_000) : null
  const filed = await tx.$queryRaw<{ id: bigint; number: string }[]>`
    insert into approval_request (number, kind, subject, customer_id, department_id, region_id, asked, payload, amount,
      basis, reason, filed_by_id, filed_at, expires_at, follows_id)
    select number, ${kind}, subject, customer, department, region, asked, payload, amount, basis, reason, ${filedById},
      ${now}::timestamptz, ${expires}::timestamptz, follows
    from json_to_recordset(${JSON.stringify(rows)}::json) as v(number text, subject text, customer bigint,
      department bigint, region bigint, asked jsonb, payload jsonb, amount numeric, basis text, reason text, follows bigint)
    returning id, number`
  const ids = rows.map(idIn(filed))
  const openedAt = opensAtOnce(kind, ids) ? now : null
  await insertSteps(tx, kind, filings, { ids, filedById, openedAt })
  if (!openedAt) await openStep(tx, ids[0]!, 1, now)
  return rows.map(({ number }, at) => ({ id: ids[at]!, number }))
}

const idIn = (filed: Filed[]) => {
  const ids = new Map(filed.map(({ id, number }) => [number, id]))
  return ({ number }: { number: string }) => ids.get(number)!
}

function asRow(one: Filing, number: string) {
  const { subject, customerId, place, asked = [], payload = {}, basis, amount = null, reason = null, follows } = one
  const { departmentId, regionId } = place
  const ids = {
    customer: idText(customerId),
    department: idText(departmentId),
    region: idText(regionId),
    follows: idText(follows),
  }
  return { number, subject, ...ids, asked, payload, basis, amount, reason }
}

type Signer = { role: Role; insteadOf: Role | null }

/** A step for each signature; who signs is looked up once for each place. */
async function insertSteps(
  tx: Tx,
  kind: ApprovalKind,
  filings: readonly Filing[],
  { ids, filedById, openedAt }: { ids: bigint[]; filedById: bigint; openedAt: Date | null },
): Promise<void> {
  const known = new Map<string, Promise<Signer>>()
  const rows = []
  for (const [at, { place: own, excluded = [], signatures = kindOf(kind).steps }] of filings.entries())
    for (const [n, signature] of signatures.entries()) {
      const step = stepOf(kind, signature.role)
      const place = ('place' in signature ? signature.place : undefined) ?? own
      const out = [...new Set([filedById, ...excluded])]
      const key = [place.departmentId, place.regionId, step.role, ...out].join()
      const signer = known.get(key) ?? signerOf(tx, step, place, out)
      known.set(key, signer)
      const { role, insteadOf } = await signer
      const beside = step.beside === role ? null : (step.beside ?? null)
      const where = { department: idText(place.departmentId), region: idText(place.regionId) }
      rows.push({
        request: String(ids[at]),
        n: n + 1,
        role,
        instead: insteadOf,
        beside,
        ...where,
        excluded: `{${out.join()}}`,
      })
    }
  await tx.$executeRaw`
    insert into approval_step (request_id, n, kind, role, instead_of, senior_role, department_id, region_id, filed_by_id,
      excluded, state, opened_at)
    select request, n, ${kind}, role, instead, beside, department, region, ${filedById}, excluded,
      case when n = 1 and ${openedAt}::timestamptz is not null then 'open' else 'waiting' end::step_state,
      case when n = 1 then ${openedAt}::timestamptz end
    from json_to_recordset(${JSON.stringify(rows)}::json) as v(request bigint, n int, role role, instead role, beside role,
      department bigint, region bigint, excluded bigint[])`
}

/** Where nobody is told and no clock starts, the first steps are open as they are inserted: many at the cost of one. */
function opensAtOnce(kind: ApprovalKind, requests: bigint[]): boolean {
  const { clocked, told } = kindOf(kind)
  if (!clocked && !told) return true
  if (requests.length > 1) throw new Error(`${kind} is filed one by one`)
  return false
}
