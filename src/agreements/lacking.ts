import { ask } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { soonOn } from './rules.ts'

export type Lacking = {
  number: string
  name: string
  department: string | null
  /** Why one is needed: keeps a file, has a window or a loan open, may hold what is above internal by role. */
  reasons: string[]
}

/** PRV-14: people at work with access above internal and no agreement in force today. */
export function lackingAgreement(now: Date): Promise<Lacking[]> {
  const today = dateText(now)
  return ask<Lacking>`
    with needing as (
      select staff_id, 'role' as reason from role_grant
        where role in ('archivist', 'info_supervisor', 'cs_manager', 'general_manager')
      union select keeper_id, 'keeper' from customer_file
      union select keeper_id, 'keeper' from archive_item where keeper_id is not null and secrecy <> 'internal'
      union select v.applicant_id, 'window' from viewing v
        where v.state = 'approved' and v.ended_at is null and v.until_at > ${now}::timestamptz
          and exists (select from viewing_item vi join archive_item i on i.id = vi.item_id
            where vi.viewing_id = v.id and i.secrecy <> 'internal')
      union select l.borrower_id, 'loan' from loan l join archive_item i on i.id = l.item_id
        where l.returned_at is null and i.secrecy <> 'internal')
    select s.number, s.name, d.name as department, array_agg(distinct n.reason order by n.reason) as reasons
    from needing n join staff s on s.id = n.staff_id and s.state = 'active' left join department d on d.id = s.department_id
    where not exists (select from agreement a where a.staff_id = s.id and a.ended_at is null
      and a.from_on <= ${today}::date and (a.until_on is null or a.until_on >= ${today}::date))
    group by s.number, s.name, d.name order by s.number limit 1000`
}

export type Ending = { id: bigint; number: string; staffId: bigint | null; name: string; untilOn: string }

/** What ends within thirty days with nothing behind it, and was not told of yet. */
export function endingUntold(now: Date): Promise<Ending[]> {
  const today = dateText(now)
  return ask<Ending>`
    select a.id, a.number, a.staff_id as "staffId", coalesce(s.name, a.partner) as name, a.until_on::text as "untilOn"
    from agreement a left join staff s on s.id = a.staff_id
    where a.ended_at is null and a.from_on <= ${today}::date and a.until_on >= ${today}::date
      and a.until_on <= ${soonOn(today)}::date and (s.id is null or s.state = 'active')
      and not exists (select from agreement next where next.id <> a.id and next.ended_at is null
        and (next.staff_id = a.staff_id or next.partner = a.partner) and next.from_on <= a.until_on + 1
        and (next.until_on is null or next.until_on > a.until_on))
      and not exists (select from notice n where n.kind = 'agreement.ending'
        and n.subject = 'agreement:' || a.number and n.params ->> 'until' = a.until_on::text)
    order by a.id limit 1000`
}
