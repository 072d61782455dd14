import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { faultOf } from '../files/fault.ts'
import { keepFile, recordFile, type Kept } from '../files/keeping.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import type { Upload } from '../web/route.ts'
import type { Correction, NewAttachment, Removal, Renewal } from './forms.ts'
import { roomOf } from './limits.ts'
import { attachmentIn, partOf, sameContent, usedBy, type Attachment } from './queries.ts'
import { roomProblems, titleFrom } from './rules.ts'

type Place = { customerId: bigint; attachmentId: bigint }

/** Takes a file to a customer; refuses by CUS-16. Answers its title. */
export async function addAttachment(
  actor: Actor,
  customerId: bigint,
  { title: given, note }: NewAttachment,
  upload: Upload | null,
  now: Date,
): Promise<string> {
  const kept = await received(upload)
  const title = titleFrom(given, kept.name)
  if (title === '') throw refusal('titleEmpty', { field: 'title' })
  await change(actor, async (tx, audit) => {
    await lockToAttach(tx, actor, customerId)
    await refuseFull(tx, customerId, { files: 1, bytes: kept.bytes }, now)
    const same = await sameContent(tx, customerId, kept.sha256)
    if (same) throw refusal('same', { field: 'file', params: { title: same.title } })
    const fileId = await recordFile(tx, actor, kept, now)
    const attachment = await tx.attachment.create({ data: { customerId, title, note, createdAt: now } })
    await addVersion(tx, actor, { attachmentId: attachment.id, n: 1, fileId, name: kept.name }, now)
    await audit('attachment.added', `customer:${customerId}`, {
      before: { part: partOf(attachment) },
      after: { attachment: title, ...(note ? { note } : {}), ...told(kept, 1), part: partOf(attachment) },
    })
  })
  return title
}

/** Puts a newer version on top; the older ones stay. Answers its number. */
export async function renewAttachment(
  actor: Actor,
  { customerId, attachmentId }: Place,
  { version }: Renewal,
  upload: Upload | null,
  now: Date,
): Promise<number> {
  const kept = await received(upload)
  return change(actor, async (tx, audit) => {
    const attachment = await lockToChange(tx, actor, { customerId, attachmentId }, version)
    await refuseFull(tx, customerId, { files: 0, bytes: kept.bytes }, now)
    const [latest] = attachment.versions
    if (latest!.sha256 === kept.sha256) throw refusal('sameVersion', { field: 'file' })
    const n = latest!.n + 1
    const fileId = await recordFile(tx, actor, kept, now)
    await addVersion(tx, actor, { attachmentId, n, fileId, name: kept.name }, now)
    await tx.attachment.update({ where: { id: attachmentId }, data: { version: version + 1 } })
    await audit('attachment.renewed', `customer:${customerId}`, {
      before: { n: latest!.n, name: latest!.name, part: partOf(attachment), version },
      after: { attachment: attachment.title, ...told(kept, n), part: partOf(attachment), version: version + 1 },
    })
    return n
  })
}

export function correctAttachment(actor: Actor, place: Place, { title, note, version }: Correction): Promise<void> {
  return change(actor, async (tx, audit) => {
    const attachment = await lockToChange(tx, actor, place, version)
    if (title === attachment.title && note === attachment.note) throw refusal('nothingChanged')
    await tx.attachment.update({ where: { id: attachment.id }, data: { title, note, version: version + 1 } })
    const part = partOf(attachment)
    await audit('attachment.corrected', `customer:${place.customerId}`, {
      before: { title: attachment.title, note: attachment.note ?? '', part, version },
      after: { attachment: title, title, note: note ?? '', part, version: version + 1 },
    })
  })
}

/** Takes it off the customer's page; content and versions are kept (AUD-01). Answers its title. */
export function removeAttachment(actor: Actor, place: Place, { reason, version }: Removal, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const attachment = await lockToChange(tx, actor, place, version)
    await tx.attachment.update({ where: { id: attachment.id }, data: { removedAt: now, version: version + 1 } })
    const part = partOf(attachment)
    await audit('attachment.removed', `customer:${place.customerId}`, {
      before: { part, version },
      after: { attachment: attachment.title, part, version: version + 1 },
      why: reason,
    })
    return attachment.title
  })
}

async function received(upload: Upload | null): Promise<Kept> {
  if (!upload) throw faultOf('none')
  return keepFile(upload)
}

async function lockToAttach(tx: Tx, actor: Actor, customerId: bigint): Promise<void> {
  const customer = await lockCustomer(tx, customerId)
  if (!may(actor, 'customers.attach', customer)) throw new Forbidden('customers.attach')
}

async function lockToChange(tx: Tx, actor: Actor, place: Place, version: number): Promise<Attachment> {
  await lockToAttach(tx, actor, place.customerId)
  const attachment = await attachmentIn(tx, place.customerId, place.attachmentId)
  if (attachment.removedAt) throw refusal('removedAlready')
  if (attachment.version !== version) throw refusal('changedMeanwhile')
  return attachment
}

async function refuseFull(tx: Tx, customerId: bigint, more: { files: number; bytes: number }, now: Date) {
  refuseIf(roomProblems(await roomOf(now), await usedBy(tx, customerId), more))
}

type NewVersion = { attachmentId: bigint; n: number; fileId: bigint; name: string }
async function addVersion(tx: Tx, actor: Actor, version: NewVersion, now: Date): Promise<void> {
  await tx.attachmentVersion.create({ data: { ...version, at: now, byId: actor.id } })
}

const told = ({ name, sha256, bytes, type }: Kept, n: number) => ({ n, name, sha256, bytes, type })

type Reason =
  Extract<Refusal['reason'], `attachments:refused.${string}`> extends `attachments:refused.${infer R}` ? R : never
function refusal(reason: Reason, more: Pick<Refusal, 'field' | 'params'> = {}): Refused {
  return new Refused([{ rule: 'CUS-16', reason: `attachments:refused.${reason}`, ...more }])
}
