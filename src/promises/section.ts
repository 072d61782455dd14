import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate } from '../i18n.ts'
import { db } from '../db.ts'
import { promisesBy, type PromiseRow } from './queries.ts'
import { rowOf } from './rows.ts'

export const mostOnPage = 5
/** More open promises to one customer are not told apart. */
const most = 51

/** What is to be kept, and whether anything was ever promised. */
export type PromisesTo = { open: PromiseRow[]; ever: boolean }

/** VIS-07: what this customer was promised and has not got, whoever is to keep it; the overdue first. */
export async function promisesTo(actor: Actor, { id }: { id: bigint }, now: Date): Promise<PromisesTo> {
  const open = Prisma.sql`where t.customer_id = ${id} and t.state = 'open' order by t.due_on, t.id limit ${most}`
  const [rows, first] = await Promise.all([
    promisesBy(actor, open, now),
    db.customerPromise.findFirst({ where: { customerId: id }, select: { id: true } }),
  ])
  return { open: rows.toSorted((one, other) => rank(one) - rank(other)), ever: first !== null }
}

const rank = ({ standing }: PromiseRow) => (standing === 'overdue' ? 0 : 1)

/** The part of a customer's page about what it was promised (views/promises/section.ejs). */
export function promisesSection(
  actor: Actor,
  { number }: { number: string },
  { open: rows, ever }: PromisesTo,
  { now, calendar }: { now: Date; calendar: Calendar },
) {
  const t = translate[actor.language]
  const list = `/promises?tab=scope&customer=${number}`
  const overdue = rows.filter(({ standing }) => standing === 'overdue').length
  return {
    rows: rows.slice(0, mostOnPage).map((row) => rowOf(t, row, now, calendar)),
    overdue: overdue > 0 ? { word: t('promises:section.overdue', { n: capped(overdue) }), href: '#promises' } : null,
    counts: [
      ...(overdue > 0
        ? [{ word: t('promises:section.overdueOnes', { n: capped(overdue) }), href: `${list}&state=overdue` }]
        : []),
      ...(rows.length > mostOnPage
        ? [{ word: t('promises:section.open', { n: capped(rows.length) }), href: list }]
        : []),
      ...(ever ? [{ word: t('promises:section.all'), href: `${list}&state=all` }] : []),
    ],
  }
}

const capped = (n: number) => (n >= most ? `${most - 1}+` : String(n))
