import { Prisma } from '../../prisma/client/client.ts'
import type { MailChoice, MailState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { customerNames } from '../customers/list/picked.ts'
import { ask, db } from '../db.ts'
import { dayStart } from '../lib/dates.ts'
import { NotFound, type Params } from '../lib/refused.ts'
import type { NoticeKind } from './kinds.ts'

export const linesOnPage = 40
/** More than so many of a kind in a day are one line; of those so many are listed under it. */
const mostAlike = 5
const listedAlike = 20

export type Wanted = {
  state?: 'unread' | undefined
  kind?: NoticeKind | undefined
  day?: string | undefined
  before?: bigint | undefined
}
export type NoticeRow = {
  id: bigint
  at: Date
  kind: string
  rule: string | null
  subject: string
  href: string
  params: Params
  urgent: boolean
  readAt: Date | null
  /** Of its kind on its day, under this filter; the line stands where the newest of them stands. */
  alike: number
  unreadAlike: number
  anchor: bigint
}

/**
 * A page of a person's own notices, newest first, many alike under one anchor. Two steps: which ones, by the few columns
 * that decide it, then those in full.
 */
export async function noticesOf(actor: Actor, wanted: Wanted): Promise<{ rows: NoticeRow[]; next: bigint | null }> {
  // Asked for by day and kind, they are all wanted one by one.
  const fold = wanted.kind && wanted.day ? 1_000_000_000 : mostAlike
  const rows = await ask<NoticeRow>`
    with mine as (
      select id, read_at is null as unread, kind,
        date_trunc('day', at at time zone 'Asia/Shanghai') as day from notice where ${conditions(actor, wanted)}),
    counted as (
      select id, row_number() over (partition by day, kind order by id desc) as place,
        count(*) over (partition by day, kind) as alike, max(id) over (partition by day, kind) as newest,
        count(*) filter (where unread) over (partition by day, kind) as unread_alike from mine),
    lines as (
      select id, alike::int, unread_alike::int, place, case when alike > ${fold} then newest else id end as anchor
      from counted where alike <= ${fold} or place <= ${listedAlike}),
    shown as (
      select distinct anchor from lines where anchor < ${wanted.before ?? 9_000_000_000_000_000_000n}::bigint
      order by anchor desc limit ${linesOnPage + 1})
    select n.id, n.at, n.kind, n.rule, n.subject, n.href, n.params, n.urgent, n.read_at as "readAt", l.anchor,
      case when l.alike > ${fold} then l.alike else 1 end as alike, l.unread_alike as "unreadAlike"
    from lines l join shown s on s.anchor = l.anchor join notice n on n.id = l.id
    order by l.anchor desc, n.id desc`
  const anchors = [...new Set(rows.map(({ anchor }) => anchor))]
  const last = anchors.length > linesOnPage ? anchors[linesOnPage - 1]! : null
  return { rows: last === null ? rows : rows.filter(({ anchor }) => anchor >= last), next: last }
}

function conditions(actor: Actor, { state, kind, day }: Wanted): Prisma.Sql {
  const parts = [Prisma.sql`staff_id = ${actor.id}`]
  if (state) parts.push(Prisma.sql`read_at is null`)
  if (kind) parts.push(Prisma.sql`kind = ${kind}`)
  if (day) parts.push(Prisma.sql`at >= ${dayStart(day)}::timestamptz and at < ${dayStart(day, 1)}::timestamptz`)
  return Prisma.join(parts, ' and ')
}

/** How the customers and tasks are called that these tell of, as far as the person sees them now (PRV-02). */
export async function namesFor(actor: Actor, rows: NoticeRow[]): Promise<Map<string, string>> {
  const numbers = (noun: string) =>
    rows.flatMap(({ subject, params: { number } }) =>
      subject.startsWith(noun) && typeof number === 'string' ? [number] : [],
    )
  const [customers, tasks] = [numbers('customer:'), numbers('task:')]
  const [names, titles] = await Promise.all([
    customers.length > 0 ? customerNames(actor, customers) : [],
    tasks.length > 0 ? ownTasks(actor, tasks) : [],
  ])
  return new Map([...names, ...titles])
}

/** Tasks that are this person's, or were given out by this person. */
async function ownTasks({ id }: Actor, numbers: string[]): Promise<[string, string][]> {
  const own = { OR: [{ ownerId: id }, { createdById: id }] }
  const rows = await db.task.findMany({
    where: { number: { in: numbers }, ...own },
    select: { number: true, title: true },
  })
  return rows.map(({ number, title }) => [number, title])
}

/** One of one's own; another's is not there. */
export async function noticeFor(actor: Actor, id: string): Promise<{ id: bigint; href: string }> {
  const found = /^\d{1,18}$/.test(id)
    ? await db.notice.findFirst({ where: { id: BigInt(id), staffId: actor.id }, select: { id: true, href: true } })
    : null
  if (!found) throw new NotFound()
  return found
}

export async function choicesOf(staffId: bigint): Promise<Map<string, MailChoice>> {
  const rows = await db.noticeChoice.findMany({ where: { staffId }, select: { kind: true, mail: true } })
  return new Map(rows.map(({ kind, mail }) => [kind, mail]))
}

export async function addressOf(staffId: bigint): Promise<string | null> {
  return (await db.staff.findUniqueOrThrow({ where: { id: staffId }, select: { email: true } })).email
}

export type MailRow = {
  id: bigint
  title: string
  address: string
  body: string
  state: MailState
  madeAt: Date
  attempts: number
  failure: string | null
}
const mailColumns = {
  id: true,
  title: true,
  address: true,
  body: true,
  state: true,
  madeAt: true,
  attempts: true,
  failure: true,
} as const

export function mailsOf(staffId: bigint): Promise<MailRow[]> {
  return db.mail.findMany({ where: { staffId }, orderBy: { id: 'desc' }, take: 10, select: mailColumns })
}

/** Everybody's, for the mailbox page of development. */
export function allMails(before: bigint | undefined): Promise<MailRow[]> {
  const where = before === undefined ? {} : { id: { lt: before } }
  return db.mail.findMany({ where, orderBy: { id: 'desc' }, take: 31, select: mailColumns })
}
