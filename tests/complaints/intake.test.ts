import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { takeComplaint } from '../../src/complaints/intake/commands.ts'
import type { Intake } from '../../src/complaints/intake/forms.ts'
import { likeness, matterGrams, recentSince } from '../../src/complaints/intake/alike.ts'
import { peopleIn, titleOf } from '../../src/complaints/intake/rules.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import type { Actor } from '../../src/access/actor.ts'
import { signIn, type Browser, type Page } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

let cast: Cast
let desk: Browser
let manager: Browser
let deskActor: Actor
let serial = 0
const unique = () => `${Date.now().toString(36)}${serial++}`.toUpperCase()

beforeAll(async () => {
  cast = await theCast()
  desk = await signIn(cast.front_desk)
  manager = await signIn(cast.cs_manager)
  deskActor = await actorOf(cast.front_desk)
})
afterEach(() => moveClock(() => new Date()))
afterAll(() => pool.query('delete from complaint_destination'))

/** What a caller says, as the form sends it. */
const said = (more: Record<string, string> = {}): Record<string, string> => ({
  channel: 'phone',
  kind: 'repair_quality',
  complainant: '鹿鸣野',
  what: '换了封条的冷库门仍漏风。夜里库温升到零下九度。',
  wants: '当天派人到场',
  act: 'save',
  ...more,
})

const send = (values: Record<string, string>, by = desk): Promise<Page> => by.submit('/complaints/new', values)
const taken = async (page: Page) => {
  expect([page.status, page.url, page.$('.errors').text()]).toEqual([
    200,
    expect.stringMatching(/^\/complaints\/T/),
    '',
  ])
  return db.complaint.findUniqueOrThrow({ where: { number: page.url.split('/').at(-1)! } })
}
const around = async (values: Record<string, string>, by = desk) =>
  (await by.visit(`/complaints/new/around?${new URLSearchParams(values)}`)).$
const textOf = ($: Awaited<ReturnType<typeof around>>, part: string) =>
  $(`[data-part="${part}"]`).text().replace(/\s+/g, ' ').trim()

/** As the form reads what is sent. */
const input = (more: Partial<Intake> = {}): Intake => ({
  channel: 'phone',
  kind: 'repair_quality',
  reportingUnit: null,
  phone: null,
  complainant: '鹿鸣野',
  product: null,
  anonymous: false,
  customer: '',
  title: null,
  what: '冷库门漏风',
  wants: '派人',
  containment: null,
  claim: null,
  households: 1,
  hazard: false,
  toldManufacturer: false,
  blockade: false,
  exchange: false,
  legal: false,
  media: 'none',
  accused: null,
  departmentId: null,
  ownerId: null,
  link: '',
  checked: false,
  act: 'save',
  ...more,
})

async function aCallingCustomer(place: Parameters<typeof make.customer>[0] = { department: '城东营业部' }) {
  const customer = await make.customer(place)
  const phone = `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`
  const plate = `浙A${unique().slice(-5)}`
  await pool.query(
    `update customer set phone = $2, phone_digits = $2, plates = array[$3], grams = grams || $4::text[] where id = $1`,
    [customer.id, phone, plate, matterGrams(plate)],
  )
  return { ...customer, phone, plate }
}

