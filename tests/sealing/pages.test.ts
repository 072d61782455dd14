import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { checkNow, sealNow } from '../../src/sealing/jobs.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { owner } from '../support/database.ts'
import { theCast } from '../support/make.ts'

let people: Cast
let auditor: Browser
let intruder: pg.Client

beforeAll(async () => {
  people = await theCast()
  auditor = await signIn(people.auditor)
  intruder = new pg.Client(owner)
  await intruder.connect()
  await intruder.query('set session_replication_role = replica')
  await pool.query('delete from graphile_worker._private_jobs')
  // Other files tell the same guards of what they found.
  await intruder.query(`delete from notice where kind = 'trail.broken'`)
})
afterAll(() => intruder.end())

const run = (payload: object = {}) =>
  checkNow(
    payload,
    () => Promise.resolve(),
    () => false,
  )
const queued = async () =>
  (
    await pool.query<{ payload: { head?: { n: string } } }>(
      `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'audit.verify' order by j.id`,
    )
  ).rows.map(({ payload }) => payload)
const told = (person: { id: bigint }) => db.notice.findMany({ where: { staffId: person.id, kind: 'trail.broken' } })
const language = (to: 'zh' | 'en') =>
  pool.query('update staff set language = $2 where id = $1', [people.auditor.id, to])

describe('AUD-02: the pages of the checks', () => {
  it('AUD-02: an auditor asks for a check, sees that it is under way, and what came of it', async () => {
    await sealNow(() => false)
    const asked = await auditor.submit('/audit/check', {}, '/audit')
    expect(asked.url).toBe('/audit/seals')
    expect(asked.$('body').text()).toContain('已开始在后台核对')
    expect(asked.$('#seals').attr('data-behaviour')).toBe('refresh')
    expect(await queued()).toEqual([{}])
    await auditor.submit('/audit/check', {}, '/audit')
    expect(await queued()).toHaveLength(1)
    await pool.query('delete from graphile_worker._private_jobs')
    await run()
    const after = await auditor.visit('/audit/seals')
    expect(after.$('#seals').attr('data-behaviour')).toBeUndefined()
    expect(after.$('.callout[data-tone=ok]').text()).toMatch(
      /最近核对 .*：完好.*核对了 \d+ 条、\d+ 批；\d+ 条尚未封存/s,
    )
    expect(after.$('table').first().find('tbody tr').first().text()).toMatch(/完好.*未用存证.*系统/s)
    const page = await auditor.visit('/audit')
    expect(page.$('a[href="/audit/seals"]').text()).toMatch(/最近核对 .*：完好/)
    expect(page.$('.callout[data-tone=bad]')).toHaveLength(0)
    expect(page.$('tbody').text()).toContain('核对了审计记录')
  })

  it('AUD-02: the head is exported, recorded as a reading, and taken again for a check', async () => {
    const { response } = await auditor.visit('/audit/head')
    expect(response.get('Content-Disposition')).toMatch(/trail-head-\d+\.json/)
    const head = response.body as { n: string; hash: string }
    const line = await db.auditEntry.findFirst({ where: { action: 'trail.head_exported' }, orderBy: { id: 'desc' } })
    expect(line).toMatchObject({ kind: 'read', actorId: people.auditor.id, after: { n: head.n, hash: head.hash } })
    const file = Buffer.from(JSON.stringify(head))
    const asked = await auditor.submit('/audit/check', { head: file })
    expect(asked.url).toBe('/audit/seals')
    const [payload] = (await queued()).filter((one) => one.head)
    expect(payload!.head!.n).toBe(head.n)
    await pool.query('delete from graphile_worker._private_jobs')
    await run(payload)
    expect((await auditor.visit('/audit/seals')).$('table').first().find('tbody tr').first().text()).toContain(
      `对照第 ${head.n} 批`,
    )
  })

  it('AUD-02: a file that is no head, or was altered, starts nothing and says why', async () => {
    const { response } = await auditor.visit('/audit/head')
    const altered = { ...(response.body as { total: string }), total: '1' }
    for (const [file, words] of [
      [Buffer.from('名称,电话\r\n'), '这不是存证文件'],
      [Buffer.from(JSON.stringify(altered)), '存证文件被改动过'],
    ] as const) {
      const page = await auditor.submit('/audit/check', { head: file })
      expect(page.status).toBe(422)
      expect(page.$('.errors').text()).toContain(words)
    }
    expect(await queued()).toEqual([])
  })
})

describe('AUD-04: a broken chain check', () => {
  const guards = ['security_admin', 'info_supervisor', 'auditor'] as const

  it('AUD-04: tells the guards at once and once, and keeps a red line until a check is good again', async () => {
    const { rows } = await intruder.query<{ id: string; subject: string }>(
      `select e.id, e.subject from audit_entry e, trail_seal s where e.id <@ s.ids order by e.id desc limit 1`,
    )
    const { id, subject } = rows[0]!
    await intruder.query(`update audit_entry set subject = 'customer:0' where id = $1`, [id])
    try {
      await run()
      for (const role of guards) {
        const notices = await told(people[role])
        expect(notices, role).toMatchObject([{ urgent: true, rule: 'AUD-04', href: '/audit/seals', subject: 'trail' }])
        expect((await (await signIn(people[role])).visit('/audit/seals')).$('.found-lines').text()).toContain(
          `1 条记录被改动：编号 ${id}`,
        )
      }
      expect(await told(people.system_admin)).toEqual([])
      const guard = await signIn(people.security_admin)
      expect((await guard.visit('/notices')).$('.notice-list').text()).toContain('审计记录被动过：核对发现 1 处不符')
      expect((await auditor.visit('/audit')).$('.callout[data-tone=bad]').text()).toMatch(/有 1 处不符.*看结果/s)
      // The same again is not told again.
      await run()
      expect(await told(people.security_admin)).toHaveLength(1)
      await language('en')
      const english = await auditor.visit('/audit/seals')
      expect(english.$('.callout[data-tone=bad]').text()).toContain('1 place is wrong')
      expect(english.$('.found-lines').text()).toMatch(/1 line was altered, no\. \d+/)
    } finally {
      await language('zh')
      await intruder.query('update audit_entry set subject = $2 where id = $1', [id, subject])
    }
    await run()
    expect((await auditor.visit('/audit')).$('.callout[data-tone=bad]')).toHaveLength(0)
    const seals = await auditor.visit('/audit/seals')
    expect(seals.$('.callout[data-tone=ok]')).toHaveLength(1)
    expect(seals.$('table').first().text()).toContain('1 处不符')
  })

  it('AUD-04: a head that was given once is asked for by every later check', async () => {
    const head = { n: '999999', hash: 'f'.repeat(64) }
    await run({ head })
    await run()
    expect((await auditor.visit('/audit/seals')).$('.found-lines').text()).toContain('到 999999 批不见了')
    await run({ head: (await auditor.visit('/audit/head')).response.body as object })
    expect((await auditor.visit('/audit')).$('.callout[data-tone=bad]')).toHaveLength(0)
  })

  it('AUD-04: who is told sees the results, and no more', async () => {
    const guard = await signIn(people.security_admin)
    const page = await guard.visit('/audit/seals')
    expect(page.status).toBe(200)
    expect(page.$('form[action="/audit/check"], a[href="/audit/head"], a[href="/audit"]')).toHaveLength(0)
    for (const url of ['/audit', '/audit/head', '/audit/check']) expect((await guard.visit(url)).status).toBe(403)
    const sales = await signIn(people.sales)
    expect((await sales.visit('/audit/seals')).status).toBe(403)
  })
})
