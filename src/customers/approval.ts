import type { Actor } from '../access/actor.ts'
import type { Handler, Request } from '../approvals/contract.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { yearOf } from '../lib/dates.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { recordVerification } from '../verifications/commands.ts'
import { differences, shown } from './comparing.ts'
import { factColumns, factsOf } from './facts.ts'
import { reindex } from './indexing.ts'
import { keyFieldsCard } from './key-fields-card.ts'
import { keyBasis, type KeyPayload } from './key-fields.ts'
import { keyProblems } from './key-problems.ts'
import { takeNumbers } from './numbers.ts'
import { lockCustomer } from './queries.ts'
import { refuseTakenCode } from './refusing.ts'

/** CUS-06: another one's approval writes the key fields of a confirmed customer. It rests on those as they are. */
export const keyFieldsChange: Handler = {
  basis: async (tx, { customerId }) => {
    const customer = await tx.customer.findFirst({ where: { id: customerId!, withdrawnAt: null } })
    return customer && keyBasis(customer)
  },
  approve: writeKeyFields,
  card: keyFieldsCard,
}

/** As correcting does, and by the rules of today: what stood against nothing when it was asked may do so now (POOL-01). */
async function writeKeyFields(tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date): Promise<void> {
  const id = request.customerId!
  await takeNumbers(tx, yearOf(now), 0)
  const customer = await lockCustomer(tx, id)
  if (keyBasis(customer) !== request.basis)
    throw new Refused([{ rule: 'CUS-06', reason: 'customers:refused.changedMeanwhile' }])
  const { facts: wanted, distinction, way, wayNote } = request.payload as KeyPayload
  const facts = { ...factsOf(customer), ...wanted }
  refuseIf(await keyProblems(tx, facts, distinction, customer.number))
  const columns = factColumns(facts)
  const { before, after } = differences(shown(customer), shown(columns))
  const version = customer.version + 1
  await tx.customer.update({ where: { id }, data: { ...columns, version, updatedAt: now } }).catch(refuseTakenCode)
  await reindex(tx, id)
  const source = { customerId: id, parts: ['identity' as const], source: { way, wayNote } }
  // It was the applicant who knew it, and knew it then.
  await recordVerification(tx, { ...decider, id: request.filedById }, source, request.filedAt)
  await audit('customer.corrected', `customer:${id}`, {
    before: { ...before, version: customer.version },
    after: { ...after, way, ...(wayNote ? { wayNote } : {}), version, ...(await filedAs(tx, request)) },
    ...(request.reason ? { why: request.reason } : {}),
  })
}

/** Both are named in the trail: the line is the decider's. */
export async function filedAs(tx: Tx, { number, filedById }: Pick<Request, 'number' | 'filedById'>) {
  const { name } = await tx.staff.findUniqueOrThrow({ where: { id: filedById }, select: { name: true } })
  return { approval: number, askedBy: name }
}
