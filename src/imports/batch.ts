import type { ImportOutcome, ImportSubject } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { LedgerSubject } from '../credit/importing/columns.ts'
import { ledgerRowsInBatch, storeLedger } from '../credit/importing/storing.ts'
import { takeNumbers } from '../customers/numbers.ts'
import { customerNumber } from '../customers/rules.ts'
import type { Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { yearOf } from '../lib/dates.ts'
import { notify } from '../notices/commands.ts'
import { ruleEventsIn, type RuleEvent } from '../regulations/events.ts'
import type { Outcome } from './contract.ts'
import { judgeAll, type WaitingRow } from './judge.ts'
import type { LockedImport } from './queries.ts'
import { storedColumns, storedReading } from './reading.ts'
import { importStates } from './states.ts'
import { storeOutcomes, storeRows } from './store.ts'
import { inBatch, noticeOf } from './under-way.ts'

export const rowsInBatch = 500

/**
 * The next rows of one import: customers, outcomes, counts and trail stand together or not at all, so a process that
 * dies leaves no half row. False when the import is at its end.
 */
export function nextBatch(owner: Actor, number: string): Promise<boolean> {
  return inBatch(owner, number, ['waiting', 'running'], async (tx, audit, record) => {
    const waiting = await tx.customerImportRow.findMany({
      where: { importId: record.id, outcome: null },
      orderBy: { line: 'asc' },
      take: record.subject === 'customers' ? rowsInBatch : ledgerRowsInBatch,
      select: { line: true, cells: true },
    })
    if (waiting.length === 0) return finish(tx, audit, record)
    const rows = await becomeOf(record.subject)(tx, audit, owner, record, waiting)
    await bookBatch(tx, audit, owner, record, rows)
    return true
  })
}

async function finish(tx: Tx, audit: Audit, record: LockedImport): Promise<false> {
  const { id, state } = record
  const { total, imported, warned, duplicates, rejected } = await tx.customerImport.update({
    where: { id },
    data: { state: importStates.next(state, 'finish'), finishedAt: now() },
  })
  await audit('import.finished', `import:${id}`, { after: { total, imported, warned, duplicates, rejected } })
  const about = noticeOf(record)
  const params = { ...about.params, imported: imported + warned, left: duplicates + rejected }
  await notify(tx, [{ ...about, to: record.ownerId, kind: 'import.finished', params }], now())
  return false
}

type Become = (tx: Tx, audit: Audit, owner: Actor, record: LockedImport, waiting: WaitingRow[]) => Promise<Outcomes>
type Outcomes = Pick<Outcome, 'line' | 'outcome' | 'findings'>[]

const becomeOf = (subject: ImportSubject): Become => (subject === 'customers' ? becomeCustomers : becomeDocuments)

async function becomeCustomers(...[tx, , owner, record, waiting]: Parameters<Become>): Promise<Outcomes> {
  const year = yearOf(now())
  // Asking for no number yet holds the counter: whoever else records customers waits, so that none is made twice.
  const first = await takeNumbers(tx, year, 0)
  let serial = first
  const rows = await judgeAll(tx, waiting, storedReading(record.mapping), () => customerNumber(year, serial++))
  await takeNumbers(tx, year, serial - first)
  await storeRows(tx, owner, record, rows, now())
  return rows
}

/** CRD-18: shipments and receipts. */
async function becomeDocuments(...[tx, audit, owner, record, waiting]: Parameters<Become>): Promise<Outcomes> {
  const subject = record.subject as LedgerSubject
  const columns = storedColumns(record.mapping)
  const rows = await storeLedger(tx, audit, { subject, importId: record.id, owner, columns, lines: waiting }, now())
  await storeOutcomes(tx, record.id, rows)
  return rows
}

async function bookBatch(tx: Tx, audit: Audit, owner: Actor, record: LockedImport, rows: Outcomes): Promise<void> {
  await ruleEventsIn(tx, stopsOf(owner, record, rows), now())
  const counts = countsOf(rows)
  await tx.customerImport.update({
    where: { id: record.id },
    data: { state: importStates.next(record.state, 'run'), failures: 0, failure: null, ...incremented(counts) },
  })
  const lines = { from: rows[0]!.line, to: rows.at(-1)!.line }
  await audit('import.batch_done', `import:${record.id}`, { after: { ...lines, ...counts } })
}

/** RULE-01: how many rows each rule kept out. */
function stopsOf(owner: Actor, { id }: LockedImport, rows: Outcomes): RuleEvent[] {
  const kept = rows.filter(({ outcome }) => outcome === 'rejected' || outcome === 'duplicate')
  const stopping = kept.flatMap(({ findings }) => [...new Set(findings.map(({ rule }) => rule))])
  return [...new Set(stopping)].map((rule) => ({
    rule,
    effect: 'stopped',
    place: '/imports/:number',
    subject: `import:${id}`,
    actorId: owner.id,
    n: stopping.filter((one) => one === rule).length,
  }))
}

function countsOf(rows: Outcomes) {
  const count = (outcome: ImportOutcome) => rows.filter((row) => row.outcome === outcome).length
  return {
    imported: count('imported'),
    warned: count('warned'),
    duplicates: count('duplicate'),
    rejected: count('rejected'),
  }
}

function incremented({ imported, warned, duplicates, rejected }: ReturnType<typeof countsOf>) {
  return {
    imported: { increment: imported },
    warned: { increment: warned },
    duplicates: { increment: duplicates },
    rejected: { increment: rejected },
  }
}