describe('the one screen', () => {
  it('CMP-01: only saving numbers it, and the trail tells of the complaint, not of the customer', async () => {
    const customer = await aCallingCustomer()
    const page = await send(said({ customer: customer.number, phone: customer.phone, claim: '8,600.00' }))
    const complaint = await taken(page)
    expect(page.$('main').text()).toContain(complaint.number)
    expect(complaint).toMatchObject({
      title: '换了封条的冷库门仍漏风',
      level: 'important',
      customerId: customer.id,
      ownerId: null,
      phoneDigits: customer.phone,
      receivedById: cast.front_desk.id,
    })
    const trail = await db.auditEntry.findMany({ where: { subject: `complaint:${complaint.id}`, kind: 'change' } })
    expect(trail.map(({ action }) => action)).toEqual(['complaint.taken'])
    expect(await db.auditEntry.count({ where: { subject: `customer:${customer.id}`, kind: 'change' } })).toBe(0)
  })

  it('CMP-01, CMP-02: assigning takes the department from the kind and tells the handler', async () => {
    const { id } = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
    await pool.query(
      `insert into complaint_destination (kind, department_id) values ('repair_quality', $1) on conflict (kind)
       do update set department_id = $1`,
      [id],
    )
    const complaint = await taken(await send(said({ act: 'assign', ownerId: String(cast.sales.id) })))
    expect(complaint).toMatchObject({ departmentId: id, ownerId: cast.sales.id })
    const clock = await db.deadline.findFirstOrThrow({
      where: { subject: `complaint:${complaint.id}`, kind: 'complaint.remedy' },
    })
    expect(clock.ownerId).toBe(cast.sales.id)
    const told = await db.notice.findMany({ where: { staffId: cast.sales.id, subject: `complaint:${complaint.id}` } })
    expect(told.map(({ kind }) => kind)).toEqual(['complaint.assigned'])
    const elsewhere = await make.staff([{ role: 'sales', department: '城西营业部' }])
    const refused = await send(said({ act: 'assign', ownerId: String(elsewhere.id) }))
    expect([refused.status, refused.$('.errors [data-rule="CMP-02"]').length]).toEqual([422, 1])
  })

  it('CMP-01: whoever may take but not assign is offered only saving, and cannot assign', async () => {
    const sales = await signIn(cast.sales)
    const page = await sales.visit('/complaints/new')
    expect(
      page
        .$('button[name=act]')
        .toArray()
        .map((one) => page.$(one).attr('value')),
    ).toEqual(['save'])
    expect((await sales.submit('/complaints/new', said({ act: 'assign' }))).status).toBe(403)
    await taken(await sales.submit('/complaints/new', said()))
  })

  it('CMP-01: anonymous callers and others than customers are accepted; nobody at all is not', async () => {
    const anonymous = await taken(await send(said({ complainant: '', anonymous: 'on' })))
    expect(anonymous).toMatchObject({ anonymous: true, customerId: null, complainant: null })
    const refused = await send(said({ complainant: '' }))
    expect(refused.$('.errors [data-rule="CMP-01"]').text()).toContain('不知道是谁投诉')
  })

  it('CMP-01: money that cannot be read keeps everything typed, and nothing is written', async () => {
    const before = await db.complaint.count()
    const values = said({
      claim: '8.600,00',
      title: '冷库门漏风',
      hazard: 'on',
      containment: '先用备用库',
      phone: '13900001111',
    })
    const page = await send(values)
    expect(page.status).toBe(422)
    expect(page.$('#f-claim-e').text()).toContain('8,600.00')
    for (const name of ['claim', 'title', 'phone', 'complainant'])
      expect(page.$(`[name=${name}]`).val()).toBe(values[name])
    expect(page.$('[name=what]').text()).toContain('零下九度')
    expect(page.$('[name=containment]').text().trim()).toBe('先用备用库')
    expect(page.$('[name=hazard]').attr('checked')).toBeDefined()
    expect(page.$('[name=kind]:checked').val()).toBe('repair_quality')
    expect(page.$('[data-part=level] .level').attr('data-level')).toBe('major')
    expect(await db.complaint.count()).toBe(before)
  })

  it('CMP-01: what is wrong is said all at once', async () => {
    const page = await send(
      said({
        complainant: '',
        phone: '后门',
        wants: '',
        channel: 'group_centre',
        accused: '查无此人',
        receivedAt: '2099-01-01T08:00',
      }),
    )
    const fields = page
      .$('.errors a[href^="#"]')
      .toArray()
      .map((one) => page.$(one).attr('href'))
    expect(fields.toSorted()).toEqual(['#f-accused', '#f-phone', '#f-receivedAt', '#f-reportingUnit', '#f-wants'])
  })

  it('CMP-01: the same form sent twice is one complaint', async () => {
    const values = { ...(await desk.fieldsOf('/complaints/new')), ...said({ title: `一次${unique()}` }) }
    const [one, other] = await Promise.all([desk.post('/complaints/new', values), desk.post('/complaints/new', values)])
    expect(one.get('Location')).toBe(other.get('Location'))
    expect(await db.complaint.count({ where: { title: values['title']! } })).toBe(1)
  })

  it('CMP-01: the digits lead through it in the order in which it is asked, and the keys press its two buttons', async () => {
    const { $ } = await desk.visit('/complaints/new')
    const keyed = $('form#intake [accesskey]')
      .toArray()
      .map((one) => [$(one).attr('accesskey'), $(one).attr('name')])
    expect(keyed).toEqual([
      ['1', 'channel'],
      ['2', 'phone'],
      ['3', 'complainant'],
      ['4', 'product'],
      ['5', 'kind'],
      ['6', 'what'],
      ['7', 'wants'],
      ['8', 'claim'],
    ])
    expect($('form#intake .btn-primary').val()).toBe('assign')
    expect($('form#intake [data-key=save]').val()).toBe('save')
    expect($('[tabindex]:not([tabindex="-1"])').length).toBe(0)
    const order = $('form#intake [name]')
      .toArray()
      .map((one) => $(one).attr('name')!)
    expect(order.indexOf('containment')).toBeLessThan(order.indexOf('departmentId'))
  })

  it('CMP-01: a letter keeps when it came, and its clocks run from then', async () => {
    const page = await send(said({ channel: 'letter', receivedAt: '2026-11-20T09:00' }))
    const { id, receivedAt, recordedAt } = await taken(page)
    expect(receivedAt.toISOString()).toBe('2026-11-20T01:00:00.000Z')
    expect(recordedAt > receivedAt).toBe(true)
    const clock = await db.deadline.findFirstOrThrow({
      where: { subject: `complaint:${id}`, kind: 'complaint.contact' },
    })
    expect(clock.dueAt.toISOString()).toBe('2026-11-20T04:00:00.000Z')
  })

  it('CMP-01: the customer service manager hears at once of what the group’s call centre passed on', async () => {
    const { id, number } = await taken(await send(said({ channel: 'group_centre', reportingUnit: '蓬莱集团客服' })))
    const [told] = await db.notice.findMany({ where: { staffId: cast.cs_manager.id, subject: `complaint:${id}` } })
    expect(told).toMatchObject({ kind: 'complaint.group_centre', urgent: true, href: `/complaints/${number}` })
  })

  it('CMP-06: what the manufacturer passes on was told to the manufacturer', async () => {
    const complaint = await taken(await send(said({ channel: 'manufacturer', reportingUnit: '广寒制冷' })))
    expect(complaint).toMatchObject({ toldManufacturer: true, level: 'major', reportingUnit: '广寒制冷' })
  })

  it('CMP-03: whom it is about handles nothing of it, and who takes one about himself sees it no more', async () => {
    const staff = await make.staff([{ role: 'front_desk', department: '城东营业部' }])
    const handlers = await around({ kind: 'repair_quality', accused: staff.number })
    expect(
      handlers('[name=ownerId] option')
        .toArray()
        .map((one) => handlers(one).val()),
    ).not.toContain(String(staff.id))
    expect(textOf(handlers, 'handlers')).toContain('不在可选之列')
    const refused = await send(said({ act: 'assign', accused: staff.name, ownerId: String(staff.id) }))
    expect(refused.$('.errors [data-rule="CMP-03"]').length).toBe(1)
    const page = await send(said({ accused: '何以宁' }))
    expect([page.status, page.url, page.$('.notice').text()]).toEqual([
      200,
      '/complaints/new',
      expect.stringContaining('看不到'),
    ])
  })

  it('keeps a draft, and what is typed there finds the customer without a script', async () => {
    const customer = await aCallingCustomer()
    const values = {
      ...(await desk.fieldsOf('/complaints/new')),
      ...said({ phone: customer.phone }),
      draft: '/complaints/new',
    }
    await desk.post('/drafts', values)
    const { $ } = await desk.visit('/complaints/new?draft=restore')
    expect($('[name=phone]').val()).toBe(customer.phone)
    expect($('[data-part=callers] [name=customer]:checked').val()).toBe(customer.number)
    await desk.submit('/drafts/discard', {}, '/complaints/new?draft=restore')
  })
})

