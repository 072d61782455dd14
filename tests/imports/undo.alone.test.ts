import { beforeAll, expect, test, vi } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import * as trail from '../../src/audit/change.ts'
import { acquaintancesOf, conflictOf } from '../../src/customers/conflicts.ts'
import { identityOf } from '../../src/customers/facts.ts'
import { db } from '../../src/db.ts'
import { nextBatch } from '../../src/imports/batch.ts'
import { cancelImport, resumeImport } from '../../src/imports/commands.ts'
import { nextUndoBatch } from '../../src/imports/undoing/batch.ts'
import { undoImport } from '../../src/imports/undoing/commands.ts'
import { undoOutlook } from '../../src/imports/undoing/queries.ts'
import { Forbidden, Refused } from '../../src/lib/refused.ts'
import { asOwner, codeOf, countsOf, fileOf, importer, upload, runImports } from './people.ts'

vi.mock('../../src/audit/change.ts', { spy: true })

let actor: Actor
beforeAll(async () => {
  actor = await importer('C90006')
})

type Made = { id: string; number: string; name: string; withdrawn_at: Date | null; version: number; grams: string[] }
const madeBy = (number: string) =>
  asOwner<Made>(
    `select c.* from customer c join customer_import i on i.id = c.import_id where i.number = $1 order by c.number`,
    [number],
  )
const importId = async (number: string) =>
  BigInt((await asOwner<{ id: string }>('select id from customer_import where number = $1', [number]))[0]!.id)

test('CUS-15: a whole import is taken back, but for customers somebody worked on since', async () => {
  const number = await upload(actor, fileOf(6, '归'))
  await runImports()
  const [changed, confirmed, contacted, linked, other] = await madeBy(number)
  await asOwner('update customer set version = 2 where id = $1', [changed!.id])
  await asOwner(
    `update customer set standing = 'confirmed', confirmed_at = now(), confirmed_by_id = $2 where id = $1`,
    [confirmed!.id, actor.id],
  )
  await asOwner(
    `insert into audit_entry (kind, actor_name, action, subject) values ('change', '林知夏', 'contact.added', $1)`,
    [`customer:${contacted!.id}`],
  )
  await asOwner(`insert into customer_link (kind, from_id, to_id) values ('parent', $1, $2)`, [linked!.id, other!.id])

  expect(await undoOutlook(await importId(number))).toMatchObject({ going: 1, staying: 5 })
  await undoImport(actor, number)
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'undone', total: 6, imported: 5, withdrawn: 1, customers: 6 })
  const made = await madeBy(number)
  expect(made.map(({ withdrawn_at }) => withdrawn_at !== null)).toEqual([false, false, false, false, false, true])
  expect(made[5]!.grams).toEqual([])
  const rows = await asOwner<{ outcome: string; reason: string; who: string | null }>(
    `select outcome::text, findings->-1->>'reason' as reason, findings->-1->'params'->>'who' as who
     from customer_import_row where import_id = $1 order by line`,
    [await importId(number)],
  )
  expect(rows.map(({ outcome }) => outcome)).toEqual([...Array<string>(5).fill('imported'), 'withdrawn'])
  expect(rows[2]).toMatchObject({ reason: 'imports:finding.stays', who: '林知夏' })
  expect(rows[3]).toMatchObject({ reason: 'imports:finding.staysLinked' })
  const trail = await asOwner<{ action: string; actor_id: string; n: number }>(
    `select action, actor_id, count(*)::int as n from audit_entry where subject = $1 or action = 'customer.withdrawn' and
       after->>'import' = $2 group by 1, 2 order by 1`,
    [`import:${await importId(number)}`, number],
  )
  expect(trail).toEqual(
    expect.arrayContaining([
      { action: 'customer.withdrawn', actor_id: String(actor.id), n: 1 },
      { action: 'import.undo_started', actor_id: String(actor.id), n: 1 },
      { action: 'import.undone', actor_id: String(actor.id), n: 1 },
    ]),
  )
})

