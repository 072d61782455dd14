import type { Tx } from '../db.ts'
import { notify, type NewNotice } from '../notices/commands.ts'
import type { NoticeKind } from '../notices/kinds.ts'
import type { Actor } from '../access/actor.ts'
import { partOf, type Transfer } from './queries.ts'

type Told = Extract<NoticeKind, `transfer.${string}`>

/** Whoever does it knows of it. The sentence carries the number alone (PRV-02). */
export async function tellPeople(
  tx: Tx,
  actor: Actor,
  transfer: Transfer,
  { kind, to, more = {} }: { kind: Told; to: readonly bigint[]; more?: Record<string, string | number> },
  now: Date,
): Promise<void> {
  const notices = [...new Set(to)]
    .filter((id) => id !== actor.id)
    .map((id): NewNotice => ({
      to: id,
      kind,
      subject: partOf(transfer),
      href: `/transfers/${transfer.number}`,
      params: { by: actor.name, number: transfer.number, ...more },
      rule: 'ARC-03',
    }))
  await notify(tx, notices, now)
}
