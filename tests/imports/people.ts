import { writeFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { system, type Actor } from '../../src/access/actor.ts'
import { isUscc } from '../../src/customers/codes.ts'
import { uploadImport } from '../../src/imports/commands.ts'
import { runImport } from '../../src/imports/jobs.ts'
import { importsUnderWay } from '../../src/imports/under-way.ts'
import { startImport } from '../../src/imports/mapping/commands.ts'
import { mappingForm } from '../../src/imports/mapping/forms.ts'
import { readingFor } from '../../src/imports/mapping/queries.ts'
import { owner } from '../support/database.ts'

/** As the database's owner, who may also undo. */
export async function asOwner<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    return (await client.query<R>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Someone who may import for the whole company. */
export async function importer(number: string): Promise<Actor> {
  const [row] = await asOwner<{ id: string }>(
    `insert into staff (number, name, pinyin, password_hash) values ($1, '试验员', 'shiyanyuan', 'x')
     on conflict (number) do update set name = excluded.name returning id`,
    [number],
  )
  const grants = [{ role: 'cs_manager', scope: 'company', departmentIds: [], regionIds: [] }] as const
  return { ...system, id: BigInt(row!.id), number, name: '试验员', grants }
}

/** Only takes the file in; nobody has said yet what its columns are. */
export async function receive(actor: Actor, content: string | Buffer, again = true, name = '试.csv'): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'kehu-import-')), 'file')
  await writeFile(path, content)
  return uploadImport(actor, { path, name, size: content.length }, { again, subject: 'customers' })
}

type Chosen = { fields?: Record<number, string>; noChineseName?: boolean; departmentId?: string }

/** Starts an import with the columns that its titles suggest, but for those chosen otherwise. */
export async function start(actor: Actor, number: string, { fields = {}, ...chosen }: Chosen = {}): Promise<void> {
  const [row] = await asOwner<{ header: string[] }>('select header from customer_import where number = $1', [number])
  const { columns } = await readingFor(row!.header)
  const choices = mappingForm.parse({
    ...Object.fromEntries(columns.map((field, at) => [`column${at}`, fields[at] ?? field ?? ''])),
    kind: 'organisation',
    source: 'existing',
    purpose: 'service',
    ...(chosen.noChineseName ? { noChineseName: 'on' } : {}),
    ...(chosen.departmentId ? { departmentId: chosen.departmentId } : {}),
  })
  await startImport(actor, number, choices, new Date())
}

export async function upload(actor: Actor, content: string | Buffer, again = true, chosen: Chosen = {}) {
  const number = await receive(actor, content, again)
  await start(actor, number, chosen)
  return number
}

/** Every import under way, as its job would run it once; one that fails does not keep the others from it. */
export async function runImports(): Promise<void> {
  for (const subject of await importsUnderWay())
    await runImport(
      { subject },
      async () => {},
      () => false,
    ).catch(() => {})
}

export type Counts = {
  state: string
  total: number
  imported: number
  warned: number
  duplicates: number
  rejected: number
  withdrawn: number
}

export async function countsOf(number: string): Promise<Counts & { customers: number; waiting: number }> {
  const [row] = await asOwner<Counts & { customers: number; waiting: number }>(
    `select state::text, total, imported, warned, duplicates, rejected, withdrawn,
       (select count(*)::int from customer c where c.import_id = i.id) as customers,
       (select count(*)::int from customer_import_row r where r.import_id = i.id and r.outcome is null) as waiting
     from customer_import i where number = $1`,
    [number],
  )
  return row!
}

/** A file of invented companies, each of its own name: no two alike. */
export function fileOf(count: number, mark: string): string {
  const digits = '甲乙丙丁戊己庚辛壬癸'
  const name = (at: number) =>
    `${mark}${[...String(at).padStart(5, '0')].map((digit) => digits[Number(digit)]).join('')}`
  return [
    '客户名称,注册地址',
    ...Array.from({ length: count }, (_, at) => `${name(at)}无何有有限公司,虚构街道${at + 1}号`),
  ].join('\n')
}

/** A credit code with a right check character that belongs to no company. */
export function codeOf(serial: number): string {
  const start = `9133010${String(serial).padStart(2, '0')}MA0TAYL`.padEnd(17, '0').slice(0, 17)
  const last = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((check) => isUscc(start + check))
  return start + last!
}
