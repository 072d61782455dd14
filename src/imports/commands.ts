import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { looksLikeHeader, mappingProblems, suggestMapping } from '../customers/columns.ts'
import type { Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { NotFound, refuseIf, Refused } from '../lib/refused.ts'
import { readSheet, type Sheet } from '../lib/sheet.ts'
import type { Upload } from '../web/route.ts'
import type { NewImport } from './forms.ts'
import { mayFill } from './policy.ts'
import { sameFile, type Reading } from './queries.ts'

const rowsAtOnce = 1000

/** Takes a file in: every row is stored before the first becomes a customer. Tells the number of the import. */
export async function uploadImport(actor: Actor, upload: Upload | null, input: NewImport): Promise<string> {
  if (!upload) throw new Refused([{ rule: 'CUS-15', reason: 'imports:refused.noFile', field: 'file' }])
  if (!mayFill(actor, input.departmentId, input.regionId))
    throw new Refused([{ rule: 'PPL-01', reason: 'imports:refused.place', field: 'departmentId' }])
  const sha256 = await hashOf(upload.path)
  if (!input.again) await refuseSame(sha256)
  return change(actor, async (tx, audit) => {
    const sheet = await readSheet(createReadStream(upload.path), { filename: upload.name, isHeader: looksLikeHeader })
    const columns = suggestMapping(sheet.header)
    refuseIf(mappingProblems(columns))
    const { departmentId, regionId } = input
    const reading: Reading = { columns, kind: input.kind }
    const { id, number } = await tx.customerImport.create({
      data: {
        number: await nextNumber(tx),
        fileName: upload.name.replace(/[\0\p{Surrogate}]/gu, '\uFFFD'),
        sha256,
        encoding: sheet.encoding,
        header: sheet.header,
        mapping: reading,
        total: 0,
        ownerId: actor.id,
        departmentId,
        regionId,
        createdAt: now(),
      },
    })
    const total = await storeRows(tx, id, sheet)
    await tx.customerImport.update({ where: { id }, data: { total } })
    await audit('import.uploaded', `import:${id}`, { after: { number, fileName: upload.name, rows: total, sha256 } })
    return number
  })
}

/** Stops an import: what is a customer stays one, the rows not yet looked at are left. Waits for a running batch. */
export async function cancelImport(actor: Actor, number: string): Promise<void> {
  await change(actor, async (tx, audit) => {
    const [locked] = await tx.$queryRaw<{ id: bigint; state: string }[]>`
      select id, state::text from customer_import where number = ${number} for update`
    if (!locked) throw new NotFound()
    if (locked.state === 'done' || locked.state === 'cancelled')
      throw new Refused([{ rule: 'CUS-15', reason: 'imports:refused.finished' }])
    await tx.customerImport.update({ where: { id: locked.id }, data: { state: 'cancelled', finishedAt: now() } })
    await audit('import.cancelled', `import:${locked.id}`, {
      before: { state: locked.state },
      after: { state: 'cancelled' },
    })
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
  const [counter] = await tx.$queryRaw<{ last: number }[]>`
    insert into number_counter (kind, year, last) values ('import', ${year}, 1)
    on conflict (kind, year) do update set last = number_counter.last + 1 returning last`
  return `I${year}${String(counter!.last).padStart(6, '0')}`
}

async function storeRows(tx: Tx, importId: bigint, sheet: Sheet): Promise<number> {
  let [total, last] = [0, 0]
  let held: { importId: bigint; line: number; cells: string[] }[] = []
  const store = async () => {
    await tx.customerImportRow.createMany({ data: held })
    held = []
  }
  for await (const { row, cells } of sheet.rows) {
    last = Math.max(row, last + 1)
    held.push({ importId, line: last, cells })
    total++
    if (held.length === rowsAtOnce) await store()
  }
  await store()
  return total
}