test('CUS-01, CUS-03: what was taken back frees its code and its name, never its number', async () => {
  const code = codeOf(12)
  const file = `客户名称,信用代码,电话\n归墟甲号机电有限公司,${code},13800007701`
  const first = await upload(actor, file)
  await runImports()
  const [gone] = await madeBy(first)
  await undoImport(actor, first)
  await runImports()
  const facts = { kind: 'organisation', name: '归墟甲号机电有限公司', code, phone: '13800007701' } as const
  const identity = identityOf(facts)
  expect(conflictOf(await acquaintancesOf(db, [identity]), identity)).toBeNull()
  // The file is no longer one that is there already, and goes in again under new numbers.
  const second = await upload(actor, file, false)
  await runImports()
  expect(await countsOf(second)).toMatchObject({ imported: 1, duplicates: 0 })
  const [back] = await madeBy(second)
  expect(back!.number > gone!.number).toBe(true)
})

test('G-06: undoing that dies goes on where it stopped, and two at once withdraw nobody twice', async () => {
  const number = await upload(actor, fileOf(1200, '断'))
  await runImports()
  await undoImport(actor, number)
  expect(await nextUndoBatch(actor, number)).toBe(true)
  expect(await countsOf(number)).toMatchObject({ state: 'undoing', withdrawn: 500, imported: 700 })
  const finish = async () => {
    while ((await countsOf(number)).state !== 'undone') await runImports()
  }
  await Promise.all([finish(), finish()])
  expect(await countsOf(number)).toMatchObject({ state: 'undone', withdrawn: 1200, imported: 0, waiting: 0 })
  const lines = await asOwner(
    `select subject from audit_entry where action = 'customer.withdrawn' and after->>'import' = $1
     group by subject having count(*) > 1`,
    [number],
  )
  expect(lines).toEqual([])
})

test('an import that was stopped can be undone; one that runs, made nothing or is undone cannot', async () => {
  const number = await upload(actor, fileOf(600, '半'))
  await nextBatch(actor, number)
  await expect(undoImport(actor, number)).rejects.toThrow(Refused)
  await cancelImport(actor, number)
  await undoImport(actor, number)
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'undone', withdrawn: 500, imported: 0, waiting: 100 })
  await expect(undoImport(actor, number)).rejects.toThrow(Refused)
  const empty = await upload(actor, '客户名称,电话\nOnly Latin Ltd,13800007711')
  await runImports()
  await expect(undoImport(actor, empty)).rejects.toMatchObject({
    refusals: [{ reason: 'imports:refused.nothingToUndo' }],
  })
})

test('PPL-01: a front desk undoes its own imports only, a manager those of the place', async () => {
  const number = await upload(actor, fileOf(1, '权'))
  await runImports()
  const as = async (role: 'front_desk' | 'sales_director' | 'auditor', account: string): Promise<Actor> => ({
    ...(await importer(account)),
    grants: [{ role, scope: 'company', departmentIds: [], regionIds: [] }],
  })
  await expect(undoImport(await as('front_desk', 'C90007'), number)).rejects.toThrow(Forbidden)
  await expect(undoImport(await as('auditor', 'C90007'), number)).rejects.toThrow(Forbidden)
  await undoImport(await as('sales_director', 'C90008'), number)
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'undone' })
})

test('G-06: undoing that keeps failing stops, says so, and goes on when it is undone again', async () => {
  const number = await upload(actor, fileOf(600, '悔'))
  await runImports()
  await undoImport(actor, number)
  const lines = vi.mocked(trail.auditMany)
  const original = lines.getMockImplementation()
  expect(await nextUndoBatch(actor, number)).toBe(true)
  lines.mockImplementation(() => Promise.reject(new RangeError('悔过书局')))
  for (let round = 1; round < 5; round++) {
    await runImports()
    expect(await countsOf(number)).toMatchObject({ state: 'undoing', withdrawn: 500 })
  }
  await runImports()
  if (original) lines.mockImplementation(original)
  else lines.mockRestore()
  expect(await countsOf(number)).toMatchObject({ state: 'failed', withdrawn: 500, imported: 100 })
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'failed', withdrawn: 500 })
  // What stopped was undoing: going on with the import would bring nothing in and be no undoing.
  await expect(resumeImport(actor, number)).rejects.toMatchObject({
    refusals: [{ reason: 'imports:refused.undoAgain' }],
  })
  await undoImport(actor, number)
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'undone', withdrawn: 600, imported: 0 })
  const told = await asOwner<{ action: string; n: number }>(
    `select action, count(*)::int as n from audit_entry where subject = $1 and action like 'import.undo%failed'
     group by 1 order by 1`,
    [`import:${await importId(number)}`],
  )
  expect(told).toEqual([
    { action: 'import.undo_batch_failed', n: 4 },
    { action: 'import.undo_failed', n: 1 },
  ])
})
