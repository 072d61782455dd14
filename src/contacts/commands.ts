import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change, type Audit } from '../audit/change.ts'
import { reindex } from '../customers/indexing.ts'
import { takeNumbers } from '../customers/numbers.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { recordVerification } from '../verifications/commands.ts'
import { contactColumns, contactProblems, contactTexts, differences, filled } from './facts.ts'
import type { ContactCorrection, NewContact, Removal } from './forms.ts'
import { partOf, refuseConflict, staleContact, subject, unveiled } from './conflicts.ts'
import { contactIn } from './queries.ts'

/** Adds a contact to a customer; refuses by CUS-04 and CARE-01, and by POOL-01 when its telephone is another customer's. */
export async function addContact(actor: Actor, customerId: bigint, input: NewContact, now: Date): Promise<void> {
  await change(actor, (tx, audit) => addContactStep(tx, audit, actor, customerId, input, now))
}

/** The same within another change: a visit's report (VIS-08). Answers with its id. */
export async function addContactStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  customerId: bigint,
  input: NewContact,
  now: Date,
): Promise<bigint> {
  await lockToCorrect(tx, actor, customerId, input.phones, now)
  refuseIf(contactProblems(input, dateText(now)))
  await refuseConflict(tx, customerId, input.phones, null, input.distinction)
  if (input.main) await takeMain(tx, audit, customerId)
  const columns = contactColumns(input)
  const contact = await tx.contact.create({ data: { ...columns, customerId, createdAt: now }, select: { id: true } })
  await recordVerification(tx, actor, { customerId, parts: [partOf(contact)] }, now)
  await reindex(tx, customerId)
  await audit('contact.added', subject(customerId), {
    before: { part: partOf(contact) },
    after: { ...filled(contactTexts(columns)), part: partOf(contact), ...distinguished(input.distinction) },
    ...(input.distinction ? { why: input.distinction } : {}),
  })
  return contact.id
}

/** Corrects a contact; refuses as adding does, and throws Stale when someone saved since `version`. */
export function correctContact(
  actor: Actor,
  which: { customerId: bigint; contactId: bigint },
  input: ContactCorrection,
  now: Date,
): Promise<void> {
  return change(actor, (tx, audit) => correctContactStep(tx, audit, actor, which, input, now))
}

/** The same within another change. */
export async function correctContactStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { customerId, contactId }: { customerId: bigint; contactId: bigint },
  input: ContactCorrection,
  now: Date,
): Promise<void> {
  await lockToCorrect(tx, actor, customerId, input.phones, now)
  const contact = await contactIn(tx, customerId, contactId)
  const known = contactTexts(contact)
  if (contact.version !== input.version) throw await staleContact(tx, customerId, contact, known, input.version)
  const facts = unveiled(input, known)
  refuseIf(contactProblems(facts, dateText(now)))
  const columns = contactColumns(facts)
  const { before, after } = differences(known, contactTexts(columns))
  if (Object.keys(after).length === 0)
    throw new Refused([{ rule: 'CUS-06', reason: 'customers:refused.nothingChanged' }])
  await refuseConflict(tx, customerId, facts.phones, known.phones, input.distinction)
  if (facts.main && !contact.main) await takeMain(tx, audit, customerId)
  const version = contact.version + 1
  await tx.contact.update({ where: { id: contactId }, data: { ...columns, version } })
  const { way, wayNote } = input
  await recordVerification(tx, actor, { customerId, parts: [partOf(contact)], source: { way, wayNote } }, now)
  await reindex(tx, customerId)
  await audit('contact.corrected', subject(customerId), {
    before: { ...before, part: partOf(contact), version: contact.version },
    after: {
      contact: columns.name,
      ...after,
      ...sourced(input),
      version,
      part: partOf(contact),
      ...distinguished(input.distinction),
    },
    ...(input.distinction ? { why: input.distinction } : {}),
  })
}

/** Takes a contact out of the record; what was known stays in the trail. */
export function removeContact(
  actor: Actor,
  { customerId, contactId }: { customerId: bigint; contactId: bigint },
  { reason, version }: Removal,
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    await lockToCorrect(tx, actor, customerId, null, now)
    const contact = await contactIn(tx, customerId, contactId)
    if (contact.version !== version)
      throw new Refused([{ rule: 'CUS-06', reason: 'contacts:refused.changedMeanwhile' }])
    const data = { removedAt: now, main: false, version: version + 1 }
    await tx.contact.update({ where: { id: contactId }, data })
    await reindex(tx, customerId)
    await audit('contact.removed', subject(customerId), {
      before: { ...filled(contactTexts(contact)), part: partOf(contact), version },
      after: { contact: contact.name, part: partOf(contact), version: version + 1 },
      why: reason,
    })
  })
}

/** Who records customers or telephones waits here, so that two cannot get the same number at once (POOL-01). */
async function lockToCorrect(tx: Tx, actor: Actor, customerId: bigint, phones: string | null, now: Date) {
  if (phones !== null) await takeNumbers(tx, yearOf(now), 0)
  const customer = await lockCustomer(tx, customerId)
  if (!may(actor, 'customers.correct', customer)) throw new Forbidden('customers.correct')
}

/** There is one main contact: the former one stands back, in the same transaction. */
async function takeMain(tx: Tx, audit: Audit, customerId: bigint): Promise<void> {
  const former = await tx.contact.findFirst({
    where: { customerId, main: true, removedAt: null },
    select: { id: true, name: true, version: true },
  })
  if (!former) return
  const { id, name, version } = former
  await tx.contact.update({ where: { id }, data: { main: false, version: version + 1 } })
  await audit('contact.corrected', subject(customerId), {
    before: { main: 'on', part: partOf(former), version },
    after: { contact: name, main: '', part: partOf(former), version: version + 1 },
  })
}

const sourced = ({ way, wayNote }: ContactCorrection) => ({ way, ...(wayNote ? { wayNote } : {}) })
const distinguished = (distinction: string | null) => (distinction ? { distinction } : {})
