import { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { agreementInForce, partnerAgreement } from '../agreements/in-force.ts'
import { needsWindow } from '../archive/levels.ts'
import { lockItems, type Item } from '../archive/queries.ts'
import { recordReading } from '../archive/registering.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { renderDocument } from '../documents/printer.ts'
import { readFile, recordFile } from '../files/keeping.ts'
import { theStore } from '../files/store.ts'
import { dateText } from '../lib/dates.ts'
import { Forbidden, NotFound, Refused, refuseIf } from '../lib/refused.ts'
import { oneTimePassword } from '../staff/secret.ts'
import type { Download } from '../web/route.ts'
import type { Handing } from './forms.ts'
import { groundsOf, type Grounds } from './grounds.ts'
import { parcelOf } from './parcel.ts'
import { lockDisclosure, type Disclosure, type Locked } from './queries.ts'
import { refusal } from './refusing.ts'
import { handedProblems, handProblems, mostBytes, packProblems } from './rules.ts'

export type Packed = { sha256: string; password: string | null }

/**
 * ARC-15: makes the package, once, of exactly what was approved as it was approved. What has changed since is not given
 * out, neither as it was nor as it is: it is asked for anew.
 */
export async function packDisclosure(actor: Actor, disclosure: Disclosure, opened: number, now: Date): Promise<Packed> {
  const { id, customerId, number } = disclosure
  const grounds = await checked(disclosure, now)
  await refuseUnbound(actor, grounds, now)
  const password = disclosure.way === 'encrypted_file' ? oneTimePassword() : null
  const { pdf, sha256 } = await renderDocument(await parcelOf(actor, disclosure, grounds, password, now))
  const stored = await (await theStore()).put(Readable.from([pdf]))
  const packed = await change(actor, async (tx, audit) => {
    const held = await lockToGive(tx, actor, disclosure, opened, now)
    refuseIf(packProblems(held, dateText(now)))
    if ((await groundsOf(tx, id))?.basis !== held.request?.basis) throw refusal('changedSince')
    const packageFileId = await recordFile(
      tx,
      actor,
      { ...stored, name: `${number}.pdf`, type: 'application/pdf' },
      now,
    )
    const version = held.version + 1
    const data = { packedAt: now, packedById: actor.id, packageSha: sha256, packageFileId, version }
    await tx.disclosure.update({ where: { id }, data })
    const { fields } = held
    const items = grounds.contents.map((one) => one.number)
    await audit('disclosure.packed', `customer:${customerId}`, {
      before: { version: held.version },
      after: { disclosure: number, sha256, fields, items, version },
    })
    return itemsIn(tx, grounds)
  })
  await registered(actor, packed)
  return { sha256, password }
}

/** The package as it was made, for whoever hands it over, until it is; each time it leaves is on record. */
export async function fetchPackage(actor: Actor, disclosure: Disclosure, now: Date): Promise<Download> {
  const { id, number, customerId, packageFileSha } = disclosure
  refuseIf(handProblems(disclosure, dateText(now)))
  if (!packageFileSha) throw new NotFound()
  const grounds = await groundsOf(null, id)
  if (!grounds) throw new NotFound()
  await refuseUnbound(actor, grounds, now)
  const pieces: Buffer[] = []
  for await (const piece of await readFile(packageFileSha)) pieces.push(piece as Buffer)
  const fetched = await change(actor, async (tx, audit) => {
    const held = await lockToGive(tx, actor, disclosure, disclosure.version, now)
    refuseIf(handProblems(held, dateText(now)))
    await audit('disclosure.fetched', `customer:${customerId}`, {
      after: { disclosure: number, sha256: packageFileSha },
    })
    return itemsIn(tx, grounds)
  })
  await registered(actor, fetched)
  return { type: 'application/pdf', fileName: `${number}.pdf`, body: Buffer.concat(pieces) }
}

/** To whom and when; from then on nobody fetches it any more. */
export function handOver(actor: Actor, disclosure: Disclosure, { handedTo, handedAt, version }: Handing, now: Date) {
  return change(actor, async (tx, audit) => {
    const held = await lockToGive(tx, actor, disclosure, version, now)
    refuseIf(handProblems(held, dateText(now)))
    refuseIf(handedProblems(handedAt, held.packedAt!, now))
    await tx.disclosure.update({
      where: { id: held.id },
      data: { handedAt, handedTo, version: version + 1 },
    })
    await audit('disclosure.handed', `customer:${held.customerId}`, {
      before: { version },
      after: { disclosure: held.number, handedTo, handedAt, sha256: held.packageSha, version: version + 1 },
    })
  })
}

async function checked(disclosure: Disclosure, now: Date): Promise<Grounds> {
  refuseIf(packProblems(disclosure, dateText(now)))
  const grounds = await groundsOf(null, disclosure.id)
  if (!grounds || grounds.basis !== disclosure.request?.basis) throw refusal('changedSince')
  const bytes = grounds.contents.reduce((sum, one) => sum + one.bytes, 0)
  if (bytes > mostBytes) throw refusal('tooLarge', null, { most: mostBytes / 1024 / 1024 })
  return grounds
}

async function lockToGive(tx: Tx, actor: Actor, disclosure: Disclosure, opened: number, now: Date): Promise<Locked> {
  if (!may(actor, 'disclosures.pack', disclosure)) throw new Forbidden('disclosures.pack')
  const held = await lockDisclosure(tx, disclosure.id)
  if (held.version !== opened) throw refusal('changedMeanwhile')
  await refusePartner(tx, held.agreement.number, now)
  return held
}

/** PRV-14: ended meanwhile is ended. */
async function refusePartner(tx: Tx, agreement: string, now: Date): Promise<void> {
  if (!(await partnerAgreement(tx, agreement, now)))
    throw new Refused([{ rule: 'PRV-14', reason: 'disclosures:refused.agreementOver' }])
}

/** PRV-14: nor does anybody pack what is above internal who is not bound. */
async function refuseUnbound(actor: Actor, { contents }: Grounds, now: Date): Promise<void> {
  if (!contents.some(({ secrecy }) => needsWindow(secrecy)) || (await agreementInForce(actor.id, now))) return
  throw new Refused([{ rule: 'PRV-14', reason: 'archive:refused.noAgreement' }])
}

const itemsIn = (tx: Tx, { contents }: Grounds): Promise<Item[]> =>
  lockItems(
    tx,
    contents.map(({ itemId }) => itemId),
  )

/** The register of viewing has its line of each item before a byte of the package leaves. */
async function registered(actor: Actor, items: readonly Item[]): Promise<void> {
  for (const item of items) await recordReading(actor, item, { way: 'download', n: item.contents })
}
