import type { ImportOutcome } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import type { Finding } from '../../customers/intake/cells.ts'
import type { Db } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import type { Refusal } from '../../lib/refused.ts'
import { dayProblems, unreleasedProblems } from '../ledger-rules.ts'
import type { LedgerField, LedgerMapping, LedgerSubject } from './columns.ts'
import { readLedgerRow, type LedgerRow } from './rows.ts'

type Client = Pick<Db, 'customer' | 'shipment' | 'receipt' | 'ledgerMonth' | 'creditOpening'>
type Line = { line: number; cells: string[] }
export type LedgerVerdict = {
  line: number
  row: LedgerRow
  customerId: bigint | null
  outcome: Extract<ImportOutcome, 'imported' | 'duplicate' | 'rejected'>
  findings: Finding[]
}

/**
 * CRD-13, CRD-18, CRD-20: what would become of rows, without writing: what cannot be read, whose customer is not the
 * importing person's to record for, what is known, what a closed month or a missing release refuses. What the checks at
 * shipping would say is told when the row is imported.
 */
export async function judgeLedger(
  client: Client,
  actor: Actor | null,
  subject: LedgerSubject,
  lines: Line[],
  columns: LedgerMapping,
  now: Date,
): Promise<LedgerVerdict[]> {
  const read = lines.map(({ line, cells }) => ({ line, ...readLedgerRow(cells, columns, subject) }))
  const customers = await customersIn(
    client,
    read.map(({ row }) => row),
  )
  const known = await documentsIn(
    client,
    subject,
    read.map(({ row }) => row.document),
  )
  const [closed, openedOn] = [await closedMonths(client), await openingOf(client)]
  const before = new Map<string, number>()
  return read.map(({ line, row, problems }) => {
    const found = actor === null ? [] : customers(row).filter((one) => may(actor, 'ledger.record', one))
    const at = (field: LedgerField) => (columns.indexOf(field) === -1 ? null : columns.indexOf(field))
    const findings = [...problems, ...(problems.length > 0 ? [] : whoseProblems(row, found.length, at))]
    const dated = { on: row.day, today: dateText(now), closed: closed.has(row.day.slice(0, 7)), field: 'day' }
    if (row.day !== '') findings.push(...asFindings(dayProblems(dated), at('day')))
    const earlier = before.get(row.document)
    const same = known.get(row.document)
    if (findings.length === 0 && subject === 'shipments' && row.release === null && !same)
      findings.push(...asFindings(unreleasedProblems(row.day, openedOn, 'day'), at('day')))
    if (row.document !== '' && earlier === undefined) before.set(row.document, line)
    const customerId = found.length === 1 ? found[0]!.id : null
    if (findings.length > 0) return { line, row, customerId: null, outcome: 'rejected', findings }
    return { line, row, customerId, ...verdictOf({ row, customerId, same, earlier, column: at('document') }) }
  })
}

type Known = { customerId: bigint; amount: string; day: string }

function verdictOf(given: {
  row: LedgerRow
  customerId: bigint | null
  same: Known | undefined
  earlier: number | undefined
  column: number | null
}): Pick<LedgerVerdict, 'outcome' | 'findings'> {
  const { row, customerId, same, earlier, column } = given
  const { document } = row
  if (same && same.customerId === customerId && same.amount === row.amount && same.day === row.day)
    return { outcome: 'duplicate', findings: [finding('ledgerImports:finding.known', column, { document })] }
  if (same)
    return { outcome: 'rejected', findings: [finding('credit:refused.documentOtherwise', column, { document })] }
  if (earlier !== undefined)
    return { outcome: 'duplicate', findings: [finding('ledgerImports:finding.sameAsLine', column, { line: earlier })] }
  return { outcome: 'imported', findings: [] }
}

const finding = (reason: Finding['reason'], column: number | null, params: Finding['params']): Finding => ({
  rule: 'CRD-18',
  reason,
  column,
  ...(params ? { params } : {}),
})

/** What a rule refused, at the column it is about. */
export const asFindings = (refusals: readonly Refusal[], column: number | null): Finding[] =>
  refusals.map(({ field: _field, ...refusal }) => ({ ...refusal, column }))

function whoseProblems(row: LedgerRow, found: number, at: (field: LedgerField) => number | null): Finding[] {
  if (found === 1) return []
  const field = row.customer === '' ? 'customerName' : 'customer'
  const typed = row.customer === '' ? row.customerName : row.customer
  return [finding(`ledgerImports:finding.${found === 0 ? 'noSuchCustomer' : 'severalCustomers'}`, at(field), { typed })]
}

/** By number where the row has one, else by the whole name. */
async function customersIn(client: Client, rows: LedgerRow[]) {
  const numbers = [...new Set(rows.flatMap(({ customer }) => (customer === '' ? [] : [customer.toUpperCase()])))]
  const names = [
    ...new Set(rows.flatMap((row) => (row.customer === '' && row.customerName !== '' ? [row.customerName] : []))),
  ]
  const found = await client.customer.findMany({
    where: { withdrawnAt: null, OR: [{ number: { in: numbers } }, { name: { in: names } }] },
    select: { id: true, number: true, name: true, ownerId: true, departmentId: true, regionId: true },
  })
  return (row: LedgerRow) =>
    found.filter(({ number, name }) =>
      row.customer === '' ? name === row.customerName : number === row.customer.toUpperCase(),
    )
}

async function documentsIn(client: Client, subject: LedgerSubject, documents: string[]): Promise<Map<string, Known>> {
  const where = { document: { in: [...new Set(documents.filter((one) => one !== ''))] } }
  const select = { document: true, customerId: true, amount: true } as const
  const found =
    subject === 'shipments'
      ? (await client.shipment.findMany({ where, select: { ...select, shippedOn: true } })).map((one) => ({
          ...one,
          day: one.shippedOn,
        }))
      : (await client.receipt.findMany({ where, select: { ...select, receivedOn: true } })).map((one) => ({
          ...one,
          day: one.receivedOn,
        }))
  return new Map(
    found.map(({ document, customerId, amount, day }) => [
      document,
      { customerId, amount: amount.toFixed(2), day: dayText(day) },
    ]),
  )
}

async function closedMonths(client: Client): Promise<Set<string>> {
  const found = await client.ledgerMonth.findMany({
    where: { month: { gte: dayOf('1990-01-01') } },
    select: { month: true },
  })
  return new Set(found.map(({ month }) => dayText(month).slice(0, 7)))
}

async function openingOf(client: Client): Promise<string | null> {
  const found = await client.creditOpening.findUnique({ where: { id: 1 } })
  return found ? dayText(found.openedOn) : null
}
