import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { notify, type NewNotice } from '../../src/notices/commands.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { noticesOf } from '../../src/notices/queries.ts'

let people: Cast
beforeAll(async () => {
  people = await theCast()
})
let person: Person
let browser: Browser
beforeEach(async () => {
  person = await make.staff([{ role: 'sales' }])
  browser = await signIn(person)
})

const tell = (notices: NewNotice[], at = now()) =>
  change(system, async (tx, audit) => {
    await notify(tx, notices, at)
    await audit('mail.made', 'notices', { after: { test: true } })
  })
const assigned = (number: string, more: Partial<NewNotice> = {}): NewNotice => ({
  to: person.id,
  kind: 'customer.assigned',
  subject: 'customer:1',
  href: `/customers/${number}`,
  params: { by: '江问渠', number },
  rule: 'CUS-06',
  ...more,
})
const confirmed = (number: string) => assigned(number, { kind: 'customer.confirmed' })
const bellOf = async (at = browser) => (await at.visit('/profile')).$('.topbar .bell')
const ids = async (of = person) =>
  (await db.notice.findMany({ where: { staffId: of.id }, orderBy: { id: 'asc' } })).map(({ id }) => id)

describe('the centre', () => {
  it('says when there is nothing, and how many are unread, to 99', async () => {
    expect((await browser.visit('/notices')).$('.nothing').text()).toContain('还没有通知')
    expect((await bellOf()).attr('aria-label')).toBe('通知，没有未读')
    await tell([assigned('K1'), confirmed('K2')])
    const bell = await bellOf()
    expect([bell.text().trim(), bell.attr('aria-label')]).toEqual(['2', '通知，2 条未读'])
    await tell(Array.from({ length: 200 }, (_, n) => assigned(`K${n}`)))
    expect((await bellOf()).text().trim()).toBe('99+')
  })

  it('newest first, by days; the name only while the reader may see the customer', async () => {
    const own = await make.customer({ ownerId: person.id })
    const other = await make.customer({ ownerId: people.sales.id })
    await tell([assigned(own.number)], new Date(now().getTime() - 30 * 3_600_000))
    await tell([confirmed(own.number), assigned(other.number)])
    const { $ } = await browser.visit('/notices')
    expect($('.notice-list section')).toHaveLength(2)
    expect(
      $('.notice-item .words > :is(a, button)')
        .toArray()
        .map((element) => $(element).text()),
    ).toEqual([
      `江问渠 把客户 ${other.number} 分配给你`,
      `江问渠 确认了客户 ${own.number} ${own.name}`,
      `江问渠 把客户 ${own.number} ${own.name} 分配给你`,
    ])
    expect($('main').text()).not.toContain(other.name)
    expect($('.rule-chip').first().text()).toContain('CUS-06')
    await pool.query('update customer set owner_id = $2 where id = $1', [own.id, people.sales.id])
    expect((await browser.visit('/notices')).$('main').text()).not.toContain(own.name)
  })

  it('opening one marks it read and leads there; the list itself marks nothing', async () => {
    const own = await make.customer({ ownerId: person.id })
    await tell([assigned(own.number), confirmed(own.number)])
    const { $ } = await browser.visit('/notices')
    expect($('[data-unread]')).toHaveLength(2)
    expect((await bellOf()).text().trim()).toBe('2')
    const fields = await browser.fieldsOf('/notices/read', '/notices')
    const [first] = await ids()
    const answer = await browser.post(`/notices/${first}/open`, fields)
    expect([answer.status, answer.get('Location')]).toEqual([303, `/customers/${own.number}`])
    expect((await bellOf()).text().trim()).toBe('1')
    const after = await browser.visit('/notices')
    expect(after.$('.notice-item:not([data-unread]) a').attr('href')).toBe(`/customers/${own.number}`)
  })

  it('one, or all that stood there, is marked; what came since is not', async () => {
    await tell([assigned('K1'), assigned('K2'), confirmed('K3')])
    const fields = await browser.fieldsOf('/notices/read', '/notices')
    const [first] = await ids()
    const one = await browser.post(`/notices/${first}/read`, { ...fields, back: '/notices?state=unread' })
    expect(one.get('Location')).toBe('/notices?state=unread')
    expect((await browser.visit('/notices?state=unread')).$('.notice-item')).toHaveLength(2)
    await tell([assigned('K4')])
    await browser.post('/notices/read', fields)
    expect((await browser.visit('/notices?state=unread')).$('.notice-item')).toHaveLength(1)
  })

  it('PPL-01: another’s notice is not there, and stays unread', async () => {
    await tell([assigned('K1')])
    const stranger = await signIn(await make.staff([{ role: 'sales' }]))
    const { _csrf } = await stranger.fieldsOf('/language', '/profile')
    const [id] = await ids()
    for (const act of ['open', 'read'])
      expect((await stranger.post(`/notices/${id}/${act}`, { _csrf: _csrf!, until: '99999999' })).status).toBe(404)
    await stranger.post('/notices/read', { _csrf: _csrf!, until: '999999999999' })
    expect((await bellOf()).text().trim()).toBe('1')
    expect((await stranger.visit('/notices')).$('.notice-item')).toHaveLength(0)
  })

  it('never leads off the site', async () => {
    await tell([assigned('K1', { href: '//evil.example' })])
    const fields = await browser.fieldsOf('/notices/read', '/notices')
    expect((await browser.post(`/notices/${(await ids())[0]}/open`, fields)).get('Location')).toBe('/')
    expect((await browser.post('/notices/read', { ...fields, back: 'https://evil.example' })).get('Location')).toBe('/')
  })
})

