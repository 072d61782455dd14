import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { nextBatch } from '../../src/imports/batch.ts'
import { cancelImport, resumeImport } from '../../src/imports/commands.ts'
import { change } from '../../src/audit/change.ts'
import { runImport } from '../../src/imports/jobs.ts'
import type { Handler } from '../../src/jobs/handler.ts'
import { askFor } from '../../src/jobs/queue.ts'
import { openWorker, type Handlers, type Worker } from '../../src/jobs/worker.ts'
import * as numbers from '../../src/customers/numbers.ts'
import { Forbidden, Refused } from '../../src/lib/refused.ts'
import { app } from '../support/database.ts'
import { asOwner, countsOf, fileOf, importer, receive, start, upload, runImports } from './people.ts'

let actor: Actor
beforeAll(async () => {
  actor = await importer('C90001')
})
const workers: Worker[] = []
const work = async (handlers: Handlers) => {
  const worker = await openWorker({ logins: [app], handlers, pollMs: 100, scheduled: false })
  workers.push(worker)
  return worker
}
const soon = { timeout: 20_000, interval: 5 }
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})

vi.mock('../../src/customers/numbers.ts', { spy: true })

const outcomes = (number: string) =>
  asOwner<{ line: number; outcome: string; reason: string | null; other: string | null }>(
    `select r.line, r.outcome::text, r.findings->0->>'reason' as reason, r.findings->0->'params'->>'number' as other
     from customer_import_row r join customer_import i on i.id = r.import_id where i.number = $1 order by line`,
    [number],
  )

test('CUS-15: every row of a file is accounted for, with its reasons', async () => {
  const rows = [
    '客户名称,注册地址',
    '南柯郡甲号陶瓷有限公司,虚构街道1号',
    '南柯郡乙号制冷有限公司,',
    ',虚构街道3号',
    'Only Latin Ltd,虚构街道4号',
  ]
  const number = await upload(actor, rows.join('\n'))
  await runImports()
  expect(await countsOf(number)).toEqual({
    state: 'done',
    total: 4,
    imported: 1,
    warned: 1,
    duplicates: 0,
    rejected: 2,
    withdrawn: 0,
    customers: 2,
    waiting: 0,
  })
  expect((await outcomes(number)).map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
    [2, 'imported', null],
    [3, 'warned', 'customers:finding.addressMissing'],
    [4, 'rejected', 'customers:refused.nameMissing'],
    [5, 'rejected', 'customers:refused.nameLatin'],
  ])
  const trail = await asOwner<{ action: string; n: number }>(
    `select action, count(*)::int as n from audit_entry where actor_id = $1 group by action order by action`,
    [actor.id],
  )
  expect(trail).toEqual(
    expect.arrayContaining([
      { action: 'customer.imported', n: 2 },
      { action: 'import.finished', n: 1 },
    ]),
  )
})

test('CUS-15: a file in GB18030 is read as Excel on Chinese Windows writes it', async () => {
  const head = [0xbf, 0xcd, 0xbb, 0xa7, 0xc3, 0xfb, 0xb3, 0xc6] // 客户名称
  const name = [0xcc, 0xd2, 0xbb, 0xa8, 0xb6, 0xc9, 0xd6, 0xe1, 0xb3, 0xd0, 0xb3, 0xa7] // 桃花渡轴承厂
  const number = await upload(actor, Buffer.from([...head, 0x0d, 0x0a, ...name, 0x0d, 0x0a]))
  await runImports()
  const found = await asOwner(
    `select c.name from customer c join customer_import i on i.id = c.import_id where i.number = $1`,
    [number],
  )
  expect(found).toEqual([{ name: '桃花渡轴承厂' }])
})

test('G-06: a batch that dies in the middle leaves nothing, and the next one goes on', async () => {
  const number = await upload(actor, fileOf(700, '崩'))
  expect(await nextBatch(actor, number)).toBe(true)
  const take = vi.mocked(numbers.takeNumbers)
  const original = take.getMockImplementation()
  let calls = 0
  const before = await countsOf(number)
  take.mockImplementation(async (tx) => {
    await tx.$executeRaw`update customer_import set imported = imported + 1 where number = ${number}`
    if (++calls === 2) throw new Error('power cut')
    return 900_000
  })
  await expect(nextBatch(actor, number)).rejects.toThrow('power cut')
  expect(await countsOf(number)).toEqual(before)
  expect(before).toMatchObject({ customers: 500, waiting: 200 })
  if (original) take.mockImplementation(original)
  else take.mockRestore()
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'done', imported: 700, customers: 700, waiting: 0 })
})

