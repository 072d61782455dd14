import type {
  FileKind,
  FilePart,
  ItemInk,
  ItemMedium,
  ItemType,
  Retention,
  SecrecyLevel,
} from '../../prisma/client/enums.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { translate } from '../i18n.ts'
import { yearOf } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { businessNumber } from '../lib/numbers.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { isClassified } from './levels.ts'
import { itemSearch } from './search.ts'

export type OpenFile = {
  id: bigint
  number: string
  customerId: bigint
  kind: FileKind
  keeperId: bigint
  retention: Retention
  secrecy: SecrecyLevel
  lastItem: number
  /** It was opened just now. */
  opened: boolean
}

export type NewItem = {
  title: string
  type: ItemType
  part: FilePart
  datedOn: Date | null
  pages: number
  copies: number
  medium: ItemMedium
  durable: boolean
  ink: ItemInk | null
  secrecy: SecrecyLevel
  important: boolean
  placeId: bigint | null
}
export type TakenItem = { id: bigint; number: string; n: number }

type Opening = { customerId: bigint; kind: FileKind; keeperId: bigint; byId: bigint }

/** ARC-01: the customer's one file, held until the transaction ends; opened where there is none yet. */
export async function fileOf(tx: Tx, { customerId, kind, keeperId, byId }: Opening, now: Date): Promise<OpenFile> {
  // Two who open it at once: the second waits for the customer's row and then finds the file.
  await tx.$queryRaw`select 1 from customer where id = ${customerId} for update`
  const known = await tx.customerFile.findUnique({ where: { customerId } })
  if (known) {
    await tx.$queryRaw`select 1 from customer_file where id = ${known.id} for update`
    const held = await tx.customerFile.findUniqueOrThrow({ where: { customerId } })
    return { ...held, opened: false }
  }
  const regulation = await regulationAt(now)
  const number = businessNumber('DA', yearOf(now), await takeSerials(tx, 'customer_file', yearOf(now), 1))
  const secrecy = regulation.value('archive.default_level')
  const data = { number, customerId, kind, keeperId, secrecy, openedAt: now, openedById: byId }
  return { ...(await tx.customerFile.create({ data })), opened: true }
}

/** ARC-03, ARC-24: numbers follow from the file's number, in the order given; each part lies in a volume of its own. */
export async function takeItems(
  tx: Tx,
  file: OpenFile,
  items: readonly NewItem[],
  byId: bigint,
  now: Date,
): Promise<TakenItem[]> {
  const volumes = await volumesFor(tx, file, items)
  const first = file.lastItem + 1
  const rows = items.map((item, at) =>
    rowOf(file, item, { n: first + at, volumeId: volumes.get(item.part)!, byId }, now),
  )
  await tx.customerFile.update({
    where: { id: file.id },
    data: { lastItem: file.lastItem + items.length, version: { increment: 1 } },
  })
  const made = await tx.archiveItem.createManyAndReturn({ data: rows, select: { id: true, number: true, n: true } })
  return made.toSorted((a, b) => a.n - b.n)
}

/** DA2026000001-07 */
export const itemNumber = (fileNumber: string, n: number): string => `${fileNumber}-${n < 10 ? '0' : ''}${n}`

function rowOf(
  { id, number, customerId, keeperId, retention }: OpenFile,
  { part: _part, ...item }: NewItem,
  { n, volumeId, byId }: { n: number; volumeId: bigint; byId: bigint },
  now: Date,
) {
  const { grams, text } = itemSearch(item.title)
  return {
    ...item,
    number: itemNumber(number, n),
    n,
    fileId: id,
    customerId,
    volumeId,
    grams,
    searchText: text,
    retention,
    retainUntil: keptUntil(retention, now),
    // ARC-02: what is classified has a named keeper of its own.
    keeperId: isClassified(item.secrecy) ? keeperId : null,
    createdAt: now,
    createdById: byId,
  }
}

const years = { permanent: null, years30: 30, years10: 10 } as const

/** The period counts from the end of the year in which it was taken in. */
export function keptUntil(retention: Retention, now: Date): Date | null {
  const more = years[retention]
  return more === null ? null : dayOf(`${yearOf(now) + more}-12-31`)
}

async function volumesFor(tx: Tx, file: OpenFile, items: readonly NewItem[]): Promise<Map<FilePart, bigint>> {
  const known = await tx.volume.findMany({ where: { fileId: file.id }, orderBy: { n: 'asc' } })
  const found = new Map(known.map(({ part, id }) => [part, id]))
  let last = known.at(-1)?.n ?? 0
  for (const part of new Set(items.map((item) => item.part))) {
    if (found.has(part)) continue
    const data = { fileId: file.id, n: (last += 1), part, title: translate.zh(`archive:part.${part}`) }
    found.set(part, (await tx.volume.create({ data, select: { id: true } })).id)
  }
  return found
}
