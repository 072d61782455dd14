import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { pool } from '../../src/db.ts'
import type { Page } from '../support/browser.ts'

/** What the trail says of a customer's archive, oldest first. */
export async function archiveLines(customerId: bigint) {
  const { rows } = await pool.query<{
    action: string
    kind: string
    actor_name: string
    why: string | null
    before: Record<string, unknown>
    after: Record<string, unknown>
  }>(
    `select action, kind, actor_name, why, before, after from audit_entry
     where subject = $1 and kind = 'change' and action ~ '^(item|file|volume|task)\\.' order by id`,
    [`customer:${customerId}`],
  )
  return rows
}

/** The register of viewing of an item, oldest first. */
export async function readingsOf(itemId: bigint) {
  const { rows } = await pool.query<{ staff_id: string; way: string; n: number | null; viewing_id: string | null }>(
    'select staff_id, way::text, n, viewing_id from item_reading where item_id = $1 order by id',
    [itemId],
  )
  return rows
}

/** A room of its own with places, made past the forms. */
export async function aRoom(separate = false, keeperId: bigint | null = null) {
  const { rows } = await pool.query<{ id: string; name: string }>(
    `insert into archive_room (name, separate, keeper_id) values ('广寒库房' || gen_random_uuid(), $1, $2) returning id, name`,
    [separate, keeperId],
  )
  await pool.query(
    `insert into archive_place (room_id, cabinet, shelf, position)
     select $1, 1, s, p from generate_series(1, 2) s, generate_series(1, 3) p`,
    [rows[0]!.id],
  )
  return { id: rows[0]!.id, name: rows[0]!.name }
}

export const rulesOn = ({ $ }: Pick<Page, '$'>): (string | undefined)[] =>
  $('.errors [data-rule]')
    .toArray()
    .map((line) => $(line).attr('data-rule'))

/** The words on each page of a PDF. */
export async function pdfWords(pdf: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(pdf) }).promise
  const pages: string[] = []
  for (let n = 1; n <= document.numPages; n++) {
    const { items } = await (await document.getPage(n)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''))
  }
  return pages
}
