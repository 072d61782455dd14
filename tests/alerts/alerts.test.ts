import { beforeAll, describe, expect, it } from 'vitest'
import { system, visitor as visitorActor } from '../../src/access/actor.ts'
import { raiseAlert } from '../../src/alerts/commands.ts'
import { anHourBefore, customersRead } from '../../src/alerts/counting.ts'
import { countSearch } from '../../src/alerts/watching.ts'
import { reading } from '../../src/audit/change.ts'
import { tellOfAge } from '../../src/backups/commands.ts'
import { db, pool } from '../../src/db.ts'
import { tellOfFailure } from '../../src/jobs/failures.ts'
import { now } from '../../src/lib/clock.ts'
import { recordCheck } from '../../src/sealing/commands.ts'
import type { Outcome } from '../../src/sealing/findings.ts'
import { signIn as signInAs } from '../../src/session/commands.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

let guard: Person
let supervisor: Person

beforeAll(async () => {
  await theCast()
  guard = await make.staff([{ role: 'security_admin' }])
  supervisor = await make.staff([{ role: 'info_supervisor' }])
})

const alertsAbout = ({ id }: Person) => db.alert.findMany({ where: { staffId: id }, orderBy: { id: 'asc' } })
/** Of these alerts, how often each person was told. */
const told = async (person: Person, ids: bigint[]) =>
  db.notice.count({ where: { staffId: person.id, subject: { in: ids.map((id) => `alert:${id}`) } } })
const reader = () => make.staff([{ role: 'cs_manager' }])
const customers = async (n: number) => Promise.all(Array.from({ length: n }, () => make.customer()))

async function opensEach(browser: Browser, records: { number: string }[]): Promise<void> {
  for (const { number } of records) expect((await browser.visit(`/customers/${number}`)).status).toBe(200)
}

describe('AUD-04: opening more customers than the figure in an hour', () => {
  it('AUD-04, CAL-03 alerts.openings_an_hour: at the figure nothing, one more makes an alert and tells the guards; each customer counts once, and the hour tells once', async () => {
    const person = await reader()
    const browser = await signIn(person)
    const [first, ...others] = await customers(5)
    await under({ 'alerts.openings_an_hour': 3 }, async () => {
      await opensEach(browser, [first!, first!, first!, first!, first!, ...others.slice(0, 2)])
      expect(await alertsAbout(person)).toEqual([])
      await opensEach(browser, others.slice(2))
    })
    const alerts = await alertsAbout(person)
    expect(alerts).toMatchObject([{ kind: 'mass_opening', detail: { n: 4, limit: 3 }, seenAt: null }])
    const ids = alerts.map(({ id }) => id)
    expect([await told(guard, ids), await told(supervisor, ids), await told(person, ids)]).toEqual([1, 1, 0])
    const [line] = await db.auditEntry.findMany({ where: { subject: `alert:${ids[0]}` } })
    expect(line).toMatchObject({ action: 'alert.raised', actorId: null, after: { person: person.number, n: 4 } })
    const said = JSON.stringify(await db.notice.findMany({ where: { subject: `alert:${ids[0]}` } }), (_key, value) =>
      typeof value === 'bigint' ? String(value) : (value as unknown),
    )
    expect([first!, ...others].filter(({ name, number }) => said.includes(name) || said.includes(number))).toEqual([])
  })

  it('AUD-04: what was printed and what was exported count, too', async () => {
    const person = await reader()
    const actor = await actorOf(person)
    const [one] = await customers(1)
    await reading(actor, 'customer.printed', `customer:${one!.id}`)
    await reading(actor, 'customer.opened', `customer:${one!.id}`)
    await reading(actor, 'customer.export_finished', 'export:E1', { after: { rows: 240 } })
    await pool.query(
      `insert into audit_entry (at, kind, actor_id, actor_name, action, subject)
       values ($1, 'read', $2, 'x', 'customer.opened', 'customer:1')`,
      [new Date(now().getTime() - 61 * 60_000), person.id],
    )
    expect(await customersRead(person.id, anHourBefore(now()))).toBe(241)
    expect(await alertsAbout(person)).toMatchObject([{ kind: 'mass_opening', detail: { n: 241, limit: 100 } }])
  })

  it('AUD-04: twenty openings at the same moment make one alert', async () => {
    const person = await reader()
    const browser = await signIn(person)
    const records = await customers(20)
    await under({ 'alerts.openings_an_hour': 3 }, () =>
      Promise.all(records.map(({ number }) => browser.agent.get(`/customers/${number}`).set('Host', browser.host))),
    )
    const alerts = await alertsAbout(person)
    expect(alerts).toHaveLength(1)
    expect(await told(guard, [alerts[0]!.id])).toBe(1)
  })

  it('AUD-04: the same alert from many sides at once is made and told once', async () => {
    const person = await reader()
    const alert = {
      kind: 'mass_search',
      staffId: person.id,
      once: `${person.id}:race`,
      detail: { n: 9, limit: 8 },
    } as const
    const made = await Promise.all(Array.from({ length: 12 }, () => raiseAlert(alert, now())))
    expect(made.filter(Boolean)).toHaveLength(1)
    const [kept] = await alertsAbout(person)
    expect(await told(guard, [kept!.id])).toBe(1)
  })
})

