import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { askFor } from '../../src/jobs/queue.ts'
import { jobNames } from '../../src/jobs/schedule.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { theCast } from '../support/make.ts'

let admin: Browser
let auditor: Browser
beforeAll(async () => {
  const cast = await theCast()
  ;[admin, auditor] = [await signIn(cast.system_admin), await signIn(cast.auditor)]
})
// Other files of this worker leave jobs behind: an import they started, a day they entered.
const clear = () => pool.query('delete from graphile_worker._private_jobs; delete from job_run')
beforeAll(clear)
afterEach(clear)

const ran = (job: string, outcome: string, more: { error?: string; progress?: object; subject?: string } = {}) =>
  pool.query(
    `insert into job_run (job, subject, started_at, ended_at, outcome, error, progress)
     values ($1, $2, now() - interval '90 seconds', case when $3 = 'running' then null else now() end, $3::job_outcome, $4, $5)`,
    [job, more.subject ?? null, outcome, more.error ?? null, more.progress ? JSON.stringify(more.progress) : null],
  )
const rowOf = ($: Awaited<ReturnType<Browser['visit']>>['$'], job: string) => $(`#jobs tr:has(a[href="/jobs/${job}"])`)
const queuedOf = (job: string) =>
  pool.query(
    `select j.attempts from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = $1 and j.key is not null`,
    [job],
  )

/** One that was given up, as the queue keeps it. */
async function givenUp(): Promise<string> {
  await askFor(db, 'imports.run', { subject: 'I2026000077' }, { key: 'I2026000077' })
  const { rows } = await pool.query<{ id: string }>(
    `update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'RangeError' returning id`,
  )
  return rows[0]!.id
}

describe('the page of background jobs', () => {
  it('says of each what it does, when it runs, how it went and what waits', async () => {
    await ran('deadlines.sweep', 'failed', { error: 'RangeError' })
    await ran('deadlines.sweep', 'done', { progress: { soon: 2, overdue: 0, escalated: 1 } })
    await ran('imports.run', 'stopped', { subject: 'I2026000077' })
    await askFor(db, 'imports.run', { subject: 'I2026000077' })
    const { $ } = await admin.visit('/jobs')
    expect($('#jobs tbody tr')).toHaveLength(jobNames.length)
    const sweep = rowOf($, 'deadlines.sweep').text()
    for (const words of ['检查时限', '上报阶梯', '每分钟', '完成', '2 个将到期、1 个上报', '1 分 30 秒'])
      expect(sweep).toContain(words)
    expect(rowOf($, 'deadlines.sweep').find('td.num').text()).toMatch(/1$/)
    expect(rowOf($, 'imports.run').text()).toMatch(/中断.*1 个等待/s)
    expect(rowOf($, 'notices.digest').text()).toMatch(/工作日 09:00、14:00.*还没有运行过/s)
    // A long job waits: the page looks again by itself.
    expect($('#jobs').attr('data-behaviour')).toBe('refresh')
  })

  it('shows how far a long one is, and lists its runs', async () => {
    await ran('imports.run', 'running', { subject: 'I2026000077', progress: { done: 500, total: 2000 } })
    const { $ } = await auditor.visit('/jobs')
    expect($('.bar').attr('aria-label')).toBe('500 / 2000')
    expect($('#h-going').parent().text()).toContain('I2026000077')
    const runs = await auditor.visit('/jobs/imports.run')
    expect(runs.$('tbody tr').text()).toMatch(/运行中.*500 \/ 2000.*正在运行/s)
    expect(runs.$('tbody a').attr('href')).toBe('/imports/I2026000077')
  })

  it('pages through the runs', async () => {
    await pool.query(
      `insert into job_run (job, started_at, ended_at, outcome)
       select 'housekeeping', now() - n * interval '10 minutes', now(), 'done' from generate_series(60, 1, -1) n`,
    )
    const first = await admin.visit('/jobs/housekeeping')
    expect(first.$('tbody tr')).toHaveLength(50)
    const second = await admin.visit(first.$('.pager a[rel=next]').attr('href')!)
    expect(second.$('tbody tr')).toHaveLength(10)
    expect(second.$('.pager a[rel=next]')).toHaveLength(0)
    expect((await admin.visit('/jobs/housekeeping?before=x')).status).toBe(400)
  })

  it('runs one out of turn, once, with a line in the trail', async () => {
    const page = await admin.submit('/jobs/housekeeping/run', {}, '/jobs')
    expect(page.$('.notice').text()).toContain('已排队')
    expect((await queuedOf('housekeeping')).rowCount).toBe(1)
    const again = await admin.submit('/jobs/housekeeping/run', {}, '/jobs')
    expect(again.$('.refusal, .errors').text()).toContain('正在运行或已经排队')
    await pool.query('update graphile_worker._private_jobs set locked_at = now(), locked_by = $1', ['pool-somewhere'])
    expect((await admin.submit('/jobs/housekeeping/run', {}, '/jobs')).$('h1').text()).not.toBe('后台作业')
    const lines = await db.auditEntry.findMany({ where: { action: 'job.asked', subject: 'job:housekeeping' } })
    expect(lines).toHaveLength(1)
  })

  it('lists what was given up with its reason, and lets it run again', async () => {
    const id = await givenUp()
    const { $ } = await admin.visit('/jobs')
    expect($('#h-failed').parent().text()).toMatch(/导入客户.*I2026000077.*RangeError.*25 次/s)
    expect(rowOf($, 'imports.run').text()).toContain('1 个已放弃')
    await admin.submit(`/jobs/imports.run/failed/${id}`, {}, '/jobs')
    expect((await queuedOf('imports.run')).rows).toEqual([{ attempts: 0 }])
    const line = await db.auditEntry.findFirstOrThrow({ where: { action: 'job.rerun' }, orderBy: { id: 'desc' } })
    expect(line).toMatchObject({ subject: 'job:imports.run', after: { queued: id, subject: 'I2026000077' } })
    expect((await admin.visit('/jobs')).$('#h-failed')).toHaveLength(0)
  })

  it('the auditor sees it all and can start nothing; others see nothing', async () => {
    await givenUp()
    const { $ } = await auditor.visit('/jobs')
    expect($('#jobs tbody tr').length).toBeGreaterThan(jobNames.length)
    expect($('#jobs form')).toHaveLength(0)
    const values = await auditor.fieldsOf('/sign-out', '/jobs')
    expect((await auditor.post('/jobs/housekeeping/run', values)).status).toBe(403)
    const sales = await signIn((await theCast()).sales)
    expect((await sales.visit('/jobs')).status).toBe(403)
    expect((await sales.visit('/')).$('nav a[href="/jobs"]')).toHaveLength(0)
  })

  it.each(['/jobs/nothing', '/jobs/toString', '/jobs/__proto__'])('%s is not there', async (address) => {
    expect((await admin.visit(address)).status).toBe(404)
  })
})
