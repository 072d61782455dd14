import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { Refused, type Refusal } from '../lib/refused.ts'
import type { Outlet } from '../mail/transport.ts'
import type { Choices } from './forms.ts'
import { kindOf } from './kinds.ts'
import { testLetter } from './letter.ts'

const minute = 60_000

/** How each kind is mailed to this person; what already waits follows the new choice. */
export function changeChoices(actor: Actor, choices: Choices): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.$queryRaw`select 1 from staff where id = ${actor.id} for no key update`
    const held = await tx.noticeChoice.findMany({ where: { staffId: actor.id }, select: { kind: true, mail: true } })
    const before = new Map(held.map(({ kind, mail }) => [kind, mail]))
    const changed = choices.filter(({ kind, mail }) => (before.get(kind) ?? kindOf(kind).mail) !== mail)
    await store(tx, actor.id, changed)
    await audit('notices.choices_changed', `staff:${actor.id}`, {
      before: Object.fromEntries(changed.map(({ kind }) => [kind, before.get(kind) ?? kindOf(kind).mail])),
      after: Object.fromEntries(changed.map(({ kind, mail }) => [kind, mail])),
    })
  })
}

async function store(tx: Tx, staffId: bigint, choices: Choices): Promise<void> {
  const rows = JSON.stringify(choices)
  await tx.$executeRaw`
    insert into notice_choice (staff_id, kind, mail)
    select ${staffId}, kind, mail::mail_choice from json_to_recordset(${rows}::json) as c(kind text, mail text)
    on conflict (staff_id, kind) do update set mail = excluded.mail`
  await tx.$executeRaw`
    update notice set mail_by = nullif(c.mail::mail_choice, 'none')
    from json_to_recordset(${rows}::json) as c(kind text, mail text)
    where staff_id = ${staffId} and notice.kind = c.kind and mail_by is not null and mail_id is null`
}

/** One letter to oneself, by the way that all go; at most one a minute. */
export function askForTest(actor: Actor, outlet: Outlet | null, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.$queryRaw`select 1 from staff where id = ${actor.id} for no key update`
    const { email } = await tx.staff.findUniqueOrThrow({ where: { id: actor.id }, select: { email: true } })
    if (!outlet) throw refused('notices:refused.noServer')
    if (!email) throw refused('notices:refused.noAddress')
    const last = await tx.auditEntry.findFirst({
      where: { subject: `staff:${actor.id}`, action: 'mail.asked' },
      orderBy: { id: 'desc' },
      select: { after: true },
    })
    const asked = (last?.after as { at?: string } | null)?.at
    if (asked && now.getTime() - new Date(asked).getTime() < minute) throw refused('notices:refused.tooSoon')
    await tx.mail.create({ data: { staffId: actor.id, address: email, ...testLetter(actor), madeAt: now } })
    await audit('mail.asked', `staff:${actor.id}`, { after: { at: now.toISOString() } })
  })
}

const refused = (reason: Refusal['reason']) => new Refused([{ rule: 'CAL-02', reason }])