describe('AUD-04: searching more often than the figure in an hour', () => {
  it('AUD-04, CAL-03 alerts.searches_an_hour: the search box, the list and the check for others alike all count', async () => {
    const person = await reader()
    const browser = await signIn(person)
    await under({ 'alerts.searches_an_hour': 4 }, async () => {
      await browser.visit('/search')
      await browser.visit('/customers')
      for (const url of ['/search?q=云外', '/customers?q=云外', '/customers?kind=person']) await browser.visit(url)
      await browser.visit('/customers/alike?name=云外茶行&kind=organisation')
      expect(await alertsAbout(person)).toEqual([])
      await browser.visit('/search?q=茶行')
    })
    expect(await alertsAbout(person)).toMatchObject([{ kind: 'mass_search', detail: { n: 5, limit: 4 } }])
  })

  it('AUD-04: processes add up: what another one counted is known after ten of one’s own', async () => {
    const person = await reader()
    const actor = await actorOf(person)
    await countSearch(actor)
    await pool.query(`update sign_in_limit set points = 600 where key = $1`, [`searches:${person.id}`])
    for (let n = 0; n < 10; n++) await countSearch(actor)
    expect(await alertsAbout(person)).toMatchObject([{ kind: 'mass_search', detail: { limit: 500 } }])
  })
})

describe('AUD-04: refusals in a row', () => {
  it('AUD-04, CAL-03 alerts.refusals_in_a_row: acts that are not one’s own, one after another, with nothing allowed between', async () => {
    const person = await make.staff([{ role: 'front_desk' }])
    const browser = await signIn(person)
    const [one] = await customers(1)
    await under({ 'alerts.refusals_in_a_row': 3 }, async () => {
      for (const url of ['/audit', '/jobs', `/customers/${one!.number}`, '/audit', '/jobs']) await browser.visit(url)
      expect(await alertsAbout(person)).toEqual([])
      for (const url of ['/backups', '/alerts', '/staff']) expect((await browser.visit(url)).status).toBe(403)
    })
    expect(await alertsAbout(person)).toMatchObject([{ kind: 'refusals', detail: { n: 3, of: 'acts' } }])
  })

  it('AUD-04: failed sign-ins as one person; one that succeeds ends the row', async () => {
    const person = await make.staff()
    const tries = async (n: number) => {
      for (let i = 0; i < n; i++)
        await visitor().submit('/sign-in', { account: person.number, password: 'seven quiet herons' })
    }
    await under({ 'alerts.refusals_in_a_row': 3 }, async () => {
      await tries(2)
      await signIn(person)
      await tries(2)
      expect(await alertsAbout(person)).toEqual([])
      await tries(1)
    })
    expect(await alertsAbout(person)).toMatchObject([{ kind: 'refusals', detail: { n: 3, of: 'sign_in' } }])
  })
})

