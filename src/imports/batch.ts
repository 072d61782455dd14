import { setImmediate } from 'node:timers/promises'
import type { ImportOutcome } from '../../prisma/client/enums.ts'
import { system, type Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Finding } from '../customers/cells.ts'
import { judgeRow, type JudgedRow } from '../customers/intake.ts'
import { takeNumbers } from '../customers/numbers.ts'
import { customerNumber, type Identity } from '../customers/rules.ts'
import { db, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { yearOf } from '../lib/dates.ts'
import { acquaintancesOf, conflictOf, getToKnow, type Conflict } from '../customers/conflicts.ts'
import type { Intake } from '../customers/intake.ts'
import type { Reading } from './queries.ts'
import { rowsBetweenBreaths, storeRows, type Judged, type Locked } from './store.ts'

export const rowsInBatch = 500

type Waiting = { line: number; cells: string[] }

/** Another process has this import, or it ended meanwhile: thrown so that the empty transaction leaves no trace. */
class NotOurs extends Error {}

/** Imports with rows to do, oldest first. */
export async function openImports(): Promise<{ number: string; owner: Actor }[]> {
  const found = await db.customerImport.findMany({
    where: { state: { in: ['waiting', 'running'] } },
    orderBy: { id: 'asc' },
    select: { number: true, owner: { select: { id: true, number: true, name: true } } },
  })
  return found.map(({ number, owner }) => ({ number, owner: { ...system, ...owner } }))
}

/**
 * The next rows of one import, in one transaction: customers, outcomes, counts and trail stand together or not at all,
 * so a process that dies leaves no half row. False when the import is another process's, or at its end.
 */
export async function nextBatch(owner: Actor, number: string): Promise<boolean> {
  try {
    return await change(owner, async (tx, audit) => {
      const [locked] = await tx.$queryRaw<Locked[]>`
        select id, number, state::text, mapping, owner_id, department_id, region_id from customer_import
        where number = ${number} and state in ('waiting', 'running') for update skip locked`
      if (!locked) throw new NotOurs()
      const waiting = await tx.customerImportRow.findMany({
        where: { importId: locked.id, outcome: null },
        orderBy: { line: 'asc' },
        take: rowsInBatch,
        select: { line: true, cells: true },
      })
      if (waiting.length === 0) return finish(tx, audit, locked)
      await importRows(tx, audit, owner, locked, waiting)
      return true
    })
  } catch (error) {
    if (error instanceof NotOurs) return false
    throw error
  }
}

async function finish(tx: Tx, audit: Audit, { id }: Locked): Promise<false> {
  const { total, imported, warned, duplicates, rejected } = await tx.customerImport.update({
    where: { id },
    data: { state: 'done', finishedAt: now() },
  })
  await audit('import.finished', `import:${id}`, { after: { total, imported, warned, duplicates, rejected } })
  return false
}

async function importRows(tx: Tx, audit: Audit, owner: Actor, locked: Locked, waiting: Waiting[]): Promise<void> {
  const read = await judgeAll(waiting, locked.mapping)
  // Asking for no number yet holds the counter: whoever else makes customers waits, so that none is made twice.
  const sound = read.filter(({ problems }) => problems.length === 0)
  const year = yearOf(now())
  const first = await takeNumbers(tx, year, 0)
  let serial = first
  const known = await acquaintancesOf(
    tx,
    sound.map(({ fields }) => identityOf(fields)),
  )
  const rows = read.map((row): Judged => {
    if (row.problems.length > 0) return { ...row, outcome: 'rejected', findings: row.problems, number: null }
    const identity = identityOf(row.fields)
    const match = conflictOf(known, identity)
    if (match?.sure) return { ...row, outcome: 'duplicate', findings: [findingOf(match)], number: null }
    const number = customerNumber(year, serial++)
    getToKnow(known, { ...identity, number, owner: null, life: 'potential', standing: 'provisional' })
    const findings = match ? [...row.warnings, findingOf(match)] : row.warnings
    return { ...row, outcome: findings.length > 0 ? 'warned' : 'imported', findings, number }
  })
  await takeNumbers(tx, year, serial - first)
  await storeRows(tx, owner, locked, rows)
  const counts = countsOf(rows)
  await tx.customerImport.update({ where: { id: locked.id }, data: { state: 'running', ...incremented(counts) } })
  const lines = { from: rows[0]!.line, to: rows.at(-1)!.line }
  await audit('import.batch_done', `import:${locked.id}`, { after: { ...lines, ...counts } })
}

async function judgeAll(waiting: Waiting[], { columns, kind }: Reading): Promise<(JudgedRow & { line: number })[]> {
  const read = []
  for (const { line, cells } of waiting) {
    read.push({ line, ...judgeRow(cells, columns, { kind }) })
    if (read.length % rowsBetweenBreaths === 0) await setImmediate()
  }
  return read
}

function identityOf({ kind, name, code, phones }: Intake): Identity {
  return { kind, name, code, phones: phones.map(({ digits }) => digits) }
}

function findingOf({ known: { number }, by, sure }: Conflict): Finding {
  const duplicate = by === 'code' ? 'imports:finding.duplicateCode' : 'imports:finding.duplicateName'
  return { rule: 'POOL-01', reason: sure ? duplicate : 'imports:finding.alikeName', params: { number }, column: null }
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

function incremented(counts: ReturnType<typeof countsOf>) {
  const { imported, warned, duplicates, rejected } = counts
  return {
    imported: { increment: imported },
    warned: { increment: warned },
    duplicates: { increment: duplicates },
    rejected: { increment: rejected },
  }
}
