import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { db, type Tx } from '../db.ts'
import { NotFound, Refused, type Refusal } from '../lib/refused.ts'
import { openHandover } from './commands.ts'
import type { Hand } from './forms.ts'
import { kinds, type Party } from './kinds.ts'
import { labelsOf, receiptFor, sharesOf, wantedIds, writeLines } from './lines.ts'
import { tellReceiver } from './telling.ts'
import type { Thing } from './things.ts'

/** How many went, and to whom; null where nobody takes it on. */
export type Handed = { n: number; to: string | null }

/**
 * ACC-02: some or all of one kind go to a colleague, in one step however many they are, and each stands in the list with
 * to whom and when. */
export function handOn(actor: Actor, id: bigint, thing: Thing, input: Hand, now: Date): Promise<Handed> {
  return change(actor, async (tx, audit) => {
    const handover = await openHandover(tx, actor, id, null)
    const { leaver } = handover
    const to = await receiverOf(tx, thing, leaver.id, input.to)
    // The handover stands for the approval of each change of owner, and nobody approves their own gain (PPL-02).
    if (thing === 'customer' && to?.id === actor.id)
      throw new Refused([{ rule: 'CUS-06', reason: 'handovers:refused.toOneself', field: 'to' }])
    const items = input.which === 'all' ? null : input.items
    if (items?.length === 0) throw refused('handovers:refused.nonePicked', 'items')
    const q = input.which === 'all' ? (input.q ?? '') : ''
    const ids = await wantedIds(tx, actor, { leaver: leaver.id, thing, q, items, now })
    if (ids.length === 0) throw refused('handovers:refused.gone', 'items')
    const labels = await labelsOf(tx, leaver.id, thing, ids, now)
    const why = `交接 ${handover.number}`
    const gone = await kinds[thing].hand(tx, audit, { actor, ids, from: leaver, to: to ?? leaver, why, now })
    if (gone.length === 0) throw refused('handovers:refused.gone', 'items')
    const lines = gone.map((item) => ({ id: item, label: labels.get(item) ?? String(item) }))
    await writeLines(tx, { handoverId: id, thing, toId: to?.id ?? null }, lines, now)
    const after = { thing, n: gone.length, ...(to ? { to: to.name } : {}) }
    await audit('handover.handed_on', `handover:${id}`, { after })
    if (to) await tellReceiver(tx, actor, handover, to.id, gone.length, now)
    return { n: gone.length, to: to?.name ?? null }
  })
}

async function receiverOf(tx: Tx, thing: Thing, leaverId: bigint, number: string | null): Promise<Party | null> {
  const { receivers } = kinds[thing]
  if (receivers === null) return null
  if (number === null) throw refused('handovers:refused.noReceiver', 'to')
  // Against being disabled, or beginning to leave, meanwhile.
  await tx.$queryRaw`select 1 from staff where number = ${number.toUpperCase()} for key share`
  const where = { AND: [receivers, { number: number.toUpperCase(), id: { not: leaverId } }] }
  const to = await tx.staff.findFirst({ where, select: { id: true, name: true } })
  if (!to) throw refused('handovers:refused.receiver', 'to')
  return to
}

export type Choice = { number: string; name: string; department: { name: string } | null }

/** Colleagues who can take on this kind of thing. */
export async function receiversFor(actor: Actor, thing: Thing, leaverId: bigint): Promise<Choice[] | null> {
  const { receivers } = kinds[thing]
  if (receivers === null) return null
  return db.staff.findMany({
    where: {
      AND: [receivers, { id: { notIn: thing === 'customer' ? [leaverId, actor.id] : [leaverId] } }],
    } satisfies Prisma.StaffWhereInput,
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 1000,
    select: { number: true, name: true, department: { select: { name: true } } },
  })
}

/** The other side: whoever took things on says that they arrived. */
export function confirmReceipt(actor: Actor, number: string): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { id } = await receiptFor(actor, number)
    await tx.$queryRaw`select 1 from handover where id = ${id} for update`
    const shares = await sharesOf(actor, id, actor.id)
    if (shares.length === 0) throw new NotFound()
    const n = shares.reduce((sum, share) => sum + share.since, 0)
    if (n === 0) throw refused('handovers:refused.receivedAlready')
    await audit('handover.received', `handover:${id}`, { after: { n } })
  })
}

const refused = (reason: Refusal['reason'], field?: string) =>
  new Refused([{ rule: 'ACC-02', reason, ...(field ? { field } : {}) }])
