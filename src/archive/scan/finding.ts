import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { Refused } from '../../lib/refused.ts'
import { visibleItemsSql } from '../policy.ts'
import { isItem, scannedNumber } from './rules.ts'

/** ARC-02: where a scanned number leads: to the item or to the file; what the person may not see does not exist. */
export async function placeOf(actor: Actor, typed: string): Promise<string> {
  const number = scannedNumber(typed)
  if (!number) {
    const plain = typed.trim().slice(0, 40)
    if (plain === '') throw refusal('archiveList:scanning.notRead')
    throw refusal('archiveList:scanning.unreadable', { typed: plain })
  }
  const [found] = await ask<{ file: string }>`
    select f.number as file from archive_item i join customer_file f on f.id = i.file_id
    where ${visibleItemsSql(actor)} and (i.number = ${number} or f.number = ${number}) limit 1`
  if (!found) throw refusal('archiveList:scanning.unknown', { number })
  return isItem(number) ? `/archive/items/${number}` : `/archive/files/${number}`
}

type Reason = `archiveList:scanning.${'notRead' | 'unreadable' | 'unknown'}`
const refusal = (reason: Reason, params?: Record<string, string>) =>
  new Refused([{ rule: 'ARC-02', reason, field: 'item', ...(params ? { params } : {}) }])
