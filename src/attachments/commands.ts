import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { faultOf } from '../files/fault.ts'
import { keepFile, recordFile, type Kept } from '../files/keeping.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import type { Upload } from '../web/route.ts'
import type { Correction, NewAttachment, Removal, Renewal } from './forms.ts'
import { whose, type Host, type Hosting } from './host.ts'
import { roomOf } from './limits.ts'
import { attachmentIn, partOf, sameContent, usedBy, type Attachment } from './queries.ts'
import { roomProblems, titleFrom } from './rules.ts'

/** What a file belongs to, and how that is held. */
type Target<R> = { of: Hosting<R>; id: bigint }
type Place<R> = Target<R> & { attachmentId: bigint }

/** Takes a file to a customer or a complaint; refuses by CUS-16. Answers its title. */
export async function addAttachment<R>(
  actor: Actor,
  target: Target<R>,
  { title: given, note }: NewAttachment,
  upload: Upload | null,
  now: Date,
): Promise<string> {
  const kept = await received(upload)
  const title = titleFrom(given, kept.name)
  if (title === '') throw refusal('titleEmpty', { field: 'title' })
  await change(actor, async (tx, audit) => {
    const host = await lockToAttach(tx, actor, target)
    await refuseFull(tx, host, { files: 1, bytes: kept.bytes }, now)
    const same = await sameContent(tx, host, kept.sha256)
    if (same) throw refusal('same', { field: 'file', params: { title: same.title } })
    const fileId = await recordFile(tx, actor, kept, now)
    const attachment = await tx.attachment.create({ data: { ...whose(host), title, note, createdAt: now } })
    await addVersion(tx, actor, { attachmentId: attachment.id, n: 1, fileId, name: kept.name }, now)
    await audit('attachment.added', host.subject, {
      before: { part: partOf(attachment) },
      after: { attachment: title, ...host.told, ...(note ? { note } : {}), ...told(kept, 1), part: partOf(attachment) },
    })
  })
  return title
}

/** Puts a newer version on top; the older ones stay. Answers its number. */
export async function renewAttachment<R>(
  actor: Actor,
  place: Place<R>,
  { version }: Renewal,
  upload: Upload | null,
  now: Date,
): Promise<number> {
  const kept = await received(upload)
  return change(actor, async (tx, audit) => {
    const { host, attachment } = await lockToChange(tx, actor, place, version)
    await refuseFull(tx, host, { files: 0, bytes: kept.bytes }, now)
    const [latest] = attachment.versions
    if (latest!.sha256 === kept.sha256) throw refusal('sameVersion', { field: 'file' })
    const n = latest!.n + 1
    const fileId = await recordFile(tx, actor, kept, now)
    await addVersion(tx, actor, { attachmentId: attachment.id, n, fileId, name: kept.name }, now)
    await tx.attachment.update({ where: { id: attachment.id }, data: { version: version + 1 } })
    await audit('attachment.renewed', host.subject, {
      before: { n: latest!.n, name: latest!.name, part: partOf(attachment), version },
      after: {
        attachment: attachment.title,
        ...host.told,
        ...told(kept, n),
        part: partOf(attachment),
        version: version + 1,
      },
    })
    return n
  })
}

export function correctAttachment<R>(
  actor: Actor,
  place: Place<R>,
  { title, note, version }: Correction,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { host, attachment } = await lockToChange(tx, actor, place, version)
    if (title === attachment.title && note === attachment.note) throw refusal('nothingChanged')
    await tx.attachment.update({ where: { id: attachment.id }, data: { title, note, version: version + 1 } })
    const part = partOf(attachment)
    await audit('attachment.corrected', host.subject, {
      before: { title: attachment.title, note: attachment.note ?? '', part, version },
      after: { attachment: title, ...host.told, title, note: note ?? '', part, version: version + 1 },
    })
  })
}

/** Takes it off the page; content and versions are kept (AUD-01). Answers its title. */
export function removeAttachment<R>(
  actor: Actor,
  place: Place<R>,
  { reason, version }: Removal,
  now: Date,
): Promise<string> {
  return change(actor, async (tx, audit) => {
    const { host, attachment } = await lockToChange(tx, actor, place, version)
    await tx.attachment.update({ where: { id: attachment.id }, data: { removedAt: now, version: version + 1 } })
    const part = partOf(attachment)
    await audit('attachment.removed', host.subject, {
      before: { part, version },
      after: { attachment: attachment.title, ...host.told, part, version: version + 1 },
      why: reason,
    })
    return attachment.title
  })
}

async function received(upload: Upload | null): Promise<Kept> {
  if (!upload) throw faultOf('none')
  return keepFile(upload)
}

async function lockToAttach<R>(tx: Tx, actor: Actor, { of, id }: Target<R>): Promise<Host> {
  const record = await of.lock(tx, id)
  if (!of.add(actor, record)) throw new Forbidden(of.add.act)
  return of.hostOf(record)
}

type Held = { host: Host; attachment: Attachment }
async function lockToChange<R>(tx: Tx, actor: Actor, place: Place<R>, version: number): Promise<Held> {
  const host = await lockToAttach(tx, actor, place)
  const attachment = await attachmentIn(tx, host, place.attachmentId)
  if (attachment.removedAt) throw refusal('removedAlready')
  if (attachment.version !== version) throw refusal('changedMeanwhile')
  return { host, attachment }
}

async function refuseFull(tx: Tx, host: Host, more: { files: number; bytes: number }, now: Date) {
  refuseIf(roomProblems(await roomOf(now), await usedBy(tx, host), more))
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
