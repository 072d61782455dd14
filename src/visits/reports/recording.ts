import type { Actor } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { noteStep } from '../../market-notes/commands.ts'
import { promiseStep } from '../../promises/commands.ts'
import type { Person } from '../making.ts'
import type { Visit } from '../queries.ts'
import type { ReportInput } from './forms.ts'
import { colleaguesNamed } from './names.ts'

type Step = { tx: Tx; audit: Audit; actor: Actor; visit: Visit; input: ReportInput; now: Date }

/** Whom one met, of those planned and besides; `contacts`: who of the new ones is a contact of the record now. */
export async function peopleMet(
  tx: Tx,
  { id: visitId }: Visit,
  { met, people }: ReportInput,
  contacts: ReadonlyMap<number, bigint>,
): Promise<Person[]> {
  await tx.visitPerson.updateMany({ where: { visitId, id: { in: met } }, data: { met: true } })
  await tx.visitPerson.updateMany({ where: { visitId, id: { notIn: met } }, data: { met: false } })
  for (const { n, name, post } of people) {
    const data = { visitId, name: name!, post, contactId: contacts.get(n) ?? null, planned: false, met: true }
    await tx.visitPerson.create({ data, select: { id: true } })
  }
  const select = { contactId: true, name: true, post: true } as const
  return tx.visitPerson.findMany({ where: { visitId, met: true }, orderBy: { id: 'asc' }, select })
}

/** What stands beside the report and stays as it was written: gifts, promises, what was heard. What the trail tells. */
export async function recordBeside(step: Step): Promise<{ gifts?: string[]; promises?: string[] }> {
  const { tx, audit, actor, visit, input, now } = step
  const gifts = await recordGifts(step)
  const on = dateText(visit.arrivedAt ?? visit.startsAt)
  const promises: string[] = []
  for (const { n, what, owner, due, to } of input.promises) {
    const [ownerId = actor.id] = await colleaguesNamed(tx, owner === null ? [] : [owner.trim()], `promiseOwner${n}`)
    const { customerId } = visit
    const given = { customerId, visitId: visit.id, what: what!, ownerId, dueOn: due!, promisedTo: to, promisedOn: on }
    const number = await promiseStep(tx, audit, actor, given, now, (field) => promiseFields[field]?.(n) ?? field)
    promises.push(`${what!} ${number}`)
  }
  for (const { kind, about, text } of input.notes)
    await noteStep(tx, audit, actor, { visitId: visit.id, kind, about, text: text!, notedOn: on }, now)
  return { ...(gifts.length > 0 ? { gifts } : {}), ...(promises.length > 0 ? { promises } : {}) }
}

const promiseFields: Record<string, (n: number) => string> = {
  what: (n) => `promiseWhat${n}`,
  title: (n) => `promiseWhat${n}`,
  owner: (n) => `promiseOwner${n}`,
  dueOn: (n) => `promiseDue${n}`,
  promisedOn: (n) => `promiseDue${n}`,
}

/** VIS-12: nothing is accepted: what was offered is written down with what became of it. */
async function recordGifts({ tx, actor, visit, input, now }: Step): Promise<string[]> {
  for (const { what, by, worth, outcome, note } of input.gifts) {
    const stamp = { visitId: visit.id, recordedAt: now, byId: actor.id }
    await tx.offeredGift.create({
      data: { ...stamp, what: what!, offeredBy: by, worth, outcome: outcome!, note },
      select: { id: true },
    })
  }
  return input.gifts.map(({ what }) => what!)
}
