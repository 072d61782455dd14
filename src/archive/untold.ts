import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { now } from '../lib/clock.ts'
import { knownSql } from './policy.ts'

/**
 * ARC-02: of these numbers of viewings, loans, copies, movements, disclosures and certificates, those that are about an item
 * which is not this person's to know.
 */
export async function untoldAmong(actor: Actor, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set()
  const rows = await ask<{ number: string }>`
    select distinct asked.number from unnest(${[...numbers]}::text[]) as asked(number) cross join lateral (
      select vi.item_id from viewing v join viewing_item vi on vi.viewing_id = v.id where v.number = asked.number
      union all select ai.item_id from loan_application a join loan_application_item ai on ai.application_id = a.id
        where a.number = asked.number
      union all select l.item_id from loan l where l.number = asked.number
      union all select pi.item_id from copy_permit p join copy_permit_item pi on pi.permit_id = p.id
        where p.number = asked.number
      union all select m.item_id from movement m where m.number = asked.number
      union all select di.item_id from disclosure d join disclosure_item di on di.disclosure_id = d.id
        where d.number = asked.number
      union all select q.item_id from certificate q where q.number = asked.number) about
      join archive_item i on i.id = about.item_id
    where not ${knownSql(actor, now())}`
  return new Set(rows.map(({ number }) => number))
}
