import type { Actor } from '../access/actor.ts'
import { holdersAt } from '../approvals/holders.ts'
import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { notify } from '../notices/commands.ts'
import type { Handover } from './queries.ts'
import { outranks } from './rules.ts'

export type Leaver = { id: bigint; number: string; name: string; departmentId: bigint | null }

const heads = ['dept_head', 'cs_manager', 'sales_director', 'general_manager'] as const

/** The nearest head of the leaver who can run it: of the department, else of the next wider office. */
export async function headsOf(tx: Tx, { id, departmentId }: Leaver): Promise<bigint[]> {
  const held = await tx.roleGrant.findMany({ where: { staffId: id }, select: { role: true } })
  const roles = held.map(({ role }) => role)
  for (const role of heads.filter((one) => !outranks([one], roles))) {
    const found = (await holdersAt(tx, role, { departmentId, regionId: null })).filter((head) => head !== id)
    if (found.length > 0) return found
  }
  return []
}

export async function tellHeads(
  tx: Tx,
  actor: Actor,
  kind: 'handover.started' | 'handover.asked',
  leaver: Leaver,
  href: string,
  now: Date,
): Promise<number> {
  const people = await headsOf(tx, leaver)
  const params = { by: actor.name, leaver: `${leaver.name} ${leaver.number}` }
  const told = { kind, rule: 'ACC-02', subject: `staff:${leaver.id}`, href, params } as const
  const others = people.filter((id) => id !== actor.id)
  await notify(
    tx,
    others.map((to) => ({ to, ...told })),
    now,
  )
  return people.length
}

/** ACC-02: the account can be closed now; who keeps accounts does it. */
export async function tellAdministrators(tx: Tx, { number, leaver, leavesOn }: Handover, now: Date): Promise<void> {
  const people = await holdersAt(tx, 'system_admin', { departmentId: null, regionId: null })
  const params = { number, leaver: `${leaver.name} ${leaver.number}`, day: leavesOn ? dateText(leavesOn) : '—' }
  const told = {
    kind: 'handover.finished',
    rule: 'ACC-02',
    subject: `staff:${leaver.id}`,
    href: `/staff/${leaver.number}`,
    params,
  } as const
  await notify(
    tx,
    people.map((to) => ({ to, ...told })),
    now,
  )
}

/** Whoever takes something on is told once, and asked to say that it arrived. */
export async function tellReceiver(
  tx: Tx,
  actor: Actor,
  { number, leaver }: Handover,
  to: bigint,
  n: number,
  now: Date,
) {
  if (to === actor.id) return
  const params = { by: actor.name, number, leaver: leaver.name, items: n }
  const href = `/handovers/${number}/receipt`
  await notify(tx, [{ to, kind: 'handover.given', rule: 'ACC-02', subject: `staff:${leaver.id}`, href, params }], now)
}
