import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { unseenBy, type Unseen } from '../complaints/unseen.ts'
import { db } from '../db.ts'
import { dayStart } from '../lib/dates.ts'
import type { AuditQuery } from './forms.ts'

export const pageSize = 50

const columns = {
  id: true,
  at: true,
  kind: true,
  actorName: true,
  actorId: true,
  action: true,
  subject: true,
  before: true,
  after: true,
  why: true,
  ip: true,
  requestId: true,
} satisfies Prisma.AuditEntrySelect
export type AuditLine = Prisma.AuditEntryGetPayload<{ select: typeof columns }>

/** One page of the trail, newest first, with the numbers of the records it speaks of; CMP-03: but for cases about oneself. */
export async function auditLines(actor: Actor, query: AuditQuery) {
  const { after, before } = query
  const unseen = await unseenBy(actor)
  const where: Prisma.AuditEntryWhereInput = { AND: await conditions(query, unseen) }
  const back = before !== undefined && after === undefined
  const mark = after ?? before
  const found = await db.auditEntry.findMany({
    where: mark ? { AND: [where, { id: back ? { gt: BigInt(mark) } : { lt: BigInt(mark) } }] } : where,
    orderBy: { id: back ? 'asc' : 'desc' },
    take: pageSize + 1,
    select: columns,
  })
  const more = found.length > pageSize
  const rows = found.slice(0, pageSize)
  if (back) rows.reverse()
  return {
    rows,
    numbers: await numbersOf(rows),
    unseen,
    earlier: back ? more : mark !== undefined,
    later: back || more,
  }
}

const linesAtOnce = 1000
type Conditions = Omit<AuditQuery, 'after' | 'before'>

/** All of them, newest first, as they were when it began. */
export async function* everyLine(actor: Actor, query: Conditions) {
  const unseen = await unseenBy(actor)
  const where: Prisma.AuditEntryWhereInput = { AND: await conditions(query, unseen) }
  for (let before: bigint | undefined; ;) {
    const rows = await db.auditEntry.findMany({
      where: before === undefined ? where : { AND: [where, { id: { lt: before } }] },
      orderBy: { id: 'desc' },
      take: linesAtOnce,
      select: columns,
    })
    const numbers = await numbersOf(rows)
    for (const line of rows) yield { line, numbers, unseen }
    if (rows.length < linesAtOnce) return
    before = rows.at(-1)!.id
  }
}

async function conditions(
  { person, subject, kind, action, from, until, hour }: Conditions,
  unseen: Unseen,
): Promise<Prisma.AuditEntryWhereInput[]> {
  const staff = person
    ? await db.staff.findFirst({ where: { number: person.toUpperCase() }, select: { id: true } })
    : null
  return [
    ...(unseen.subjects.length > 0 ? [{ subject: { notIn: unseen.subjects } }] : []),
    ...(person ? [{ actorId: staff?.id ?? -1n }] : []),
    ...(subject ? [{ subject: await subjectNamed(subject.toUpperCase()) }] : []),
    ...(kind ? [{ kind }] : []),
    ...(action ? [{ action }] : []),
    ...(from ? [{ at: { gte: dayStart(from) } }] : []),
    ...(until ? [{ at: hour ? hourBefore(until, hour) : { lt: dayStart(until, 1) } }] : []),
  ]
}

/** The sixty minutes up to the end of that minute. */
function hourBefore(day: string, time: string) {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + 1
  const until = dayStart(day).getTime() + minutes * 60_000
  return { gte: new Date(until - 61 * 60_000), lt: new Date(until) }
}

async function subjectNamed(number: string): Promise<string> {
  const find = { where: { number }, select: { id: true } }
  if (number.startsWith('K')) return `customer:${(await db.customer.findUnique(find))?.id ?? 'none'}`
  if (/^[A-Z]+-\d{2}$/.test(number)) return `regulation:${number}`
  if (number.startsWith('J')) return `handover:${(await db.handover.findUnique(find))?.id ?? 'none'}`
  if (number.startsWith('T')) return `complaint:${(await db.complaint.findUnique(find))?.id ?? 'none'}`
  if (number.startsWith('I')) return `import:${(await db.customerImport.findUnique(find))?.id ?? 'none'}`
  return `staff:${(await db.staff.findUnique(find))?.id ?? 'none'}`
}

/** `customer:12` → K2026000012, for the records of one page: five queries, whatever the page holds. */
async function numbersOf(rows: AuditLine[]): Promise<Map<string, string>> {
  const ids = (kind: string) =>
    rows.flatMap(({ subject }) =>
      new RegExp(`^${kind}:\\d+$`).test(subject) ? [BigInt(subject.slice(kind.length + 1))] : [],
    )
  const find = (kind: string) => ({ where: { id: { in: ids(kind) } }, select: { id: true, number: true } })
  const [customers, staff, imports, handovers, complaints] = await Promise.all([
    db.customer.findMany(find('customer')),
    db.staff.findMany(find('staff')),
    db.customerImport.findMany(find('import')),
    db.handover.findMany(find('handover')),
    db.complaint.findMany(find('complaint')),
  ])
  return new Map([
    ...customers.map(({ id, number }) => [`customer:${id}`, number] as const),
    ...staff.map(({ id, number }) => [`staff:${id}`, number] as const),
    ...imports.map(({ id, number }) => [`import:${id}`, number] as const),
    ...handovers.map(({ id, number }) => [`handover:${id}`, number] as const),
    ...complaints.map(({ id, number }) => [`complaint:${id}`, number] as const),
    ...rows.flatMap(({ subject }) =>
      subject.startsWith('regulation:') ? [[subject, subject.slice(11)] as const] : [],
    ),
  ])
}
