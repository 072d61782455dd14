import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import { readSheet, type Sheet } from '../sheets/reading.ts'
import type { Upload } from '../web/route.ts'
import type { NewImport } from './forms.ts'
import { headerOf, suggestedFor } from './subjects.ts'
import { mayBring } from './policy.ts'
import { lockImport, sameFile, usualPlace } from './queries.ts'
import { askToRun } from './asking.ts'
import { importStates, undoFailed, type ImportAct } from './states.ts'
import { takeSerials } from '../customers/numbers.ts'
import { businessNumber } from '../lib/numbers.ts'
import { json } from './store.ts'

const rowsAtOnce = 2000

/** Takes a file in: every row is stored, none becomes a customer before somebody said what the columns are. */
export async function uploadImport(actor: Actor, upload: Upload | null, input: NewImport): Promise<string> {
  const { again, subject } = input
  if (!mayBring(actor, subject))
    throw new Refused([{ rule: 'PPL-01', reason: 'ledgerImports:refused.notYours', field: 'subject' }])
  if (!upload) throw new Refused([{ rule: 'CUS-15', reason: 'imports:refused.noFile', field: 'file' }])
  const sha256 = await hashOf(upload.path)
  if (!again) await refuseSame(sha256)
  const place = subject === 'customers' ? await usualPlace(actor) : {}
  return change(actor, async (tx, audit) => {
    const sheet = await readSheet(createReadStream(upload.path), { filename: upload.name, isHeader: headerOf(subject) })
    const reading = { ...(await suggestedFor(subject, sheet.header)), sheet: sheet.sheet }
    const { id, number } = await tx.customerImport.create({
      data: {
        number: await nextNumber(tx),
        subject,
        fileName: upload.name.replace(/[\0\p{Surrogate}]/gu, '\uFFFD'),
        sha256,
        encoding: sheet.encoding,
        header: sheet.header.map((title) => title.replace(/[\0\p{Surrogate}]/gu, '\uFFFD')),
        mapping: reading,
        state: 'mapping',
        total: 0,
        ownerId: actor.id,
        ...place,
        createdAt: now(),
      },
    })
    const total = await storeSheet(tx, id, sheet)
    await tx.customerImport.update({ where: { id }, data: { total } })
    await audit('import.uploaded', `import:${id}`, {
      after: { number, subject, fileName: upload.name, rows: total, sha256 },
    })
    return number
  })
}

/** Stops an import: what is a customer stays one, the rows not yet looked at are left. Waits for a running batch. */
export function cancelImport(actor: Actor, number: string): Promise<void> {
  return turn(actor, number, 'cancel', 'import.cancelled', { finishedAt: now() })
}

/** Lets an import that stopped because its batches failed try again. */
export function resumeImport(actor: Actor, number: string): Promise<void> {
  return turn(actor, number, 'resume', 'import.resumed', { failures: 0 })
}

function turn(
  actor: Actor,
  number: string,
  act: ImportAct,
  action: 'import.cancelled' | 'import.resumed',
  data: { finishedAt?: Date; failures?: number },
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const record = await lockImport(tx, number)
    if (!may(actor, 'imports.run', record)) throw new Forbidden('imports.run')
    if (act === 'resume' && undoFailed(record))
      throw new Refused([{ rule: 'CUS-15', reason: 'imports:refused.undoAgain' }])
    const state = importStates.next(record.state, act)
    await tx.customerImport.update({ where: { id: record.id }, data: { ...data, state } })
    await audit(action, `import:${record.id}`, { before: { state: record.state }, after: { state } })
    if (act === 'resume') await askToRun(tx, number)
  })
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function refuseSame(sha256: string): Promise<void> {
  const earlier = await sameFile(sha256)
  if (!earlier) return
  const params = { number: earlier.number, who: earlier.owner.name, at: dateTimeText(earlier.createdAt) }
  throw new Refused([{ rule: 'CUS-15', reason: 'imports:refused.sameFile', field: 'again', params }])
}

async function nextNumber(tx: Tx): Promise<string> {
  const year = yearOf(now())
  return businessNumber('I', year, await takeSerials(tx, 'import', year, 1))
}

async function storeSheet(tx: Tx, importId: bigint, sheet: Sheet): Promise<number> {
  let [total, last] = [0, 0]
  let held: { line: number; cells: string[] }[] = []
  const store = async () => {
    await tx.$executeRaw`
      insert into customer_import_row (import_id, line, cells)
      select ${importId}::bigint, line, cells from json_to_recordset(${json(held)}::json) as v(line int, cells text[])`
    held = []
  }
  for await (const { row, cells } of sheet.rows) {
    last = Math.max(row, last + 1)
    held.push({ line: last, cells })
    total++
    if (held.length === rowsAtOnce) await store()
  }
  await store()
  return total
}
