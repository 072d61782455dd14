import { afterEach, expect, test, vi } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { pool, type Tx } from '../../src/db.ts'
import type { Handler } from '../../src/jobs/handler.ts'
import { tidy } from '../../src/jobs/housekeeping.ts'
import { openPresence } from '../../src/jobs/presence.ts'
import { askFor } from '../../src/jobs/queue.ts'
import { openWorker, type Handlers, type Worker } from '../../src/jobs/worker.ts'
import { now } from '../../src/lib/clock.ts'
import { ownDatabase } from '../support/connected.ts'
import { pooled } from './pooler.ts'

const { app } = await ownDatabase('jobs')

const workers: Worker[] = []
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
  await pool.query('delete from graphile_worker._private_jobs; delete from job_run; delete from notice')
})

async function work(handlers: Handlers, more: { logins?: (typeof app)[]; scheduled?: boolean } = {}): Promise<Worker> {
  const worker = await openWorker({ logins: [app], handlers, pollMs: 100, scheduled: false, ...more })
  workers.push(worker)
  return worker
}

/** With a line in the trail, as every change has one. */
const changing = (what: (tx: Tx) => Promise<void>) =>
  change(system, async (tx, audit) => {
    await audit('job.asked', 'job:test')
    await what(tx)
  })
type Queued = { key: string; attempts: number; max_attempts: number; last_error: string | null; later: boolean }
const queued = async () =>
  (
    await pool.query<Queued>(
      `select key, attempts, max_attempts, last_error, run_at > clock_timestamp() as later
     from graphile_worker._private_jobs where key is not null order by id`,
    )
  ).rows
type Recorded = { job: string; subject: string | null; outcome: string; attempt: number; error: string | null }
const recorded = async () =>
  (
    await pool.query<Recorded & { progress: unknown }>(
      `select job, subject, outcome::text, attempt, error, progress from job_run order by id`,
    )
  ).rows
const soon = { timeout: 20_000, interval: 20 }

test('G-06: a job is asked for with the change, and gone with it', async () => {
  const failing = changing(async (tx) => {
    await askFor(tx, 'housekeeping')
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await queued()).toEqual([])
  await changing((tx) => askFor(tx, 'housekeeping'))
  expect(await queued()).toHaveLength(1)
})

test('of one key one job waits; one asked for while it runs follows it', async () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  const ran: unknown[] = []
  for (const from of [1, 2, 3]) await changing((tx) => askFor(tx, 'deadlines.recompute', { from }, { key: 'k' }))
  await changing((tx) => askFor(tx, 'deadlines.recompute', { from: 4 }, { key: 'other' }))
  expect(await queued()).toHaveLength(2)
  await work({
    'deadlines.recompute': async (payload) => {
      ran.push((payload as { from: number }).from)
      await gate
    },
  })
  await vi.waitFor(() => expect(ran.toSorted()).toEqual([3, 4]), soon)
  await changing((tx) => askFor(tx, 'deadlines.recompute', { from: 5 }, { key: 'k' }))
  open()
  await vi.waitFor(() => expect(ran).toHaveLength(3), soon)
  expect(ran[2]).toBe(5)
})

test('a job asked for later waits for its time', async () => {
  const ran = vi.fn<Handler>(async () => {})
  await work({ housekeeping: ran })
  await changing((tx) => askFor(tx, 'housekeeping', {}, { at: new Date(now().getTime() + 700) }))
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(ran).not.toHaveBeenCalled()
  await vi.waitFor(() => expect(ran).toHaveBeenCalledTimes(1), soon)
})

test('G-06: two workers run each of fifty jobs exactly once', async () => {
  const ran: number[] = []
  const handlers: Handlers = {
    'deadlines.recompute': async (payload) => void ran.push((payload as { at: number }).at),
  }
  await Promise.all([work(handlers), work(handlers)])
  await changing(async (tx) => {
    for (let at = 0; at < 50; at++) await askFor(tx, 'deadlines.recompute', { at })
  })
  await vi.waitFor(async () => expect(await queued()).toEqual([]), soon)
  expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at))
  const outcomes = (await recorded()).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(Array(50).fill('done'))
})

