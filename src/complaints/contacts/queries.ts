import type { ContactPurpose } from '../../../prisma/client/enums.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { db, type Db } from '../../db.ts'
import { namesById } from '../../staff/naming.ts'
import type { Complaint } from '../queries.ts'
import { daysOf, minuteOf } from './rules.ts'

/** Every word with the customer, the last first. */
export async function contactsOf({ id }: { id: bigint }) {
  const contacts = await db.complaintContact.findMany({
    where: { complaintId: id },
    include: { by: { select: { name: true } } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  const names = await namesById(contacts.map(({ withId }) => withId))
  return contacts.map((contact) => ({
    ...contact,
    with: contact.withId === null ? null : (names.get(contact.withId) ?? null),
  }))
}
export type Contact = Awaited<ReturnType<typeof contactsOf>>[number]

/** In a transaction or beside it. */
export type Reads = Pick<Db, 'complaintContact' | '$queryRaw' | 'remedy'>

export async function wasReached(tx: Reads, { id }: { id: bigint }): Promise<boolean> {
  return (await tx.complaintContact.count({ where: { complaintId: id, reached: true } })) > 0
}

/**
 * CBK-02: on how many days of this round somebody tried in vain to tell, to ask or to answer. Judged anew, another answer
 * is owed: tries for the one before do not count.
 */
export async function triedDays(
  tx: Reads,
  { id, round, judgedAt }: Complaint,
  purpose: ContactPurpose,
): Promise<number> {
  const since = purpose === 'answer' && judgedAt ? { at: { gte: minuteOf(judgedAt) } } : {}
  const where = { complaintId: id, round, purpose, reached: false, ...since }
  return daysOf(await tx.complaintContact.findMany({ where, select: { at: true } }))
}

/** CMP-08: who negotiates beside the one who writes it down: the responsible head, customer service. */
export async function companionsOf(tx: Reads, complaint: Complaint, actor: { id: bigint }): Promise<bigint[]> {
  const holders = await holdersAt(tx, ['dept_head', 'cs_manager', 'general_manager'], complaint)
  return holders.filter((id) => id !== actor.id && !complaint.accused.includes(id))
}

export function peopleNamed(ids: readonly bigint[]) {
  return db.staff.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, number: true, name: true },
    orderBy: { number: 'asc' },
  })
}

/** The remedy that holds in this round: approved, and not refused by the customer. */
export function remedyInForce(tx: Reads, { id, round }: Complaint) {
  return tx.remedy.findFirst({
    where: { complaintId: id, round, state: 'approved' },
    select: { id: true, total: true, decidedAt: true, items: { orderBy: { n: 'asc' } } },
  })
}