test('G-06: two runners at once take no row twice', { timeout: 30_000 }, async () => {
  const number = await upload(actor, fileOf(1600, '双'))
  const both = async () => {
    while ((await countsOf(number)).state !== 'done') await runImports()
  }
  await Promise.all([both(), both(), both()])
  expect(await countsOf(number)).toMatchObject({ total: 1600, imported: 1600, customers: 1600, waiting: 0 })
})

test('POOL-01: a row that means a customer already there is not imported, and says which', async () => {
  const code = '91330100MA27X00008'
  const rows = [
    '客户名称,信用代码',
    '蓬莱丙号机械有限公司,',
    '蓬莱丙号机械有限公司,',
    '瀛洲丁号食品有限公司,',
    '瀛洲丁号食品厂,',
  ]
  const number = await upload(actor, rows.join('\n'))
  await runImports()
  const found = await outcomes(number)
  expect(found.map(({ outcome }) => outcome)).toEqual(['warned', 'duplicate', 'warned', 'duplicate'])
  expect(found[3]).toMatchObject({ reason: 'imports:finding.alikeName' })
  expect(found[1]).toMatchObject({ reason: 'imports:finding.duplicateName', other: expect.stringMatching(/^K\d{10}$/) })
  const again = await upload(actor, rows.slice(0, 2).join('\n') + `\n方丈戊号陶瓷有限公司,${code}`)
  await runImports()
  expect((await outcomes(again))[0]).toMatchObject({ outcome: 'duplicate', other: found[1]!.other })
})

test('a file of the same content is named and goes on only when asked to', async () => {
  const first = await upload(actor, fileOf(2, '同'), false)
  const second = upload(actor, fileOf(2, '同'), false)
  await expect(second).rejects.toThrow(Refused)
  await expect(second).rejects.toMatchObject({
    refusals: [{ reason: 'imports:refused.sameFile', params: { number: first } }],
  })
  expect(await upload(actor, fileOf(2, '同'), true)).not.toBe(first)
  await runImports()
})

test('a stopped import keeps what it has, and its counts still add up', async () => {
  const number = await upload(actor, fileOf(1100, '停'))
  await nextBatch(actor, number)
  await cancelImport(actor, number)
  expect(await nextBatch(actor, number)).toBe(false)
  expect(await countsOf(number)).toMatchObject({
    state: 'cancelled',
    total: 1100,
    imported: 500,
    customers: 500,
    waiting: 600,
  })
  await expect(cancelImport(actor, number)).rejects.toThrow(Refused)
})

test('G-06: a worker runs what was started at once; stopped in the middle, another one goes on', async () => {
  const first = await work({ 'imports.run': runImport })
  const number = await upload(actor, fileOf(1600, '醒'))
  await vi.waitFor(async () => expect((await countsOf(number)).customers).toBeGreaterThan(0), soon)
  await first.stop()
  const left = await countsOf(number)
  expect(left.state).toBe('running')
  expect(left.waiting).toBeGreaterThan(0)
  const second = await work({ 'imports.run': runImport })
  await vi.waitFor(async () => expect((await countsOf(number)).state).toBe('done'), soon)
  await second.stop()
  expect(await countsOf(number)).toMatchObject({ imported: 1600, customers: 1600, waiting: 0 })
  const runs = await asOwner('select outcome::text, attempt, progress from job_run where subject = $1 order by id', [
    number,
  ])
  expect(runs).toEqual([
    { outcome: 'stopped', attempt: 1, progress: { done: 1600 - left.waiting, total: 1600 } },
    { outcome: 'done', attempt: 1, progress: { done: 1600, total: 1600 } },
  ])
  const told = await asOwner('select kind, href, params from notice where subject like $1 and href = $2', [
    'import:%',
    `/imports/${number}`,
  ])
  expect(told).toEqual([
    { kind: 'import.finished', href: `/imports/${number}`, params: { number, imported: 1600, left: 0 } },
  ])
})