test('a job that fails rests longer and longer, is given up, and those who run the system are told once', async () => {
  await pool.query(
    `with s as (insert into staff (number, name, pinyin, password_hash)
       values ('C80001', '常不眠', 'changbumian', 'x'), ('C80002', '柳不问', 'liubuwen', 'x') returning id, number)
     insert into role_grant (staff_id, role, scope) select id, 'system_admin', 'company' from s where number = 'C80001'`,
  )
  const failing = vi.fn<Handler>(() => Promise.reject(new RangeError('13800000001 桃源里机电有限公司')))
  await work({ 'deadlines.sweep': failing })
  const giveUp = async () => {
    failing.mockClear()
    await changing((tx) => askFor(tx, 'deadlines.sweep', {}, { key: 'scheduled' }))
    for (let attempt = 1; attempt <= 3; attempt++) {
      await vi.waitFor(async () => expect(await queued()).toMatchObject([{ attempts: attempt, later: true }]), soon)
      await pool.query('update graphile_worker._private_jobs set run_at = clock_timestamp()')
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(failing).toHaveBeenCalledTimes(3)
  }
  await giveUp()
  // Neither the queue nor the page keeps the text of an error.
  expect(await queued()).toMatchObject([{ attempts: 3, max_attempts: 3, last_error: 'RangeError' }])
  expect(await recorded()).toMatchObject(
    [1, 2, 3].map((attempt) => ({ outcome: 'failed', attempt, error: 'RangeError' })),
  )
  const told = () => pool.query(`select s.number, n.kind, n.href from notice n join staff s on s.id = n.staff_id`)
  await vi.waitFor(async () => expect((await told()).rowCount).toBe(1), soon)
  expect((await told()).rows).toEqual([{ number: 'C80001', kind: 'job.failed', href: '/jobs/deadlines.sweep' }])
  await giveUp()
  expect((await told()).rowCount).toBe(1)
  // When it has run well in between, the next failure is news.
  failing.mockImplementationOnce(async () => {})
  await changing((tx) => askFor(tx, 'deadlines.sweep', {}, { key: 'scheduled' }))
  await vi.waitFor(async () => expect(await queued()).toEqual([]), soon)
  await giveUp()
  await vi.waitFor(async () => expect((await told()).rowCount).toBe(2), soon)
})

test('G-06: what a dead worker held is taken over and its run shown as stopped; a live one keeps what it holds', async () => {
  const alive = await openPresence([app], () => {})
  await alive.claim('pool-alive')
  for (const [worker, from] of [
    ['pool-dead', 1],
    ['pool-alive', 2],
  ] as const) {
    await changing((tx) => askFor(tx, 'deadlines.recompute', { from }, { key: worker }))
    await pool.query(
      `update graphile_worker._private_jobs set attempts = 1, locked_at = now(), locked_by = $1 where key = $2`,
      [worker, `deadlines.recompute:${worker}`],
    )
  }
  await pool.query(
    `insert into job_run (job, started_at, outcome) values ('deadlines.recompute', '2026-11-22T02:00Z', 'running')`,
  )
  await alive.begin({ job: 'deadlines.recompute', subject: null, startedAt: now(), attempt: 1 })
  const ran: unknown[] = []
  await work({ 'deadlines.recompute': async (payload) => void ran.push((payload as { from: number }).from) })
  await vi.waitFor(async () => expect(ran).toEqual([1]), soon)
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(ran).toEqual([1])
  const outcomes = async () => (await recorded()).map(({ outcome, attempt }) => `${outcome} ${attempt}`)
  await vi.waitFor(async () => expect(await outcomes()).toEqual(['stopped 1', 'running 1', 'done 2']), soon)
  await alive.leave()
})

test('G-06: a worker that cannot be seen any more tells its jobs to stop, and another takes them', async () => {
  const asked = vi.fn<() => void>()
  const first = await work({
    'deadlines.recompute': async (_payload, tell, stopped) => {
      await tell({ done: 1, total: 9 })
      await vi.waitUntil(stopped, { timeout: 20_000 })
      asked()
    },
  })
  await changing((tx) => askFor(tx, 'deadlines.recompute', {}, { key: 'k' }))
  await vi.waitFor(async () => expect(await recorded()).toMatchObject([{ progress: { done: 1, total: 9 } }]), soon)
  await pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7274004
       and database = (select oid from pg_database where datname = current_database())`,
  )
  await first.ended
  await first.stop()
  expect(asked).toHaveBeenCalled()
  const ran = vi.fn<Handler>(async () => {})
  await work({ 'deadlines.recompute': ran })
  await vi.waitFor(() => expect(ran).toHaveBeenCalledTimes(1), soon)
  const outcomes = async () => (await recorded()).map(({ outcome }) => outcome)
  await vi.waitFor(async () => expect(await outcomes()).toEqual(['stopped', 'done']), soon)
})

test('what was missed while nothing ran is made up for once, however many workers start', async () => {
  const ran = vi.fn<Handler>(async () => {})
  await pool.query(
    `insert into calendar_day (day, origin, working, name)
     select current_date - n, 'company', true, '盘点' from generate_series(-1, 2) n on conflict do nothing`,
  )
  await pool.query(
    `insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
     values ('notices.digest', now() - interval '9 days', now() - interval '30 hours')
     on conflict (identifier) do update set last_execution = excluded.last_execution`,
  )
  await Promise.all([1, 2, 3].map(() => work({ 'notices.digest': ran }, { scheduled: true })))
  await vi.waitFor(() => expect(ran).toHaveBeenCalled(), soon)
  await new Promise((resolve) => setTimeout(resolve, 300))
  // Two times of the day were missed; the one that had begun may be followed by the other.
  expect((await recorded()).filter(({ job }) => job === 'notices.digest').length).toBeLessThanOrEqual(2)
  const { rows } = await pool.query<{ late: boolean }>(
    `select last_execution < now() - interval '24 hours' as late from graphile_worker._private_known_crontabs
     where identifier = 'notices.digest'`,
  )
  expect(rows).toEqual([{ late: false }])
})

test('AUD-02: who runs jobs owns nothing of the queue and can change none of its tables', async () => {
  for (const order of [
    'create table graphile_worker.mine (id int)',
    'alter table graphile_worker._private_jobs add x int',
  ])
    await expect(pool.query(order)).rejects.toThrow(/permission denied|must be owner/)
  await expect(pool.query('update graphile_worker.migrations set breaking = true')).rejects.toThrow(/permission denied/)
})

test('behind a pooler the next login is tried; with none that is direct there are no jobs', async () => {
  const { login, close } = await pooled(app)
  await expect(openPresence([login], () => {})).rejects.toThrow(/bypass the pooler/)
  const presence = await openPresence([login, app], () => {})
  await presence.leave()
  close()
})

test('housekeeping forgets runs after sixty days, small ones that went well after seven', async () => {
  const days = (n: number) => new Date(now().getTime() - n * 24 * 60 * 60_000)
  const rows: [string, number, string][] = [
    ['deadlines.sweep', 8, 'done'],
    ['deadlines.sweep', 8, 'failed'],
    ['deadlines.sweep', 6, 'done'],
    ['imports.run', 59, 'done'],
    ['imports.run', 61, 'failed'],
  ]
  for (const [job, age, outcome] of rows)
    await pool.query('insert into job_run (job, started_at, outcome) values ($1, $2, $3::job_outcome)', [
      job,
      days(age),
      outcome,
    ])
  await tidy(now())
  expect((await recorded()).map(({ job, outcome }) => [job, outcome])).toEqual([
    ['deadlines.sweep', 'failed'],
    ['deadlines.sweep', 'done'],
    ['imports.run', 'done'],
  ])
})
