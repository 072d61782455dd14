import type { Tx } from '../db.ts'
import type { CheckInput } from './counting-forms.ts'
import type { TransferItem } from './queries.ts'

type Who = 'checked' | 'taken'

/** Keeps what was counted of each item, and answers with the items as they are counted by now. */
export async function saveCounts(
  tx: Tx,
  items: TransferItem[],
  rows: CheckInput['rows'],
  who: Who,
): Promise<TransferItem[]> {
  const counted = items.map((item) => withCount(item, rows[item.n], who))
  const values = counted.map((item) => ({
    id: String(item.id),
    pages: who === 'checked' ? item.checkedPages : item.takenPages,
    copies: who === 'checked' ? item.checkedCopies : item.takenCopies,
  }))
  const json = JSON.stringify(values)
  if (who === 'checked')
    await tx.$executeRaw`
      update transfer_item t set checked_pages = v.pages, checked_copies = v.copies
      from json_to_recordset(${json}::json) as v(id bigint, pages int, copies int) where t.id = v.id`
  else
    await tx.$executeRaw`
      update transfer_item t set taken_pages = v.pages, taken_copies = v.copies
      from json_to_recordset(${json}::json) as v(id bigint, pages int, copies int) where t.id = v.id`
  return counted
}

function withCount(item: TransferItem, row: CheckInput['rows'][string] | undefined, who: Who): TransferItem {
  if (!row) return item
  const copies = item.certificate ? row.copies : null
  if (who === 'checked') return { ...item, checkedPages: row.pages, checkedCopies: copies }
  return { ...item, takenPages: row.pages, takenCopies: copies }
}
