import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change, type Audit } from '../audit/change.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import { verificationStart } from './clocks.ts'
import type { VerificationInput } from './forms.ts'
import { isMain, mainParts, type Part } from './parts.ts'
import { belongingsOf, seenMark, type Belongings } from './queries.ts'
import type { Source } from './source.ts'

/** Without a source, what was newly recorded. */
type Made = { customerId: bigint; parts: Part[]; source?: Source }

/** CUS-07: writes down that these parts were made sure of, within the change that did it; the customer's row is locked. */
export async function recordVerification(tx: Tx, actor: Actor, made: Made, now: Date): Promise<void> {
  const { customerId, parts, source } = made
  const stamp = { customerId, way: source?.way ?? null, note: source?.wayNote ?? null, at: now, byId: actor.id }
  await tx.verification.createMany({ data: parts.map((part) => ({ part, ...stamp })) })
  if (parts.some(isMain)) await verificationStart(tx, [customerId], now)
}

/** CUS-07: the parts are as recorded, and somebody made sure of it. Nothing else about the customer changes. */
export function verifyCustomer(actor: Actor, id: bigint, input: VerificationInput, now: Date): Promise<void> {
  return change(actor, (tx, audit) => verifyCustomerStep(tx, audit, actor, id, input, now))
}

/** The same within another change: a visit's report (VIS-08). Without `seen` the change itself knows what was seen. */
export async function verifyCustomerStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  id: bigint,
  input: Omit<VerificationInput, 'seen'> & { seen?: string },
  now: Date,
): Promise<void> {
  const customer = await lockCustomer(tx, id)
  if (!may(actor, 'customers.verify', customer)) throw new Forbidden('customers.verify')
  const belongings = await belongingsOf(tx, id)
  if (input.seen !== undefined && seenMark(customer, belongings) !== input.seen)
    throw new Refused([{ rule: 'CUS-07', reason: 'verifications:refused.changedMeanwhile' }])
  const { way, wayNote } = input
  const parts = chosen(input, belongings)
  await recordVerification(tx, actor, { customerId: id, parts, source: { way, wayNote } }, now)
  await audit('customer.verified', `customer:${id}`, {
    after: { verifiedParts: parts.map(shownAs(belongings)), way, ...(wayNote ? { wayNote } : {}) },
  })
}

function chosen({ parts, all }: Pick<VerificationInput, 'parts' | 'all'>, { contacts, addresses }: Belongings): Part[] {
  const there: Part[] = [
    ...mainParts,
    ...contacts.map(({ id }): Part => `contact:${id}`),
    ...addresses.map(({ id }): Part => `address:${id}`),
  ]
  const found = all ? there : there.filter((part) => parts.includes(part))
  if (found.length === 0)
    throw new Refused([{ rule: 'CUS-07', reason: 'verifications:refused.noPart', field: 'parts' }])
  return found
}

/** In the trail a contact stands with its name: the number says nothing to anybody. */
const shownAs =
  ({ contacts, addresses }: Belongings) =>
  (part: Part): string => {
    const [of, id] = part.split(':')
    if (of === 'contact') return contacts.find((one) => String(one.id) === id)!.name
    return of === 'address' ? addresses.find((one) => String(one.id) === id)!.address : part
  }
