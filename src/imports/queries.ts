import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { within } from '../access/policy.ts'
import type { Finding } from '../customers/cells.ts'
import type { Mapping } from '../customers/columns.ts'
import type { Kind } from '../customers/names.ts'
import { db } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import type { OutcomeFilter, RowsQuery } from './forms.ts'
import { mayFill } from './policy.ts'

/** What the column `mapping` holds: what each column was taken as, and what a row is when nothing says. */
export type Reading = { columns: Mapping; kind: Kind }

const shown = {
  owner: { select: { name: true } },
  department: { select: { name: true } },
  region: { select: { name: true } },
}
export type ImportRecord = Prisma.CustomerImportGetPayload<{ include: typeof shown }>

export type ImportRow = {
  line: number
  cells: string[]
  outcome: OutcomeFilter
  findings: Finding[]
  customer: string | null
}

export const importsPerPage = 50
export const rowsPerPage = 50

export async function importFor(actor: Actor, number: string): Promise<ImportRecord> {
  const found = await db.customerImport.findFirst({
    where: { AND: [{ number }, within(actor, 'imports.view')] },
    include: shown,
  })
  if (!found) throw new NotFound()
  return found
}

export async function importsFor(actor: Actor, before?: string) {
  const where = within(actor, 'imports.view')
  const [total, found] = await Promise.all([
    db.customerImport.count({ where }),
    db.customerImport.findMany({
      where: before ? { AND: [where, { number: { lt: before } }] } : where,
      orderBy: { number: 'desc' },
      take: importsPerPage + 1,
      include: shown,
    }),
  ])
  return { total, imports: found.slice(0, importsPerPage), more: found.length > importsPerPage }
}

/** One page of the rows of an import, by line, and whether there are more on either side. */
export async function rowsOf(importId: bigint, { outcome, after, before }: RowsQuery) {
  const backwards = before !== undefined
  const found = await db.customerImportRow.findMany({
    where: { importId, ...outcomeIs(outcome), line: backwards ? { lt: before } : { gt: after ?? 0 } },
    orderBy: { line: backwards ? 'desc' : 'asc' },
    take: rowsPerPage + 1,
  })
  const more = found.length > rowsPerPage
  const kept = found.slice(0, rowsPerPage)
  if (backwards) kept.reverse()
  const rows = await withCustomers(kept)
  return { rows, earlier: backwards ? more : (after ?? 0) > 0, later: backwards || more }
}

/** All rows of one outcome, a piece at a time. */
export async function* everyRow(importId: bigint, outcome?: OutcomeFilter): AsyncGenerator<ImportRow> {
  for (let after = 0; ;) {
    const found = await db.customerImportRow.findMany({
      where: { importId, ...outcomeIs(outcome), line: { gt: after } },
      orderBy: { line: 'asc' },
      take: 1000,
    })
    if (found.length === 0) return
    yield* await withCustomers(found)
    after = found.at(-1)!.line
  }
}

export async function sameFile(sha256: string) {
  return db.customerImport.findFirst({ where: { sha256 }, orderBy: { id: 'desc' }, include: shown })
}

/** Where this person may put new customers; a place that only counts together with another is offered, too. */
export async function placesFor(actor: Actor) {
  const order = { orderBy: { name: 'asc' as const }, select: { id: true, name: true } }
  const [departments, regions] = await Promise.all([db.department.findMany(order), db.region.findMany(order)])
  const ownDepartments = departments.filter(({ id }) => mayFill(actor, id, null))
  const ownRegions = regions.filter(({ id }) => mayFill(actor, null, id))
  return {
    departments: ownRegions.length > 0 ? departments : ownDepartments,
    regions: ownDepartments.length > 0 || mayFill(actor, null, null) ? regions : ownRegions,
  }
}

function outcomeIs(outcome?: OutcomeFilter): Prisma.CustomerImportRowWhereInput {
  if (!outcome) return {}
  return { outcome: outcome === 'waiting' ? null : outcome }
}

async function withCustomers(rows: Prisma.CustomerImportRowGetPayload<object>[]): Promise<ImportRow[]> {
  const ids = rows.flatMap(({ customerId }) => customerId ?? [])
  const customers = await db.customer.findMany({ where: { id: { in: ids } }, select: { id: true, number: true } })
  const numbers = new Map(customers.map(({ id, number }) => [id, number]))
  return rows.map(({ line, cells, outcome, findings, customerId }) => ({
    line,
    cells,
    outcome: outcome ?? 'waiting',
    findings: (findings ?? []) as unknown as Finding[],
    customer: customerId === null ? null : (numbers.get(customerId) ?? null),
  }))
}
