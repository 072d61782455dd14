import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backupsIn, lastDrill } from '../../src/backups/folder.ts'
import { backUpAndProve, makeOne, settingsOf, startNightly, watchAge } from '../../src/backups/jobs.ts'
import { BackupProblem, StoppedEarly } from '../../src/backups/problem.ts'
import { sizeText } from '../../src/backups/sizes.ts'
import { withClient } from '../../src/backups/client.ts'
import { config } from '../../src/config.ts'
import { db, pool } from '../../src/db.ts'
import { plans } from '../../src/jobs/schedule.ts'
import { nextRun } from '../../src/jobs/times.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { owner } from '../support/database.ts'
import { theCast } from '../support/make.ts'

const hour = 60 * 60_000
const own = settingsOf(config)
const elsewhere = () => ({ ...own, folder: mkdtempSync(join(tmpdir(), 'kehu-backup-')), keep: 2 })
const queued = () =>
  pool.query(`select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'backup.take' and j.key is not null`)
const clear = () =>
  pool.query(`delete from graphile_worker._private_jobs; delete from job_run where job = 'backup.take'`)

let cast: Cast
let admin: Browser
beforeAll(async () => {
  cast = await theCast()
  admin = await signIn(cast.system_admin)
})
beforeEach(async () => {
  await clear()
  rmSync(own.folder, { recursive: true, force: true })
})
afterAll(clear)

describe('PRV-06: the nightly backup', () => {
  it('PRV-06: is made, read back, restored beside the system on trial, and written down', async () => {
    const settings = elsewhere()
    const told: number[] = []
    const result = await backUpAndProve(owner, settings, { tell: async ({ done }) => void told.push(done) })
    const [newest] = await backupsIn(settings.folder)
    expect(result).toEqual({ rows: newest!.rows, drilled: newest!.rows })
    expect(told).toHaveLength(newest!.tables.length)
    expect(await lastDrill(settings.folder)).toMatchObject({ backup: newest!.name, good: true, problem: null })
    const lines = await db.auditEntry.findMany({ where: { subject: `backup:${newest!.name}` }, orderBy: { id: 'asc' } })
    expect(lines.map(({ action }) => action)).toEqual(['backup.taken', 'backup.drilled'])
    const left = await withClient({ ...owner, database: 'postgres' }, (client) =>
      client.query(`select datname from pg_database where datname like 'kehu\\_drill\\_%'`),
    )
    expect(left.rows).toEqual([])
  })

  it('PRV-06: lets old ones go only after a new one is whole', async () => {
    const settings = elsewhere()
    const names: string[] = []
    for (let n = 0; n < 3; n++) names.push((await makeOne(owner, settings)).name)
    expect((await backupsIn(settings.folder)).map(({ name }) => name)).toEqual([names[2], names[1]])
    expect(readdirSync(settings.folder).filter((name) => !names.slice(1).includes(name))).toEqual([])
    const failing = makeOne({ ...owner, database: 'nowhere' } as pg.ClientConfig, settings)
    await expect(failing).rejects.toThrow(/nowhere/)
    expect(await backupsIn(settings.folder)).toHaveLength(2)
  })

  it('PRV-06: leaves nothing behind when it is stopped, and sweeps what a killed one left', async () => {
    const settings = elsewhere()
    const [old, young] = ['.part-kehu-old', '.part-kehu-young'].map((name) => join(settings.folder, name))
    for (const path of [old!, young!]) mkdirSync(path)
    utimesSync(old!, new Date(0), new Date(0))
    await expect(makeOne(owner, settings, { stopped: () => true })).rejects.toThrow(StoppedEarly)
    expect(readdirSync(settings.folder)).toEqual(['.part-kehu-young'])
    expect(existsSync(young!)).toBe(true)
  })

  it('PRV-06: without the right to make databases says so, and the backup stays good', async () => {
    const settings = elsewhere()
    await withClient({ ...owner, database: 'postgres' }, async (client) => {
      await client.query(`drop role if exists backup_reader`)
      await client.query(`create role backup_reader login password 'x' in role pg_read_all_data`)
    })
    const reader = { ...owner, user: 'backup_reader', password: 'x' }
    await withClient(owner, (client) => client.query('grant select on all tables in schema public to backup_reader'))
    try {
      expect(await backUpAndProve(reader, settings)).not.toHaveProperty('drilled')
      expect((await lastDrill(settings.folder))!.problem).toMatch(/alter role "backup_reader" createdb/)
      expect(await backupsIn(settings.folder)).toHaveLength(1)
    } finally {
      await withClient(owner, (client) => client.query('drop owned by backup_reader; drop role backup_reader'))
    }
  })

  it('PRV-06: begins at two o’clock where a folder is named, and only there', async () => {
    const calendar = { weekdays: new Set<number>(), ranges: [], days: new Map(), years: new Set<number>() }
    const next = nextRun(plans['backup.nightly'].schedule, new Date('2026-11-22T17:59:00Z'), calendar)
    expect(next).toEqual(new Date('2026-11-22T18:00:00Z'))
    await startNightly(false)
    expect((await queued()).rowCount).toBe(0)
    await startNightly(true)
    await startNightly(true)
    expect((await queued()).rowCount).toBe(1)
  })
})

