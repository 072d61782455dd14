import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import { staleSince } from '../audit/stale.ts'
import { reindex } from '../customers/indexing.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { recordVerification } from '../verifications/commands.ts'
import type { AddressCorrection, NewAddress, Removal } from './forms.ts'
import { addressIn } from './queries.ts'
import { addressColumns, addressProblems, addressTexts, type AddressTexts } from './rules.ts'

const subject = (customerId: bigint) => `customer:${customerId}`
const partOf = ({ id }: { id: bigint }) => `address:${id}` as const
type Ids = { customerId: bigint; addressId: bigint }

/** Adds an address to a customer; refuses by CUS-10. */
export function addAddress(actor: Actor, customerId: bigint, input: NewAddress, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await lockToCorrect(tx, actor, customerId)
    refuseIf(addressProblems(input))
    const columns = addressColumns(input)
    const data = { ...columns, customerId, createdAt: now }
    const address = await tx.customerAddress.create({ data, select: { id: true } })
    await recordVerification(tx, actor, { customerId, parts: [partOf(address)] }, now)
    await reindex(tx, customerId)
    const after = { ...filled(addressTexts(columns)), part: partOf(address) }
    await audit('address.added', subject(customerId), { before: { part: partOf(address) }, after })
  })
}

/** Corrects an address; refuses as adding does, and throws Stale when someone saved since `version`. */
export function correctAddress(
  actor: Actor,
  { customerId, addressId }: Ids,
  input: AddressCorrection,
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    await lockToCorrect(tx, actor, customerId)
    const address = await addressIn(tx, customerId, addressId)
    const known = addressTexts(address)
    const part = partOf(address)
    if (address.version !== input.version)
      throw await staleSince(tx, subject(customerId), input.version, { version: address.version, fields: known, part })
    refuseIf(addressProblems(input))
    const columns = addressColumns(input)
    const { before, after } = differences(known, addressTexts(columns))
    if (Object.keys(after).length === 0)
      throw new Refused([{ rule: 'CUS-06', reason: 'customers:refused.nothingChanged' }])
    const version = address.version + 1
    await tx.customerAddress.update({ where: { id: addressId }, data: { ...columns, version } })
    const { way, wayNote } = input
    await recordVerification(tx, actor, { customerId, parts: [part], source: { way, wayNote } }, now)
    await reindex(tx, customerId)
    await audit('address.corrected', subject(customerId), {
      before: { ...before, part, version: address.version },
      after: { ...after, way, ...(wayNote ? { wayNote } : {}), part, version },
    })
  })
}

/** Takes an address out of the record; what was known stays in the trail. */
export function removeAddress(
  actor: Actor,
  { customerId, addressId }: Ids,
  { reason, version }: Removal,
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    await lockToCorrect(tx, actor, customerId)
    const address = await addressIn(tx, customerId, addressId)
    if (address.version !== version)
      throw new Refused([{ rule: 'CUS-06', reason: 'addresses:refused.changedMeanwhile' }])
    const part = partOf(address)
    await tx.customerAddress.update({ where: { id: addressId }, data: { removedAt: now, version: version + 1 } })
    await reindex(tx, customerId)
    await audit('address.removed', subject(customerId), {
      before: { ...filled(addressTexts(address)), part, version },
      after: { removed: address.address, part, version: version + 1 },
      why: reason,
    })
  })
}

async function lockToCorrect(tx: Tx, actor: Actor, customerId: bigint): Promise<void> {
  const customer = await lockCustomer(tx, customerId)
  if (!may(actor, 'customers.correct', customer)) throw new Forbidden('customers.correct')
}

const filled = (texts: AddressTexts) => Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== ''))

function differences(known: AddressTexts, next: AddressTexts) {
  const changed = (Object.keys(known) as (keyof AddressTexts)[]).filter((name) => known[name] !== next[name])
  return {
    before: Object.fromEntries(changed.map((name) => [name, known[name]])),
    after: Object.fromEntries(changed.map((name) => [name, next[name]])),
  }
}
