import type { ImportOutcome } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { takeNumbers } from '../customers/numbers.ts'
import { customerNumber } from '../customers/rules.ts'
import type { Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { yearOf } from '../lib/dates.ts'
import { notify } from '../notices/commands.ts'
import { ruleEventsIn, type RuleEvent } from '../regulations/events.ts'
import { judgeAll, type Judged, type WaitingRow } from './judge.ts'
import type { LockedImport } from './queries.ts'
import { storedReading } from './reading.ts'
import { importStates } from './states.ts'
import { storeRows } from './store.ts'
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
      take: rowsInBatch,
      select: { line: true, cells: true },
    })
    if (waiting.length === 0) return finish(tx, audit, record)
    await importRows(tx, audit, owner, record, waiting)
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

async function importRows(tx: Tx, audit: Audit, owner: Actor, record: LockedImport, waiting: WaitingRow[]) {
  const year = yearOf(now())
  // Asking for no number yet holds the counter: whoever else records customers waits, so that none is made twice.
  const first = await takeNumbers(tx, year, 0)
  let serial = first
  const rows = await judgeAll(tx, waiting, storedReading(record.mapping), () => customerNumber(year, serial++))
  await takeNumbers(tx, year, serial - first)
  await storeRows(tx, owner, record, rows, now())
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
function stopsOf(owner: Actor, { id }: LockedImport, rows: Judged[]): RuleEvent[] {
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

function countsOf(rows: Judged[]) {
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
