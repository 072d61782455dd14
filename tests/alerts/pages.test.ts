import { beforeAll, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/alerts/commands.ts'
import { db } from '../../src/db.ts'
import { dateText } from '../../src/lib/dates.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

let people: Cast
let guard: Person
let browser: Browser

beforeAll(async () => {
  people = await theCast()
  guard = await make.staff([{ role: 'security_admin' }])
  browser = await signIn(guard)
})

let serial = 0
async function alertAbout(person: Person, kind: 'mass_opening' | 'new_device' = 'mass_opening'): Promise<string> {
  const once = `${person.id}:pages${serial++}`
  const detail: Record<string, string | number> =
    kind === 'new_device' ? { device: 'Edge Windows', ip: '10.0.0.9' } : { n: 141, limit: 100 }
  await raiseAlert({ kind, staffId: person.id, once, detail }, now())
  return String((await db.alert.findUniqueOrThrow({ where: { kind_once: { kind, once } } })).id)
}

const rowsOf = async (from: Browser, query = '') => {
  const page = await from.visit(`/alerts${query}`)
  return page
    .$('#list tbody tr')
    .map((_at, row) => page.$(row).text().replace(/\s+/g, ' '))
    .get()
}

describe('AUD-04: the page of alerts', () => {
  it('AUD-04: newest first, in words and figures, by kind and by what is settled', async () => {
    const person = await make.staff()
    await alertAbout(person)
    await alertAbout(person, 'new_device')
    const rows = (await rowsOf(browser)).filter((row) => row.includes(person.number))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatch(/新设备登录在没有用过的设备上登录：Edge Windows，10\.0\.0\.9.*待处理/)
    expect(rows[1]).toContain('查看客户过多一小时内查看了 141 位客户，上限 100 位')
    const some = async (query: string) => (await rowsOf(browser, query)).filter((row) => row.includes(person.number))
    expect(await some('?kind=new_device')).toHaveLength(1)
    expect(await some('?state=open')).toHaveLength(2)
    expect(await some('?state=settled')).toEqual([])
  })

  it('AUD-04: settled with a note, by one person, once; the trail keeps who and what', async () => {
    const person = await make.staff()
    const id = await alertAbout(person)
    const own = `/alerts/${id}`
    const empty = await browser.submit(`${own}/settle`, { note: ' ' }, own)
    expect(empty.status).toBe(422)
    expect(empty.$('.errors').text()).toContain('查明的情况')
    const other = await signIn(people.info_supervisor)
    const late = await other.fieldsOf(`${own}/settle`, own)
    const done = await browser.submit(`${own}/settle`, { note: '问过本人：盘点老客户，主管知情' }, own)
    expect(done.url).toBe('/alerts?state=open')
    expect(done.$('body').text()).toContain('告警已处理')
    const second = await other.post(`${own}/settle`, { ...late, note: '暂停了账户' })
    expect(second.status).toBe(422)
    expect(second.text).toContain(`${guard.name} 已经处理过了`)
    const page = await browser.visit(own)
    expect(page.$('main').text()).toContain('盘点老客户')
    expect(page.$('form[action$="/settle"]')).toHaveLength(0)
    const [line] = await db.auditEntry.findMany({ where: { subject: `alert:${id}`, action: 'alert.settled' } })
    expect(line).toMatchObject({ actorId: guard.id, why: '问过本人：盘点老客户，主管知情' })
  })

  it('AUD-04: others of the same kind about the same person are settled with it, if asked', async () => {
    const [person, other] = [await make.staff(), await make.staff()]
    const ids = [await alertAbout(person, 'new_device'), await alertAbout(person, 'new_device')]
    const apart = [await alertAbout(person), await alertAbout(other, 'new_device')]
    const own = `/alerts/${ids[0]}`
    expect((await browser.visit(own)).$('main').text()).toContain('另外 1 条')
    await browser.submit(`${own}/settle`, { note: '新配的两台电脑', alike: 'on' }, own)
    const state = async (id: string) => (await db.alert.findUniqueOrThrow({ where: { id: BigInt(id) } })).note
    expect(await Promise.all([...ids, ...apart].map(state))).toEqual(['新配的两台电脑', '新配的两台电脑', null, null])
    const lines = { action: 'alert.settled', subject: { in: ids.map((id) => `alert:${id}`) } }
    expect(await db.auditEntry.count({ where: lines })).toBe(2)
  })

  it('AUD-04: nobody settles what is about themselves', async () => {
    const own = `/alerts/${await alertAbout(guard)}`
    const page = await browser.visit(own)
    expect(page.$('main').text()).toContain('与你自己有关')
    expect(page.$('form[action$="/settle"]')).toHaveLength(0)
    const sent = await browser.post(`${own}/settle`, { ...(await browser.fieldsOf('/language', own)), note: '没有事' })
    expect(sent.status).toBe(422)
    expect((await db.alert.findUniqueOrThrow({ where: { id: BigInt(own.slice(8)) } })).seenAt).toBeNull()
  })

  it('AUD-04: the auditor is led to the person’s trail of that hour, and settles nothing', async () => {
    const person = await make.staff()
    const own = `/alerts/${await alertAbout(person)}`
    const auditor = await signIn(people.auditor)
    const page = await auditor.visit(own)
    expect(page.$('form[action$="/settle"]')).toHaveLength(0)
    const way = page.$('a[href^="/audit?"]').attr('href')!
    expect(way).toContain(`person=${person.number}`)
    expect(way).toContain(`until=${dateText(now())}`)
    const trail = await auditor.visit(way)
    expect(trail.status).toBe(200)
    expect(trail.$('.filter').text()).toContain('前一小时')
    expect((await browser.visit(own)).$('a[href^="/audit?"]')).toHaveLength(0)
    expect((await auditor.post(`${own}/settle`, { note: '没有事' })).status).toBe(403)
  })

  it('AUD-04: today shows the guards what waits, and nobody else', async () => {
    await alertAbout(await make.staff())
    const queue = (await browser.visit('/')).$('.queue')
    expect(queue.text()).toContain('安全告警待处理')
    expect((await (await signIn(people.auditor)).visit('/')).$('main').text()).not.toContain('安全告警待处理')
    expect((await (await signIn(people.sales)).visit('/alerts')).status).toBe(403)
  })
})
