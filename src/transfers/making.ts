import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import { customerFor, type Customer } from '../customers/queries.ts'
import { db, type Tx } from '../db.ts'
import { cancelDeadlines } from '../deadlines/commands.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOrNull } from '../lib/days.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Forbidden, NotFound, Refused, refuseIf } from '../lib/refused.ts'
import { projectEnd, startHandOver } from './clocks.ts'
import type { HeadInput, NewTransfer } from './forms.ts'
import { held, tell } from './holding.ts'
import { knowsItem } from './known.ts'
import { lockSigner } from './people.ts'
import { transferPolicy } from './policy.ts'
import { itemsOf, lockTransfer, partOf, transferFor } from './queries.ts'
import { endedProblems, partyProblems } from './rules.ts'

/** ARC-03: A begins the list; the clock counts from the day the project ended. Answers with the number. */
export async function createTransfer(actor: Actor, input: NewTransfer, now: Date): Promise<string> {
  const customer = await customerOf(actor, input.customer)
  const like = input.template === null ? null : await templateFor(actor, input.template)
  return change(actor, async (tx, audit) => {
    if (!may(actor, 'transfers.make', customer)) throw new Forbidden('transfers.make')
    refuseIf(endedProblems(input.endedOn, dateText(now)))
    const people = await peopleOf(tx, actor.id, input, customer)
    await refuseOtherKind(tx, customer.id, input.fileKind)
    const number = businessNumber('G', yearOf(now), await takeSerials(tx, 'transfer', yearOf(now), 1))
    const { title, fileKind, endedOn } = input
    const data = {
      number,
      customerId: customer.id,
      title,
      fileKind,
      endedOn: dayOrNull(endedOn)!,
      ...people,
      createdAt: now,
    }
    const { id } = await tx.transfer.create({ data, select: { id: true } })
    if (like) {
      const known = (await itemsOf(like.id, tx)).filter((item) => knowsItem(actor, like, item))
      await tx.transferItem.createMany({ data: copied(id, known) })
    }
    await startHandOver(tx, { id, customerId: customer.id, endedOn, officerId: actor.id }, projectEnd({ endedOn }))
    await tell(audit, 'transfer.created', await lockTransfer(tx, id), { after: { fileKind, endedOn } })
    return number
  })
}

/** What the list is about, and who signs, while it is still A's. */
export function correctHead(actor: Actor, id: bigint, { version, ...input }: HeadInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const allow = transferPolicy.officer
    const transfer = await held(tx, actor, id, { act: 'list', allow, version })
    refuseIf(endedProblems(input.endedOn, dateText(now)))
    const people = await peopleOf(tx, transfer.officerId, input, transfer)
    await refuseOtherKind(tx, transfer.customerId, input.fileKind)
    const { title, fileKind, endedOn } = input
    const data = { title, fileKind, endedOn: dayOrNull(endedOn)!, ...people, version: version + 1 }
    await tx.transfer.update({ where: { id }, data })
    if (endedOn !== transfer.endedOn) {
      await cancelDeadlines(tx, 'transfer.hand_over', [partOf(transfer)], now)
      await startHandOver(tx, { ...transfer, endedOn }, projectEnd({ endedOn }))
    }
    await tell(audit, 'transfer.corrected', transfer, { after: { fileKind, endedOn } })
  })
}

async function customerOf(actor: Actor, number: string): Promise<Customer> {
  try {
    return await customerFor(actor, number)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new Refused([{ rule: 'ARC-03', reason: 'transfers:refused.customerUnknown', field: 'customer' }])
  }
}

async function templateFor(actor: Actor, number: string) {
  try {
    return await transferFor(actor, number)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new Refused([{ rule: 'ARC-03', reason: 'transfers:refused.templateUnknown', field: 'template' }])
  }
}

type Place = { departmentId: bigint | null; regionId: bigint | null }
type Named = Pick<NewTransfer, 'checker' | 'archivist'>

async function peopleOf(tx: Tx, officerId: bigint, { checker, archivist }: Named, place: Place) {
  const unknown = (field: 'checker' | 'archivist') =>
    ({ rule: 'ARC-03', reason: `transfers:refused.${field}Unknown`, field }) as const
  const first = await lockSigner(tx, 'transfers.check', checker, place, unknown('checker'))
  const second = await lockSigner(tx, 'transfers.take', archivist, place, unknown('archivist'))
  refuseIf(partyProblems(officerId, first.id, second.id))
  return { officerId, checkerId: first.id, archivistId: second.id }
}

/** ARC-01, ARC-24: one customer, one file, of one kind. */
export async function refuseOtherKind(tx: Tx, customerId: bigint, kind: NewTransfer['fileKind']): Promise<void> {
  const file = await tx.customerFile.findUnique({ where: { customerId }, select: { kind: true, number: true } })
  if (!file || file.kind === kind || file.kind === 'general' || kind === 'general') return
  const params = { number: file.number, kind: { word: `archive:fileKind.${file.kind}` } as const }
  throw new Refused([{ rule: 'ARC-24', reason: 'transfers:refused.otherKind', field: 'fileKind', params }])
}

type Listed = Awaited<ReturnType<typeof itemsOf>>[number]

/** The same parts and titles, as far as they are known (ARC-02); what was counted, and whose certificates, is not taken over. */
const copied = (transferId: bigint, items: Listed[]) =>
  items.map((item, at) => {
    const { title, type, part, secrecy, durable, ink, attachment, certificate, certKind } = item
    const kind = { title, type, part, secrecy, durable, ink, attachment, certificate, certKind }
    return { ...kind, transferId, n: at + 1, pages: 0 }
  })

/** Earlier ones of this person's that a list may be taken from. */
export function templatesFor(actor: Actor) {
  return db.transfer.findMany({
    where: { OR: [{ officerId: actor.id }, { checkerId: actor.id }], items: { some: {} } },
    orderBy: { id: 'desc' },
    take: 50,
    select: { number: true, title: true, fileKind: true },
  })
}
