import type { Tx } from '../db.ts'
import type { Params } from '../lib/refused.ts'
import { kindOf, type NoticeKind } from './kinds.ts'

/**
 * One person is told of one thing. `subject` as in the trail (customer:12), `href` where it is seen. Names and telephones
 * of customers do not belong into `params`: the page adds the name while the reader may see it, mail never does.
 */
export type NewNotice = {
  to: bigint
  kind: NoticeKind
  subject: string
  href: string
  params?: Params
  rule?: string
  deadlineId?: bigint
  urgent?: boolean
}

/**
 * Tells people, with the change that there is to tell of: one statement for one and for thousands. Who left is told
 * nothing. A step of a deadline (params.step) is told to a person once, whoever sweeps.
 */
export async function notify(tx: Tx, notices: NewNotice[], now: Date): Promise<void> {
  if (notices.length === 0) return
  const rows = JSON.stringify(notices.map(asRow))
  await tx.$executeRaw`
    insert into notice (staff_id, at, kind, rule, subject, href, params, urgent, deadline_id, mail_by)
    select s.id, ${now}::timestamptz, n.kind, n.rule, n.subject, n.href, n.params, n.urgent, n.deadline,
      case when s.email is not null then
        nullif(coalesce(c.mail, n.mail::mail_choice), 'none') end
    from json_to_recordset(${rows}::json) as n("to" bigint, kind text, rule text, subject text, href text,
      params jsonb, urgent boolean, deadline bigint, mail text, place int)
    join staff s on s.id = n.to and s.state = 'active'
    left join notice_choice c on c.staff_id = s.id and c.kind = n.kind
    order by n.place
    on conflict (deadline_id, staff_id, kind, (params ->> 'step')) where deadline_id is not null do nothing`
}

/** Takes notices back that have not been mailed, of an act that was itself taken back within seconds. */
export async function withdrawNotices(
  tx: Tx,
  { to, kind, subject, since }: { to: bigint[]; kind: NoticeKind; subject: string; since: Date },
): Promise<void> {
  await tx.$executeRaw`
    delete from notice where staff_id = any(${to}::bigint[]) and kind = ${kind} and subject = ${subject}
      and at >= ${since}::timestamptz and mail_id is null`
}

function asRow({ to, kind, subject, href, params = {}, rule, deadlineId, urgent }: NewNotice, place: number) {
  const { needs, mail } = kindOf(kind)
  const missing = needs.filter((name) => !(name in params) && !(name === 'number' && 'n' in params))
  if (missing.length > 0) throw new Error(`a notice ${kind} without ${missing.join(', ')}`)
  // PostgreSQL takes two NULL steps for different ones.
  const step = deadlineId === undefined ? {} : { step: String(params['step'] ?? '') }
  return {
    to: String(to),
    kind,
    rule: rule ?? null,
    subject,
    href,
    params: { ...params, ...step },
    urgent: (urgent ?? false) && kindOf(kind).urgent === true,
    deadline: deadlineId === undefined ? null : String(deadlineId),
    mail,
    place,
  }
}