describe('many alike', () => {
  it('more than five of a kind in a day are one line with their number, which opens', async () => {
    await tell([...Array.from({ length: 30 }, (_, n) => assigned(`K${n}`)), confirmed('K77')])
    const { $ } = await browser.visit('/notices')
    expect($('.notice-list section > ul > li')).toHaveLength(2)
    expect($('summary').text()).toContain('客户分配给我：30 条')
    expect($('summary').text()).toContain('30 条未读')
    expect($('details .notice-item')).toHaveLength(20)
    const all = await browser.visit($('details .group-acts a').attr('href')!)
    expect(all.$('.notice-item')).toHaveLength(30)
    expect(all.$('details.notice-group')).toHaveLength(0)
  })

  it('five stay five', async () => {
    await tell(Array.from({ length: 5 }, (_, n) => assigned(`K${n}`)))
    expect((await browser.visit('/notices')).$('.notice-item')).toHaveLength(5)
  })

  it('are marked read together', async () => {
    await tell([...Array.from({ length: 8 }, (_, n) => assigned(`K${n}`)), confirmed('K77')])
    const page = await browser.visit('/notices')
    const fields = await browser.fieldsOf('/notices/read', '/notices')
    const alike = page.$('button[name=alike]').attr('value')!
    await browser.post('/notices/read', { ...fields, alike })
    const unread = await browser.visit('/notices?state=unread')
    expect(unread.$('.notice-item')).toHaveLength(1)
    expect((await browser.post('/notices/read', { ...fields, alike: 'moon.full@2026-02-31' })).status).toBe(422)
  })
})

describe('filters and pages', () => {
  it('by kind and by what is unread; nonsense in the address is no filter', async () => {
    await tell([assigned('K1'), confirmed('K2')])
    expect((await browser.visit('/notices?kind=customer.confirmed')).$('.notice-item')).toHaveLength(1)
    expect((await browser.visit('/notices?kind=task.given')).$('.nothing').text()).toContain('没有符合的通知')
    expect((await browser.visit('/notices?kind=moon&state=x&day=2026-02-31&before=a')).$('.notice-item')).toHaveLength(
      2,
    )
  })

  it('ten thousand: every line on exactly one page, in the same number of queries and quickly', async () => {
    const day = 24 * 3_600_000
    for (let back = 0; back < 50; back++)
      await tell(
        Array.from({ length: 200 }, (_, n) => (n % 2 ? assigned(`K${n}`) : confirmed(`K${n}`))),
        new Date(now().getTime() - back * day),
      )
    await tell([assigned('K9'), confirmed('K9')], new Date(now().getTime() - 60 * day))
    const actor = await actorOf(person)
    const seen: bigint[] = []
    const started = performance.now()
    let before: bigint | undefined
    for (let pages = 1; ; pages++) {
      const { rows, next } = await noticesOf(actor, { before })
      seen.push(...new Set(rows.map(({ anchor }) => anchor)))
      if (next === null) {
        expect(pages).toBe(3)
        break
      }
      before = next
    }
    expect((performance.now() - started) / 3).toBeLessThan(400)
    expect(seen).toHaveLength(102)
    expect(new Set(seen).size).toBe(102)
    expect(seen).toEqual(seen.toSorted((a, b) => (a < b ? 1 : -1)))
  })
})

describe('in English', () => {
  it('reads in English', async () => {
    await pool.query(`update staff set language = 'en' where id = $1`, [person.id])
    await tell([assigned('K1')])
    const page = await browser.visit('/notices')
    expect(page.$('.notice-item').text()).toContain('江问渠 assigned customer K1 to you')
    expect((await bellOf()).attr('aria-label')).toBe('Notices, 1 unread')
  })
})
