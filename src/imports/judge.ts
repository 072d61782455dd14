import { setImmediate } from 'node:timers/promises'
import { acquaintancesOf } from '../customers/conflicts.ts'
import { intakeIdentity, judgeRow, type JudgedRow } from '../customers/intake/intake.ts'
import type { Db } from '../db.ts'
import { ownerOf, ownersNamed } from './owners.ts'
import type { Reading } from './reading.ts'
import { verdictOn, type Verdict } from './verdicts.ts'

/** Pages are answered in between: no stretch of work on rows is longer than this. */
export const rowsBetweenBreaths = 50

export type WaitingRow = { line: number; cells: string[] }
export type Judged = Verdict & { line: number }
type Client = Pick<Db, '$queryRaw' | 'staff'>

/**
 * Reads rows and decides on each, in their order. `take` gives a number to each row that becomes a customer, and is asked
 * for only after everyone alike is known.
 */
export async function judgeAll(
  tx: Client,
  rows: WaitingRow[],
  reading: Reading,
  take: (line: number) => string,
): Promise<Judged[]> {
  const read: (JudgedRow & { line: number })[] = []
  for (const { line, cells } of rows) {
    read.push({ line, ...judgeRow(cells, reading.columns, reading) })
    if (read.length % rowsBetweenBreaths === 0) await setImmediate()
  }
  const sound = read.filter(({ problems }) => problems.length === 0)
  const named = [...new Set(sound.flatMap(({ fields }) => fields.owner ?? []))]
  const owners = await ownersNamed(tx, named)
  const known = await acquaintancesOf(
    tx,
    sound.map(({ fields }) => intakeIdentity(fields)),
  )
  return read.map((row) => {
    const owner = ownerOf(row, reading.columns, owners)
    return { line: row.line, ...verdictOn(row, known, owner, () => take(row.line)) }
  })
}