describe('PRV-06: an old backup', () => {
  it('PRV-06: is told of once a day, to those who run the system, until there is a new one', async () => {
    const settings = elsewhere()
    const { takenAt } = await makeOne(owner, settings)
    const at = (hours: number) => new Date(new Date(takenAt).getTime() + hours * hour)
    const watch = (hours: number, nightly = true) => watchAge(at(hours), { nightly, folder: settings.folder })
    const notices = () => db.notice.findMany({ where: { kind: 'backup.stale', staffId: cast.system_admin.id } })
    const before = (await notices()).length
    expect([await watch(26), await watch(27, false)]).toEqual([undefined, undefined])
    expect((await notices()).length).toBe(before)
    await watch(27)
    await watch(27)
    expect((await notices()).length).toBe(before + 1)
    await watch(52)
    expect((await notices()).length).toBe(before + 2)
    expect(await db.notice.count({ where: { kind: 'backup.stale', staffId: cast.auditor.id } })).toBe(0)
    const page = await admin.visit('/notices')
    expect(page.$('main').text()).toContain('超过 26 小时没有好的备份')
  })
})

describe('PRV-06: the page', () => {
  it('PRV-06: says what there is, when the next comes, how it was proven and how to restore', async () => {
    const empty = await admin.visit('/backups')
    expect(empty.$('main').text()).toMatch(/每晚备份没有开启.*BACKUP_DIR.*还没有备份/s)
    await backUpAndProve(owner, own)
    const { name } = (await backupsIn(own.folder))[0]!
    const { $ } = await admin.visit('/backups')
    expect($('tbody tr')).toHaveLength(1)
    expect($('tbody tr').text()).toContain(name)
    expect($('tbody tr').text()).toMatch(/已读回核对.*未加密/s)
    expect($('dl').text()).toMatch(/最近一份好的备份.*不到 1 小时前.*全部对上/s)
    expect($('code').text()).toContain(`npm run restore -- ${name}`)
    // Restoring is never a button.
    expect(
      $('main form')
        .map((_at, form) => $(form).attr('action'))
        .get(),
    ).toEqual(['/backups/run'])
  })

  it('PRV-06: a drill that failed and a run that failed stand out', async () => {
    const settings = { ...own, passphrase: 'what it is made with' }
    await makeOne(owner, settings)
    const { name } = (await backupsIn(own.folder))[0]!
    const { prove } = await import('../../src/backups/jobs.ts')
    await expect(prove(owner, own, name)).rejects.toThrow(BackupProblem)
    await pool.query(
      `insert into job_run (job, started_at, ended_at, outcome, error) values ('backup.take', now(), now(), 'failed', 'BackupProblem damaged')`,
    )
    const { $ } = await admin.visit('/backups')
    expect($('.callout[data-tone=warn]').text()).toMatch(/最近一次备份没有成功.*恢复演练没有成功.*BACKUP_PASSPHRASE/s)
    expect($('.callout').text()).not.toContain('This backup is encrypted')
    expect($('tbody tr').text()).toContain('已加密')
  })

  it('PRV-06: one press, one backup, with a line in the trail', async () => {
    const page = await admin.submit('/backups/run', {}, '/backups')
    expect(page.$('.notice').text()).toContain('马上开始备份')
    expect(page.$('main').text()).toContain('备份已排队')
    expect((await queued()).rowCount).toBe(1)
    const values = await admin.fieldsOf('/backups/run', '/backups')
    const again = await admin.post('/backups/run', values)
    expect(again.status).toBe(422)
    expect(again.text).toContain('备份正在进行或已经排队')
    expect((await queued()).rowCount).toBe(1)
    expect(await db.auditEntry.count({ where: { action: 'backup.asked', actorId: cast.system_admin.id } })).toBe(1)
  })

  it('PRV-06: the auditor sees it and can start nothing, others see nothing, in either language', async () => {
    const auditor = await signIn(cast.auditor)
    const { $ } = await auditor.visit('/backups')
    expect($('main form')).toHaveLength(0)
    const values = await auditor.fieldsOf('/sign-out', '/backups')
    expect((await auditor.post('/backups/run', values)).status).toBe(403)
    const sales = await signIn(cast.sales)
    expect((await sales.visit('/backups')).status).toBe(403)
    expect((await sales.visit('/')).$('nav a[href="/backups"]')).toHaveLength(0)
    await pool.query(`update staff set language = 'en' where id = $1`, [cast.auditor.id])
    const english = await auditor.visit('/backups')
    await pool.query(`update staff set language = 'zh' where id = $1`, [cast.auditor.id])
    expect(english.$('main').text()).toMatch(/Backup and restore.*Nightly backups are off.*How to restore/s)
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [33_600_000, '33.6 MB'],
    [5e13, '50.0 TB'],
  ])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))
})

it('PRV-06: today’s page of those who run the system says when there is no recent backup', async () => {
  const { backupQueue } = await import('../../src/home/waiting.ts')
  const { translate } = await import('../../src/i18n.ts')
  expect(backupQueue(translate.zh, null)).toEqual([])
  const [queue] = backupQueue(translate.zh, { lastGood: now() })
  expect(queue).toMatchObject({ href: '/backups', rule: { id: 'PRV-06' }, tag: { tone: 'bad' } })
})
