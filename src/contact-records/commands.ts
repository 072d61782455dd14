import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { promiseStep } from '../promises/commands.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { rolesOf } from '../visits/people.ts'
import { isManager } from '../visits/posts.ts'
import { staleRecord } from './conflict.ts'
import { countContact, recountContact } from './contacting.ts'
import { columnsOf, differences, textsOf } from './facts.ts'
import type { NewRecord, PromiseRow, RecordCorrection, Said } from './forms.ts'
import { recordPolicy } from './policy.ts'
import { customerToRecord, lockRecord, partOf, trailOf, type AboutWhom } from './queries.ts'
import { isEmptyRow, recordDue, recordProblems, rowProblems } from './rules.ts'

/** CUS-19: writes down a contact with a customer, late or not; answers with its number. */
export function recordContact(actor: Actor, input: NewRecord, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const customer = await customerToRecord(tx, actor, input.customer)
    refuseIf([...recordProblems(input, now), ...rowProblems(input.promises)])
    const contact = await contactNamed(tx, customer.id, input.contactId)
    const number = businessNumber('LX', yearOf(now), await takeSerials(tx, 'contact_record', yearOf(now), 1))
    const byManager = isManager(await rolesOf(tx, actor.id))
    const { id } = await tx.contactRecord.create({
      data: {
        ...columnsOf(input, contact),
        ...(await timing(input, now)),
        number,
        byManager,
        recordedAt: now,
        customerId: customer.id,
        ownerId: actor.id,
        departmentId: actor.departmentId,
        regionId: customer.regionId,
      },
      select: { id: true },
    })
    const part = partOf({ id })
    const told = Object.entries(textsOf(input, contact)).filter(([, value]) => value !== '')
    await audit('contact_record.added', `customer:${customer.id}`, {
      before: { part },
      after: { record: number, ...Object.fromEntries(told), part },
    })
    await countContact(tx, { customerId: customer.id, at: input.at, formal: input.formal, byManager })
    for (const row of input.promises) await promised(tx, audit, actor, row, { input, customer, contact, id }, now)
    return number
  })
}

type From = { input: NewRecord; customer: AboutWhom; contact: string | null; id: bigint }

/** VIS-07: what was promised meanwhile becomes a task; the actor's own unless somebody else is named. */
async function promised(tx: Tx, audit: Audit, actor: Actor, row: PromiseRow, from: From, now: Date): Promise<void> {
  if (isEmptyRow(row)) return
  const { input, customer, contact, id } = from
  const who = row.owner ? await tx.staff.findUnique({ where: { number: row.owner.toUpperCase() } }) : actor
  if (!who)
    throw new Refused([{ rule: 'VIS-07', reason: 'contactRecords:refused.promiseOwner', field: `owner${row.n}` }])
  const given = {
    customerId: customer.id,
    contactRecordId: id,
    what: row.what!,
    ownerId: who.id,
    dueOn: row.dueOn!,
    promisedTo: contact ?? input.person,
    promisedOn: dateText(input.at),
  }
  const places: Record<string, string> = { what: 'promise', title: 'promise', owner: 'owner', ownerId: 'owner' }
  await promiseStep(tx, audit, actor, given, now, (field) =>
    field === 'promisedOn' ? 'at' : `${places[field] ?? 'dueOn'}${row.n}`,
  )
}

/** CUS-19: what one wrote oneself is put right, with what it was before in the trail. */
export function correctRecord(actor: Actor, id: bigint, input: RecordCorrection, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const record = await lockRecord(tx, id)
    if (!recordPolicy.correct(actor, record)) throw new Forbidden('contact_records.record')
    const contact = await contactNamed(tx, record.customerId, input.contactId, record.contactId)
    const known = textsOf({ ...record, nextOn: record.nextOn && dayText(record.nextOn) }, record.contact?.name ?? null)
    if (record.version !== input.version) throw await staleRecord(tx, actor, record, input)
    refuseIf(recordProblems(input, now))
    const { before, after } = differences(known, textsOf(input, contact))
    if (Object.keys(after).length === 0)
      throw new Refused([{ rule: 'CUS-19', reason: 'contactRecords:refused.nothingChanged' }])
    const version = record.version + 1
    const moved = record.at.getTime() !== input.at.getTime() || record.way !== input.way
    const due = moved ? await timing(input, record.recordedAt) : {}
    await tx.contactRecord.update({ where: { id }, data: { ...columnsOf(input, contact), ...due, version } })
    const lasting = record.formal === input.formal && dateText(record.at) === dateText(input.at)
    if (!lasting) await recountContact(tx, record)
    await countContact(tx, { ...record, at: input.at, formal: input.formal })
    const part = partOf(record)
    await audit('contact_record.corrected', trailOf(record), {
      before: { ...before, part, version: record.version },
      after: { record: record.number, ...after, part, version },
    })
  })
}

/** By when it was to be written down, and whether it was. */
async function timing({ at, way }: Pick<Said, 'at' | 'way'>, recordedAt: Date) {
  const days = (await regulationAt(at)).value('contacts.record_days')
  const dueAt = recordDue(await calendarAt(recordedAt), { at, way }, days)
  return { dueAt, late: recordedAt > dueAt }
}

/** The contact's name; one who has left since may stay where it stood. */
async function contactNamed(tx: Tx, customerId: bigint, id: bigint | null, known: bigint | null = null) {
  if (id === null) return null
  const gone = id === known ? {} : { removedAt: null }
  const found = await tx.contact.findFirst({ where: { id, customerId, ...gone }, select: { name: true } })
  if (!found) throw new Refused([{ rule: 'CUS-19', reason: 'contactRecords:refused.contact', field: 'contactId' }])
  return found.name
}
