import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Finding } from '../customers/intake/cells.ts'
import type { IntakeField, Mapping } from '../customers/intake/columns.ts'
import { visibleCustomers } from '../customers/policy.ts'
import { veil } from '../customers/sensitivity.ts'
import { db } from '../db.ts'
import type { OutcomeFilter, RowsQuery } from './forms.ts'
import { seesFileAsItCame } from './policy.ts'
import type { ImportRecord } from './queries.ts'
import { storedReading } from './reading.ts'

export type ImportRow = {
  line: number
  cells: string[]
  outcome: OutcomeFilter
  findings: Finding[]
  /** the customer it became, if this person may see it */
  customer: string | null
  /** of shipments and receipts: the document it became */
  document: string | null
}

export const rowsPerPage = 50

/** One page of the rows of an import, by line, and whether there are more on either side. */
export async function rowsOf(actor: Actor, record: ImportRecord, { outcome, after, before }: RowsQuery) {
  const backwards = before !== undefined
  const found = await db.customerImportRow.findMany({
    where: { importId: record.id, ...outcomeIs(outcome), line: backwards ? { lt: before } : { gt: after ?? 0 } },
    orderBy: { line: backwards ? 'desc' : 'asc' },
    take: rowsPerPage + 1,
  })
  const more = found.length > rowsPerPage
  const kept = found.slice(0, rowsPerPage)
  if (backwards) kept.reverse()
  const rows = await shownRows(actor, record, kept)
  return { rows, earlier: backwards ? more : (after ?? 0) > 0, later: backwards || more }
}

/** All rows of one outcome, a piece at a time. */
export async function* everyRow(
  actor: Actor,
  record: ImportRecord,
  outcome?: OutcomeFilter,
): AsyncGenerator<ImportRow> {
  for (let after = 0; ;) {
    const found = await db.customerImportRow.findMany({
      where: { importId: record.id, ...outcomeIs(outcome), line: { gt: after } },
      orderBy: { line: 'asc' },
      take: 1000,
    })
    if (found.length === 0) return
    yield* await shownRows(actor, record, found)
    after = found.at(-1)!.line
  }
}

/** The first rows of a file, for choosing what its columns are. */
export function firstRows(importId: bigint, count: number) {
  return db.customerImportRow.findMany({
    where: { importId },
    orderBy: { line: 'asc' },
    take: count,
    select: { line: true, cells: true },
  })
}

/**
 * POOL-01: of a customer met in the search for conflicts a person learns the number only where the customer is theirs to
 * see; else that there is one, its stage and its owner.
 */
export async function withoutHidden(actor: Actor, findings: Finding[][]): Promise<Finding[][]> {
  const numbers = findings
    .flat()
    .flatMap(({ params }) => (params?.['number'] === undefined ? [] : String(params['number'])))
  const seen = new Set<string>()
  if (numbers.length > 0) {
    const where = { AND: [visibleCustomers(actor), { number: { in: [...new Set(numbers)] } }] }
    for (const { number } of await db.customer.findMany({ where, select: { number: true } })) seen.add(number)
  }
  return findings.map((some) =>
    some.map((finding) => {
      const { number, ...params } = finding.params ?? {}
      if (number === undefined || seen.has(String(number))) return finding
      return { ...finding, reason: `${finding.reason}Hidden` as Finding['reason'], params }
    }),
  )
}

function outcomeIs(outcome?: OutcomeFilter): Prisma.CustomerImportRowWhereInput {
  if (!outcome) return {}
  return { outcome: outcome === 'waiting' ? null : outcome }
}

type Kept = Prisma.CustomerImportRowGetPayload<object>

async function shownRows(actor: Actor, record: ImportRecord, rows: Kept[]): Promise<ImportRow[]> {
  const ids = rows.flatMap(({ customerId }) => customerId ?? [])
  const customers = await db.customer.findMany({
    where: { AND: [visibleCustomers(actor), { id: { in: ids } }] },
    select: { id: true, number: true },
  })
  const numbers = new Map(customers.map(({ id, number }) => [id, number]))
  const found = rows.map((row) => (row.findings ?? []) as unknown as Finding[])
  const ofCustomers = record.subject === 'customers'
  const findings = ofCustomers ? await withoutHidden(actor, found) : found
  const { columns } = storedReading(record.mapping)
  const asItCame = !ofCustomers || seesFileAsItCame(actor, record)
  return rows.map(({ line, cells, outcome, customerId, document }, at) => ({
    line,
    cells: asItCame ? cells : cells.map((text, column) => veilCell(text, columns[column])),
    outcome: outcome ?? 'waiting',
    findings: findings[at]!,
    customer: customerId === null ? null : (numbers.get(customerId) ?? null),
    document,
  }))
}

const veiled: Partial<Record<IntakeField, string>> = { phone: 'phone', code: 'code', email: 'email', wechat: 'wechat' }

/** PRV-02: what a column holds decides; of one that nobody named nothing is shown. */
export function veilCell(text: string, field: Mapping[number] | undefined): string {
  if (!field) return text.trim() === '' ? text : '***'
  const as = veiled[field]
  return as ? veil(as, text.trim()) : text
}