test('G-06: two imports at once both move on, and a short job does not wait for them', async () => {
  const [moving, swept] = [new Set<string>(), vi.fn<Handler>(async () => {})]
  let open = true
  const handlers: Handlers = {
    'imports.run': async (payload: unknown) => {
      moving.add((payload as { subject: string }).subject)
      await vi.waitUntil(() => !open, { timeout: 20_000 })
    },
    'deadlines.sweep': swept,
  }
  const worker = await work(handlers)
  const numbers = [await upload(actor, fileOf(1, '左')), await upload(actor, fileOf(1, '右'))]
  numbers.push(await upload(actor, fileOf(1, '三')))
  await vi.waitFor(() => expect(moving.size).toBe(2), soon)
  await change(actor, async (tx, audit) => {
    await audit('import.resumed', 'import:0')
    await askFor(tx, 'deadlines.sweep')
  })
  await vi.waitFor(() => expect(swept).toHaveBeenCalledTimes(1), soon)
  expect(moving.size).toBe(2)
  open = false
  await vi.waitFor(() => expect([...moving].toSorted()).toEqual(numbers.toSorted()), soon)
  await worker.stop()
  await runImports()
})

test('CUS-15: nothing becomes a customer before somebody said what the columns are', async () => {
  const number = await receive(actor, fileOf(3, '候'))
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'mapping', total: 3, customers: 0, waiting: 3 })
  await start(actor, number)
  await expect(start(actor, number)).rejects.toThrow(Refused)
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'done', imported: 3 })
})

test('a file that nobody started can be dropped, and comes in again without a question', async () => {
  const number = await receive(actor, fileOf(2, '弃'), false)
  await cancelImport(actor, number)
  expect(await countsOf(number)).toMatchObject({ state: 'cancelled', customers: 0 })
  await cancelImport(actor, await receive(actor, fileOf(2, '弃'), false))
})

test('CUS-15: only who brought a file starts, stops or resumes it', async () => {
  const number = await receive(actor, fileOf(1, '旁'))
  const other = await importer('C90009')
  await expect(start(other, number)).rejects.toThrow(Forbidden)
  await expect(cancelImport(other, number)).rejects.toThrow(Forbidden)
  await expect(resumeImport(other, number)).rejects.toThrow(Forbidden)
  await cancelImport(actor, number)
})

test('G-06: an import whose batches keep failing stops, says so and goes on when asked to', async () => {
  const number = await upload(actor, fileOf(3, '败'))
  const take = vi.mocked(numbers.takeNumbers)
  const original = take.getMockImplementation()
  take.mockImplementation(() => Promise.reject(new RangeError('桃源里机电有限公司')))
  for (let round = 1; round < 5; round++) {
    await runImports()
    expect(await countsOf(number)).toMatchObject({ state: 'waiting', waiting: 3 })
  }
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'failed', customers: 0, waiting: 3 })
  const [row] = await asOwner('select failures, failure from customer_import where number = $1', [number])
  // What went wrong may name a customer: the person reads what kind it was.
  expect(row).toEqual({ failures: 5, failure: 'RangeError' })
  const told = await asOwner('select staff_id, kind from notice where href = $1', [`/imports/${number}`])
  expect(told).toEqual([{ staff_id: String(actor.id), kind: 'import.stopped' }])
  if (original) take.mockImplementation(original)
  else take.mockRestore()
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'failed' })
  await resumeImport(actor, number)
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'done', imported: 3 })
})

test('PPL-01: who may create no customers in a place imports none into it', async () => {
  const [place] = await asOwner<{ id: string }>(`insert into department (name) values ('导入试验部') returning id`)
  const grants = [
    { role: 'front_desk', scope: 'department', departmentIds: [BigInt(place!.id)], regionIds: [] },
  ] as const
  const desk = { ...actor, grants }
  const number = await receive(desk, fileOf(1, '档'))
  const [row] = await asOwner('select department_id from customer_import where number = $1', [number])
  expect(row).toEqual({ department_id: place!.id })
  for (const departmentId of ['', '999999'])
    await expect(start(desk, number, { departmentId })).rejects.toMatchObject({
      refusals: [{ rule: 'PPL-01', reason: 'imports:refused.place' }],
    })
  await start(desk, number, { departmentId: place!.id })
  await runImports()
  expect(await countsOf(number)).toMatchObject({ state: 'done', imported: 1 })
})

test('a department that is no more is refused in words', async () => {
  const number = await receive(actor, fileOf(1, '空'))
  await expect(start(actor, number, { departmentId: '999999' })).rejects.toMatchObject({
    refusals: [{ reason: 'imports:refused.place' }],
  })
  expect(await countsOf(number)).toMatchObject({ state: 'mapping' })
})