describe('AUD-04: an address from which accounts are tried', () => {
  it('AUD-04: is told of once when it may try no more, by its number, with no person', async () => {
    const ip = `10.${Date.now() % 200}.${Date.now() % 251}.9`
    const actor = visitorActor('zh', { ip: `::ffff:${ip}`, requestId: null })
    const tries = Array.from({ length: 63 }, (_, n) => signInAs(actor, { account: `nobody${n}`, password: 'x' }, now()))
    await Promise.allSettled(tries)
    const alerts = await db.alert.findMany({ where: { once: { startsWith: `${ip}:` } } })
    expect(alerts).toMatchObject([{ kind: 'refusals', staffId: null, detail: { of: 'address', ip } }])
    const notice = await db.notice.findFirstOrThrow({ where: { subject: `alert:${alerts[0]!.id}`, staffId: guard.id } })
    expect(notice.params).toMatchObject({ number: ip, n: 60 })
    const page = await (await signIn(guard)).visit(`/alerts/${alerts[0]!.id}`)
    expect(page.$('main').text()).toContain(`从 ${ip} 试着登录 60 次都失败`)
  })
})

describe('AUD-04: a sign-in from a new device', () => {
  it('AUD-04: the first one is taken as it is, the same one again, another one is told of, to the person, too', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const browser = visitor()
    const enter = (from: Browser) => from.submit('/sign-in', { account: person.number, password: person.password })
    const { response } = await enter(browser)
    expect(response.status).toBe(200)
    await enter(browser)
    expect(await alertsAbout(person)).toEqual([])
    const cookies = (await browser.post('/sign-out', await browser.fieldsOf('/sign-out', '/profile'))).get('Set-Cookie')
    expect(String(cookies)).not.toContain('device=;')
    await enter(browser)
    expect(await alertsAbout(person)).toEqual([])
    const other = visitor()
    await enter(other)
    const alerts = await alertsAbout(person)
    expect(alerts).toMatchObject([{ kind: 'new_device', seenAt: null }])
    expect(await told(guard, [alerts[0]!.id])).toBe(1)
    const page = await other.visit('/notices')
    expect(page.$('main').text()).toContain('你的账户在新设备上登录')
    expect(page.$('main').text()).toContain('请立即改密码')
    await enter(other)
    expect(await alertsAbout(person)).toHaveLength(1)
    const hashes = (await db.staffDevice.findMany({ where: { staffId: person.id } })).map(({ hash }) => hash)
    expect(hashes).toHaveLength(2)
    const jar = other.agent.jar.getCookie('device', { domain: '127.0.0.1', path: '/', secure: false, script: false })
    expect(hashes).not.toContain(jar!.value)
  })
})

describe('AUD-04: a broken chain and a failed backup', () => {
  const outcome = (n: number): Outcome => ({
    findings: [{ kind: 'removed', n: 1, seal: String(n), ids: [String(n)] }],
    places: 1,
    seals: 3,
    entries: 9,
    unsealed: 0,
  })

  it('AUD-04: what a check finds is an alert besides the notice it always was', async () => {
    const at = now()
    await recordCheck(system, outcome(Date.now() % 1e6), null, at)
    const [alert] = await db.alert.findMany({ where: { kind: 'trail_broken' }, orderBy: { id: 'desc' }, take: 1 })
    expect(alert).toMatchObject({ detail: { places: 1 }, at })
    expect(await told(guard, [alert!.id])).toBe(0)
    expect(await db.notice.count({ where: { staffId: guard.id, kind: 'trail.broken', at } })).toBe(1)
  })

  it('AUD-04: a backup that was given up is told to the guards; who runs the system hears of the job alone', async () => {
    const runner = await make.staff([{ role: 'system_admin' }])
    const run = BigInt(Date.now())
    await tellOfFailure('backup.take', null, run, 'Error ENOSPC')
    const alert = await db.alert.findUniqueOrThrow({
      where: { kind_once: { kind: 'backup_failed', once: `run:${run}` } },
    })
    expect([await told(guard, [alert.id]), await told(supervisor, [alert.id])]).toEqual([1, 1])
    expect(await told(runner, [alert.id])).toBe(0)
    expect(await db.notice.count({ where: { staffId: runner.id, kind: 'job.failed' } })).toBe(1)
    await tellOfFailure('backup.take', null, run + 1n, 'Error ENOSPC')
    expect(await db.alert.count({ where: { once: `run:${run + 1n}` } })).toBe(0)
    const before = await db.alert.count()
    await make.staff([{ role: 'system_admin' }])
    await tellOfAge(null, now())
    expect(await db.alert.count()).toBe(before)
  })
})
