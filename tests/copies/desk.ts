import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'
import type { CopyWay, SecrecyLevel } from '../../prisma/client/enums.ts'
import { theStore } from '../../src/files/store.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { now } from '../../src/lib/clock.ts'
import { db, pool } from '../../src/db.ts'
import { askForCopies } from '../../src/copies/asking.ts'
import { makeCopies } from '../../src/copies/making.ts'
import { permitFor } from '../../src/copies/queries.ts'
import { acknowledged, agreed, anItem } from '../support/archive.ts'
import { decide } from '../support/approving.ts'
import { actorOf, make, theCast } from '../support/make.ts'

/** So many pages, each saying which it is. */
export async function pdfWith(pages: number): Promise<Buffer> {
  const doc = await PDFDocument.create()
  const font = await doc.embedFont(StandardFonts.Helvetica)
  for (let n = 1; n <= pages; n++) doc.addPage([595, 842]).drawText(`leaf ${n}`, { x: 60, y: 600, font, size: 14 })
  doc.setTitle(randomUUID())
  return Buffer.from(await doc.save())
}

/** The content of an electronic item, as intake leaves it. */
export async function contentFor(item: { id: bigint }, bytes: Buffer, type = 'application/pdf', name = '合同.pdf') {
  const { sha256 } = await (await theStore()).put(Readable.from(bytes))
  const { archivist } = await theCast()
  const { rows } = await pool.query<{ id: string }>(
    `insert into stored_file (sha256, bytes, type, stored_at, stored_by_id) values ($1, $2, $3, $4, $5)
     on conflict (sha256) do update set sha256 = excluded.sha256 returning id`,
    [sha256, bytes.length, type, now(), archivist.id],
  )
  await pool.query(
    `insert into item_version (item_id, n, file_id, name, at, by_id)
     values ($1, 1 + coalesce((select max(n) from item_version where item_id = $1), 0), $2, $3, $4, $5)`,
    [item.id, rows[0]!.id, name, now(), archivist.id],
  )
  return sha256
}

/** Everybody of the cast has acknowledged, and has an agreement. */
export async function admitted(): Promise<void> {
  const people = Object.values(await theCast())
  await acknowledged(...people)
  await agreed(...people)
}

type Given = {
  way?: CopyWay
  secrecy?: SecrecyLevel
  copies?: number
  bytes?: Buffer
  type?: string
  holder?: string
  medium?: 'paper' | 'electronic'
}

/** Today and so many days on, as a form says it. */
export const dayFrom = (days: number) => dateText(dayStart(dateText(now()), days))

/** An item in the reach of the front desk's people, asked for by one of them and waiting. */
export async function askedFor(given: Given = {}) {
  await admitted()
  const { way = 'download', secrecy = 'secret', copies = 1, medium = 'electronic', holder = '玄圃书院 王某' } = given
  const { sales, archivist } = await theCast()
  const customer = await make.customer({ ownerId: sales.id, department: '城东营业部' })
  const item = await anItem(customer, { secrecy, medium })
  if (given.bytes) await contentFor(item, given.bytes, given.type)
  const actor = await actorOf(sales)
  const input = {
    way,
    purpose: 'contract',
    reason: '与对方核对条款',
    holder,
    dueOn: dayFrom(2),
    counts: [copies],
  } as const
  const number = await askForCopies(actor, [item.number], { ...input, counts: [...input.counts] }, now())
  const { id } = await db.copyPermit.findUniqueOrThrow({ where: { number } })
  return { customer, item, number, id, subject: `copy_permit:${id}`, sales, archivist }
}

/** The same, permitted by the information supervisor. */
export async function permitted(given: Given = {}) {
  const asked = await askedFor(given)
  const { info_supervisor } = await theCast()
  await decide(await actorOf(info_supervisor), 'archive.copy', asked.subject, 'approve', now())
  return asked
}

/** The same, with so many copies made. */
export async function made(given: Given = {}, n = 1) {
  const permit = await permitted(given)
  const maker = await actorOf((given.way ?? 'download') === 'download' ? permit.sales : permit.archivist)
  const record = await permitFor(maker, permit.number)
  const numbers = await makeCopies(maker, record, { item: permit.item.number, n }, now())
  return { ...permit, numbers, maker }
}