describe('the caller', () => {
  it('CMP-01: is found by phone, plate, name or number in the same field', async () => {
    const customer = await aCallingCustomer()
    for (const phone of [customer.phone, customer.plate, customer.name, customer.number]) {
      const $ = await around({ phone })
      expect(
        $('[data-part=callers] a')
          .toArray()
          .map((one) => $(one).text()),
      ).toContain(customer.name)
    }
    const $ = await around({ phone: customer.phone })
    const found = $('[name=customer]:checked')
    expect([found.val(), found.attr('data-phone')]).toEqual([
      customer.number,
      `${customer.phone.slice(0, 3)}****${customer.phone.slice(7)}`,
    ])
  })

  it('CMP-01: a phone that the form filled in masked is the one of the record', async () => {
    const customer = await aCallingCustomer()
    const masked = `${customer.phone.slice(0, 3)}****${customer.phone.slice(7)}`
    const { phone, phoneDigits } = await taken(await send(said({ customer: customer.number, phone: masked })))
    expect([phone, phoneDigits]).toEqual([customer.phone, customer.phone])
  })

  it('CMP-01: of a customer outside one’s scope it is told that there is one and whose, and nothing else', async () => {
    const owner = await make.staff()
    const customer = await aCallingCustomer({ department: '城西营业部', ownerId: owner.id })
    const $ = await around({ phone: customer.phone })
    expect(textOf($, 'callers')).toContain(`归 ${owner.name}`)
    expect($.html()).not.toContain(customer.name)
    expect(textOf($, 'check')).not.toContain(customer.phone.slice(7))
    const like = await around({ complainant: customer.name.slice(0, -2) })
    expect(textOf(like, 'callers')).toContain('没有找到客户')
  })

  it('CMP-04: data checked while calling are verified; the customer’s trail does not speak of the complaint', async () => {
    const customer = await aCallingCustomer()
    const sales = await make.staff([{ role: 'sales' }])
    await pool.query('update customer set owner_id = $2 where id = $1', [customer.id, sales.id])
    const browser = await signIn(sales)
    const { number } = await taken(
      await browser.submit(
        '/complaints/new',
        said({ customer: customer.number, phone: customer.phone, checked: 'on' }),
      ),
    )
    const verified = await db.verification.findMany({ where: { customerId: customer.id } })
    expect(verified).toMatchObject([{ part: 'reach', way: 'call', note: null, byId: sales.id }])
    const trail = await db.auditEntry.findMany({ where: { subject: `customer:${customer.id}`, kind: 'change' } })
    expect(trail.map(({ action }) => action)).toEqual(['customer.verified'])
    expect(
      JSON.stringify(trail, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(number)
  })

  it('stands there already when the complaint is taken from the customer’s page', async () => {
    const customer = await aCallingCustomer()
    const page = await manager.visit(`/customers/${customer.number}`)
    expect(page.$(`a[href="/complaints/new?customer=${customer.number}"]`).length).toBe(1)
    const { $ } = await desk.visit(`/complaints/new?customer=${customer.number}`)
    expect($('[name=phone]').val()).toContain('****')
    expect($('[name=customer]:checked').val()).toBe(customer.number)
  })
})

describe('CMP-05: repeats', () => {
  it('CMP-05: found by customer, phone, product and matter, each with its reason; linked it is a repeat', async () => {
    const customer = await aCallingCustomer()
    const product = `LK-3 ${unique()}`
    const place = { departmentId: deskActor.departmentId }
    const word = unique()
    const given = [
      { ...place, customerId: customer.id, title: '甲' },
      { ...place, phone: '13911112222', phoneDigits: '13911112222', title: '乙' },
      { ...place, product, title: '丙' },
      { ...place, title: `扶摇${word}号机组漏油` },
    ]
    const made = []
    for (const one of given) made.push(await aComplaint(one))
    const shown = async (values: Record<string, string>) => {
      const $ = await around(values)
      return $('[data-part=alike] li')
        .toArray()
        .map((one) => $(one).text().replace(/\s+/g, ' '))
    }
    const has = (number: string, why: string) => expect.stringMatching(new RegExp(`${number}.*${why}`))
    expect(await shown({ phone: customer.phone })).toContainEqual(has(made[0]!.number, '同一客户'))
    expect(await shown({ phone: '139-1111-2222' })).toContainEqual(has(made[1]!.number, '同一号码'))
    expect(await shown({ product: product.toLowerCase().replace(' ', '') })).toContainEqual(
      has(made[2]!.number, '同一产品'),
    )
    expect(await shown({ what: `扶摇${word}号机组又漏油` })).toContainEqual(has(made[3]!.number, '事项相近'))
    const repeat = await taken(await send(said({ link: `repeat:${made[0]!.number}` })))
    expect(repeat).toMatchObject({ repeatOfId: made[0]!.id, level: 'major' })
    const page = await desk.visit(`/complaints/${made[0]!.number}`)
    expect(page.$('aside').text()).toContain(repeat.number)
  })

  it('CMP-05, CAL-03: complaints.repeat_days: 180 days ago is recent, 181 is not; an open one always is', async () => {
    const customer = await aCallingCustomer()
    const old = await aComplaint({ customerId: customer.id, departmentId: deskActor.departmentId })
    const shown = async () => textOf(await around({ phone: customer.phone }), 'alike').includes(old.number)
    const later = (days: number) => new Date(dayStart(dateText(old.receivedAt), days).getTime() + 12 * 3600_000)
    const browserAt = async (days: number) => {
      moveClock(() => later(days))
      desk = await signIn(cast.front_desk)
      return shown()
    }
    expect(await browserAt(181)).toBe(true)
    await pool.query(
      `update complaint set state = 'closed', outcome = 'settled', closed_at = now(), closed_by_id = received_by_id where id = $1`,
      [old.id],
    )
    expect([await browserAt(180), await browserAt(181)]).toEqual([true, false])
    moveClock(() => new Date())
    desk = await signIn(cast.front_desk)
  })

  it('CMP-05: of complaints outside one’s scope only how many; CMP-03: of those about oneself nothing', async () => {
    const phoneDigits = `138${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`
    const west = await make.staff([{ role: 'front_desk', department: '城西营业部' }])
    const given = { phone: phoneDigits, phoneDigits, by: west }
    const hidden = await aComplaint({ ...given, title: '看不见的一件' })
    await pool.query('update complaint set receiving_department_id = null where id = $1', [hidden.id])
    const about = await aComplaint({ ...given, accused: [cast.front_desk.id], departmentId: deskActor.departmentId })
    const $ = await around({ phone: phoneDigits })
    expect(textOf($, 'alike')).toContain('另有 1 件不在您的范围内')
    expect($.html()).not.toContain(hidden.number)
    expect($.html()).not.toContain(about.number)
    const refused = await refusalOf(takeComplaint(deskActor, input({ link: `group:${about.number}` }), now()))
    expect(refused).toEqual(['CMP-05 intake:refused.noOther'])
  })
})

describe('correcting', () => {
  const correct = (browser: Browser, number: string, more: Record<string, string>) =>
    browser.submit(`/complaints/${number}/correction`, more)

  it('CMP-01, CMP-06: old and new stand in the trail, the phone stays as it is, and the level follows', async () => {
    const complaint = await aComplaint({ phone: '13912340000', phoneDigits: '13912340000', claim: '100.00' })
    const page = await correct(desk, complaint.number, { claim: '50000', title: '冷库门两处漏风' })
    expect([page.status, page.url]).toEqual([200, `/complaints/${complaint.number}`])
    expect(await complaintNow(complaint)).toMatchObject({
      level: 'major',
      phone: '13912340000',
      title: '冷库门两处漏风',
    })
    const line = await db.auditEntry.findFirstOrThrow({
      where: { subject: `complaint:${complaint.id}`, action: 'complaint.corrected' },
    })
    expect(line).toMatchObject({
      before: { claim: '100.00', title: '冷库门漏风', version: 1 },
      after: { claim: '50000.00', title: '冷库门两处漏风', version: 2 },
    })
  })

  it('shows yours, theirs and before when somebody saved first, and loses nothing', async () => {
    const complaint = await aComplaint()
    const opened = await desk.fieldsOf(`/complaints/${complaint.number}/correction`)
    await correct(manager, complaint.number, { title: '他人改过的事由', hazard: 'on' })
    const response = await desk.post(`/complaints/${complaint.number}/correction`, { ...opened, title: '我改的事由' })
    expect(response.status).toBe(409)
    for (const text of ['他人改过的事由', '我改的事由', '冷库门漏风', '林知夏']) expect(response.text).toContain(text)
  })

  it('CMP-01: another act on it while the form was open is no conflict', async () => {
    const complaint = await aComplaint({ departmentId: deskActor.departmentId })
    const opened = await desk.fieldsOf(`/complaints/${complaint.number}/correction`)
    await manager.submit(`/complaints/${complaint.number}/progress`, { text: '已联系厂家。' })
    const response = await desk.post(`/complaints/${complaint.number}/correction`, { ...opened, title: '我改的事由' })
    expect([response.status, (await complaintNow(complaint)).title]).toEqual([303, '我改的事由'])
  })

  it('CMP-03: the handler cannot become one complained about; whoever is loses sight of it', async () => {
    const complaint = await aComplaint({ ownerId: cast.sales.id, departmentId: deskActor.departmentId })
    const refused = await correct(desk, complaint.number, { accused: '陆停云' })
    expect(refused.$('.errors [data-rule="CMP-03"]').text()).toContain('承办人')
    await correct(manager, complaint.number, { accused: '何以宁' })
    expect((await desk.visit(`/complaints/${complaint.number}`)).status).toBe(404)
  })

  it('CMP-01: what is void is not corrected, and not to be seen is not there', async () => {
    const complaint = await aComplaint({ state: 'void' })
    const page = await correct(desk, complaint.number, { title: '迟来的改动' })
    expect(page.$('.errors').text()).toContain('不能更正')
    const west = await signIn(await make.staff([{ role: 'front_desk', department: '城西营业部' }]))
    expect((await west.visit(`/complaints/${complaint.number}/correction`)).status).toBe(404)
  })
})

describe('CMP-02: who answers which kind', () => {
  it('CMP-02: is set by the customer service manager alone, and whoever saw it otherwise is told', async () => {
    const { id } = await db.department.findFirstOrThrow({ where: { name: '客户服务部' } })
    const opened = await manager.fieldsOf('/complaints/destinations')
    const page = await manager.submit('/complaints/destinations', { service_quality: String(id) })
    expect(page.$('.notice').text()).toContain('已保存')
    const late = await manager.post('/complaints/destinations', { ...opened, suggestion: String(id) })
    expect([late.status, late.text.includes('有人改过')]).toEqual([422, true])
    expect((await desk.visit('/complaints/destinations')).status).toBe(403)
    expect(textOf(await around({ kind: 'service_quality' }), 'department')).toContain('客户服务部')
  })
})

describe('rules', () => {
  it('CMP-01: a title is the line that was written, or the first sentence, never longer than forty', () => {
    expect(titleOf(null, '门坏了。又漏风。')).toBe('门坏了')
    expect(titleOf('  漏 风 ', '门坏了')).toBe('漏 风')
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 2 }),
        (what) => Array.from(titleOf(null, what)).length <= 40,
      ),
    )
  })

  it('CMP-03: people are written with any comma between', () => {
    expect(peopleIn('陆停云、沈既白，C00003;C00003')).toEqual(['陆停云', '沈既白', 'C00003'])
  })

  it('CMP-05: a matter is most like itself, and never more like another than the other has pieces', () => {
    const title = fc.string({ unit: fc.constantFrom(...'冷库门漏风封条老化温度记录'), maxLength: 20 })
    fc.assert(
      fc.property(title, title, (one, other) => {
        const own = matterGrams(other)
        expect(likeness(matterGrams(one), other)).toBeLessThanOrEqual(own.length)
        expect(likeness(own, other)).toBe(own.length >= 2 ? own.length : 0)
      }),
    )
  })

  it('CMP-05: recent begins with a day, so many days before', () => {
    expect(recentSince(new Date('2026-11-24T06:05:00Z'), 180).toISOString()).toBe('2026-05-27T16:00:00.000Z')
  })
})
