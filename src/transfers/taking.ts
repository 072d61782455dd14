import type { Actor } from '../access/actor.ts'
import { objectChanged } from '../approvals/changing.ts'
import { fileOf, takeItems, type NewItem, type OpenFile, type TakenItem } from '../archive/intake.ts'
import { giveCopyingTask } from '../archive/items/copying.ts'
import { lockKeeper } from '../archive/keepers.ts'
import { change, type Audit } from '../audit/change.ts'
import { enterCertificates } from '../certificates/entering.ts'
import type { Tx } from '../db.ts'
import { refuseIf } from '../lib/refused.ts'
import { saveCounts } from './counting.ts'
import type { TakingInput } from './counting-forms.ts'
import { held, tell } from './holding.ts'
import { sumsOf } from './listing.ts'
import { refuseOtherKind } from './making.ts'
import { transferPolicy } from './policy.ts'
import { itemsOf, partOf, type Transfer, type TransferItem } from './queries.ts'
import { countProblems } from './rules.ts'
import { placesOf } from './shelving.ts'
import { comparedProblems, countedBy } from './signing.ts'
import { tellPeople } from './telling.ts'

export type Taken = { file: string; items: number; certificates: number; tasks: number }

/**
 * ARC-03, the third signature: the archivist counts item by item and takes in what tallies, into the customer's one file,
 * with a number and a place for each. What was only counted is kept, and answers null.
 */
export function takeTransfer(actor: Actor, id: bigint, input: TakingInput, now: Date): Promise<Taken | null> {
  return change(actor, async (tx, audit) => {
    const { rows, sign, version } = input
    const transfer = await held(tx, actor, id, { act: 'take', allow: transferPolicy.archivist, version })
    const items = await saveCounts(tx, await itemsOf(id, tx), rows, 'taken')
    if (!sign) {
      await tx.transfer.update({ where: { id }, data: { version: version + 1 } })
      await tell(audit, 'transfer.counted', transfer)
      return null
    }
    refuseIf([...countProblems(items.map((item) => countedBy(item, 'taken'))), ...comparedProblems(items, rows)])
    const file = await fileFor(tx, actor, transfer, input.keeper, now)
    const entering = items.filter(({ attachment }) => !attachment)
    const taken = await shelve(tx, actor, file, { entering, input }, now)
    const certificates = await enterCertificates(tx, pair(entering, taken), now)
    const tasks = await copyingTasks(tx, audit, actor, file, pair(entering, taken), now)
    await close(tx, audit, actor, transfer, file, now)
    const after = { file: file.number, ...sumsOf(entering), attachments: items.length - entering.length, certificates }
    await tell(audit, 'transfer.taken', transfer, { after })
    const to = [transfer.officerId, transfer.checkerId]
    await tellPeople(tx, actor, transfer, { kind: 'transfer.taken', to }, now)
    return { file: file.number, items: entering.length, certificates, tasks }
  })
}

async function fileFor(tx: Tx, actor: Actor, transfer: Transfer, keeper: string | null, now: Date): Promise<OpenFile> {
  const { customerId, fileKind: kind } = transfer
  const keeperId = keeper === null ? actor.id : (await lockKeeper(tx, keeper)).id
  await refuseOtherKind(tx, customerId, kind)
  const file = await fileOf(tx, { customerId, kind, keeperId, byId: actor.id }, now)
  if (file.kind === kind || kind === 'general') return file
  // ARC-24: a general file becomes what its first project makes of it.
  await tx.customerFile.update({ where: { id: file.id }, data: { kind } })
  return { ...file, kind }
}

type Entering = { entering: TransferItem[]; input: TakingInput }

async function shelve(tx: Tx, actor: Actor, file: OpenFile, { entering, input }: Entering, now: Date) {
  const places = await placesOf(tx, entering, input)
  const items = entering.map((item) => newItem(item, places.get(item.n) ?? null))
  const taken = await takeItems(tx, file, items, actor.id, now)
  const links = pair(entering, taken).map(([item, made]) => ({ id: String(item.id), item: String(made.id) }))
  await tx.$executeRaw`
    update transfer_item t set item_id = v.item
    from json_to_recordset(${JSON.stringify(links)}::json) as v(id bigint, item bigint) where t.id = v.id`
  return taken
}

const newItem = (item: TransferItem, placeId: bigint | null): NewItem => {
  const { title, type, part, datedOn, pages, copies, durable, ink, secrecy, certificate } = item
  const kind = certificate ? 'certificate' : type
  return {
    title,
    type: kind,
    part,
    datedOn,
    pages,
    copies,
    durable,
    ink,
    secrecy,
    medium: 'paper',
    important: certificate,
    placeId,
  }
}

const pair = (items: TransferItem[], taken: TakenItem[]) => items.map((item, at) => [item, taken[at]!] as const)

/** ARC-22: each item that does not last gives its keeper a copying task. */
async function copyingTasks(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { keeperId, customerId }: OpenFile,
  pairs: ReturnType<typeof pair>,
  now: Date,
): Promise<number> {
  const fading = pairs.filter(([{ durable }]) => !durable)
  for (const [, { number }] of fading) await giveCopyingTask(tx, audit, actor, { number, keeperId, customerId }, now)
  return fading.length
}

async function close(tx: Tx, audit: Audit, actor: Actor, transfer: Transfer, file: OpenFile, now: Date): Promise<void> {
  const { id, version } = transfer
  const data = { state: 'taken', takenAt: now, endedAt: now, fileId: file.id, archivistId: actor.id } as const
  await tx.transfer.update({ where: { id }, data: { ...data, backReason: null, version: version + 1 } })
  await objectChanged(tx, audit, actor, partOf(transfer), [{ kind: 'archive.transfer', basis: 'taken' }], now)
}
