import type { ImportOutcome } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import type { Finding } from '../../customers/intake/cells.ts'
import type { Db } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import type { Refusal } from '../../lib/refused.ts'
import { firstOpenDay, openedOn } from '../days.ts'
import { dayProblems, unreleasedProblems } from '../ledger-rules.ts'
import { shipProblemsIn } from './confirming.ts'
import type { LedgerField, LedgerMapping, LedgerSubject } from './columns.ts'
import { readLedgerRow, type LedgerRow } from './rows.ts'

type Client = Pick<Db, 'release' | 'customer' | 'shipment' | 'receipt' | 'ledgerMonth' | 'creditOpening'>
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
 * importing person's to record or confirm for, what is known, what a closed month or a missing release refuses. What the checks at
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
  const rows = read.map(({ row }) => row)
  const customers = await customersIn(client, rows)
  const shipProblems = await shipProblemsIn(client, actor, subject === 'shipments' ? rows : [])
  const known = await documentsIn(
    client,
    subject,
    read.map(({ row }) => row.document),
  )
  const [open, opened] = [await firstOpenDay(client), await openedOn(client)]
  const before = new Map<string, number>()
  return read.map(({ line, row, problems }) => {
    const found = actor === null ? [] : customers(row).filter((one) => may(actor, 'ledger.record', one))
    const at = (field: LedgerField) => (columns.indexOf(field) === -1 ? null : columns.indexOf(field))
    const findings = [...problems, ...(problems.length > 0 ? [] : whoseProblems(row, found.length, at))]
    const dated = { on: row.day, today: dateText(now), closed: row.day < open, field: 'day' }
    if (row.day !== '') findings.push(...asFindings(dayProblems(dated), at('day')))
    const earlier = before.get(row.document)
    const same = known.get(row.document)
    if (findings.length === 0 && subject === 'shipments' && row.release === null && !same)
      findings.push(...asFindings(unreleasedProblems(row.day, opened, 'day'), at('day')))
    if (findings.length === 0 && subject === 'shipments' && !same) findings.push(...shipProblems(row, at('release')))
    if (row.document !== '' && earlier === undefined) before.set(row.document, line)
    const customerId = found.length === 1 ? found[0]!.id : null
    if (findings.length > 0) return { line, row, customerId: null, outcome: 'rejected', findings }
    return {
      line,
      row,
      customerId,
      ...verdictOf({ row, money: subject === 'receipts', customerId, same, earlier, column: at('document') }),
    }
  })
}

/** `release`: of goods, on which they went out. */
type Known = { customerId: bigint; amount: string; day: string; release: string | null }

function verdictOf(given: {
  row: LedgerRow
  money: boolean
  customerId: bigint | null
  same: Known | undefined
  earlier: number | undefined
  column: number | null
}): Pick<LedgerVerdict, 'outcome' | 'findings'> {
  const { row, customerId, same, earlier, column } = given
  const { document } = row
  // Where a file names no release it says nothing of it; whom money is for may change after it was recorded.
  const sameRelease = given.money || row.release === null || same?.release === row.release.toUpperCase()
  if (same && same.customerId === customerId && same.amount === row.amount && same.day === row.day && sameRelease)
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
  const ofGoods = { ...select, shippedOn: true, release: { select: { number: true } } } as const
  const found =
    subject === 'shipments'
      ? (await client.shipment.findMany({ where, select: ofGoods })).map((one) => ({
          ...one,
          day: one.shippedOn,
          release: one.release?.number ?? null,
        }))
      : (await client.receipt.findMany({ where, select: { ...select, receivedOn: true } })).map((one) => ({
          ...one,
          day: one.receivedOn,
          release: null,
        }))
  return new Map(found.map((one) => [one.document, { ...one, amount: one.amount.toFixed(2), day: dayText(one.day) }]))
}
