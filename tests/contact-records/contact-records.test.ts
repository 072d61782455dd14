import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fileMonth } from '../../src/contact-records/month/commands.ts'
import { startMonthClocks } from '../../src/contact-records/month/jobs.ts'
import { correctRecord, recordContact } from '../../src/contact-records/commands.ts'
import { recordForm, type NewRecord } from '../../src/contact-records/forms.ts'
import { recordListQuery } from '../../src/contact-records/list-forms.ts'
import { recordsFor } from '../../src/contact-records/list.ts'
import { recordFor } from '../../src/contact-records/queries.ts'
import { searchable } from '../../src/customers/search.ts'
import { db, pool, writer } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { at } from '../deadlines/calendar.ts'
import { Forbidden, NotFound } from '../../src/lib/refused.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'

let cast: Cast
let sales: Person
let browser: Browser
let customer: { id: bigint; number: string; name: string }
// A Tuesday in a month that no other file files.
const standAt = (text: string) => moveClock(() => at(text))

beforeAll(async () => {
  cast = await theCast()
  sales = await make.staff([{ role: 'sales', department: '城东营业部' }])
  standAt('2027-03-16 10:00')
  browser = await signIn(sales)
  customer = await aCustomer()
})
// A session does not outlive the move of a clock: all stand at one moment.
afterEach(() => standAt('2027-03-16 10:00'))
afterAll(() => moveClock(() => new Date()))

async function aCustomer(grade: string | null = null) {
  const { id, number, name } = await make.customer(
    { ownerId: sales.id },
    `蓬莱${Math.random().toString(36).slice(2, 8)}茶行`,
  )
  await pool.query('update customer set grade = $2::customer_grade where id = $1', [id, grade])
  return { id, number, name }
}

const said = (more: Record<string, string> = {}) => ({
  customer: customer.number,
  way: 'call',
  direction: 'out',
  at: '2027-03-16T09:30',
  person: '桃夭',
  content: '问到货',
  result: '都收到了',
  ...more,
})
const typed = (more: Record<string, string> = {}): NewRecord => recordForm.parse(said(more))
const formal = { formal: 'on', views: '满意', business: '平稳', needs: '无' }
const correction = ({ way, direction, at, person, content, result, formal, ...rest }: NewRecord, version: number) => {
  const { contactId, nextStep, nextOn, views, business, needs, letting } = rest
  return {
    way,
    direction,
    at,
    person,
    content,
    result,
    formal,
    contactId,
    nextStep,
    nextOn,
    views,
    business,
    needs,
    letting,
    version,
  }
}
const contactedOn = async (id: bigint) =>
  (
    await pool.query<{ c: string | null; m: string | null }>(
      'select contacted_on::text as c, manager_contacted_on::text as m from customer where id = $1',
      [id],
    )
  ).rows[0]!

describe('CUS-19: recording a contact', () => {
  it('CUS-19, VIS-07: from the customer’s page in one form; it stands there, in the history, in the file, with its promise', async () => {
    standAt('2027-03-16 10:00')
    const home = await browser.visit(`/customers/${customer.number}`)
    const to = `/contact-records/new?customer=${customer.number}`
    expect(home.$(`a[href="${to}"]`).first().text()).toContain('记录联系')
    const promise = { promise1: '送样品三件', dueOn1: '2027-03-20' }
    const page = await browser.submit(
      '/contact-records/new',
      { ...said({ nextStep: '再问', nextOn: '2027-03-23' }), ...promise },
      to,
    )
    expect(page.url).toContain(`/customers/${customer.number}`)
    const row = page.$('#contact-records tbody tr').first()
    expect(row.text()).toContain('问到货')
    expect(row.text()).not.toContain('迟登')
    const number = row.find('a').attr('href')!.split('/').at(-1)!
    expect(page.$('#promises').text()).toContain('送样品三件')
    const shown = await browser.visit(`/contact-records/${number}`)
    expect(shown.$('dl').text()).toContain('桃夭')
    expect(shown.$('#promises').text()).toContain('送样品三件')
    const history = await browser.visit(`/customers/${customer.number}/history?kind=contact_records`)
    expect(history.$('main').text()).toContain('登记联系')
    expect(history.$('main').text()).toContain('问到货')
    expect(history.$(`a[href="/contact-records/${number}"]`).length).toBeGreaterThan(0)
    const printed = await browser.visit(`/customers/${customer.number}/print`)
    if (printed.status === 200) expect(printed.$('body').text()).toContain('问到货')
  })

  it('CUS-19: what is typed badly comes back whole, with every reason by its field', async () => {
    standAt('2027-03-16 10:00')
    const bad = { at: '2027-03-16T11:00', person: '', formal: 'on', views: '满意', dueOn1: '2027-03-20' }
    const page = await browser.submit(
      '/contact-records/new',
      said(bad),
      `/contact-records/new?customer=${customer.number}`,
    )
    expect(page.status).toBe(422)
    const errors = page.$('.errors').text()
    for (const rule of ['CUS-19', 'REL-02', 'VIS-07']) expect(errors).toContain(rule)
    for (const name of ['at', 'person', 'business', 'needs', 'promise1'])
      expect(page.$(`.errors a[href="#f-${name}"]`).length, name).toBe(1)
    expect(page.$('#f-content').text()).toContain('问到货')
    expect(page.$('#f-views').text()).toContain('满意')
    expect(page.$('[name=customer]').attr('value')).toBe(customer.number)
  })

  it('CUS-19: late from the close of the next working day, to the minute; it is kept and marked', async () => {
    const actor = await actorOf(sales)
    const late = async (now: string, more: Record<string, string> = {}) => {
      const number = await recordContact(actor, typed(more), at(now))
      return (await recordFor(actor, number)).late
    }
    expect(await late('2027-03-17 17:30')).toBe(false)
    expect(await late('2027-03-17 17:31')).toBe(true)
    // REL-02: a daily round the same day.
    expect(await late('2027-03-16 23:59', { way: 'round' })).toBe(false)
    expect(await late('2027-03-17 00:01', { way: 'round' })).toBe(true)
  })

  it('PPL-01: of another’s customer nobody writes, and nobody reads; front desk and head of the department do', async () => {
    const other = await make.staff([{ role: 'sales', department: '城西营业部' }])
    const stranger = await actorOf(other)
    expect(String(await refusalOf(recordContact(stranger, typed(), at('2027-03-16 10:00'))))).toContain(
      'contactRecords:refused.customer',
    )
    const number = await recordContact(await actorOf(sales), typed(), at('2027-03-16 10:00'))
    await expect(recordFor(stranger, number)).rejects.toBeInstanceOf(NotFound)
    const list = async (person: Person) =>
      (
        await recordsFor(await actorOf(person), recordListQuery.parse({ tab: 'all', customer: customer.number }))
      ).rows.map((row) => row.number)
    expect(await list(other)).toEqual([])
    expect(await list(sales)).toContain(number)
    expect(await list(cast.general_manager)).toContain(number)
  })

  it('CUS-19: the list is narrowed by way, formal, late, month and words', async () => {
    const actor = await actorOf(sales)
    const number = await recordContact(
      actor,
      typed({ ...formal, way: 'meeting', content: '广寒宫检修安排' }),
      at('2027-03-16 10:00'),
    )
    const found = async (more: object) =>
      (await recordsFor(actor, recordListQuery.parse(more))).rows.map((row) => row.number)
    for (const more of [
      { way: 'meeting' },
      { formal: 'yes' },
      { late: 'no' },
      { month: '2027-03' },
      { q: '检修' },
      { q: number },
      { q: customer.name.slice(0, 4) },
    ])
      expect(await found(more), JSON.stringify(more)).toContain(number)
    for (const more of [{ way: 'call' }, { formal: 'no' }, { late: 'yes' }, { month: '2027-02' }, { q: '没有这句' }])
      expect(await found(more), JSON.stringify(more)).not.toContain(number)
    const response = await browser.agent
      .get('/contact-records.xlsx?q=检修')
      .set('Host', browser.host)
      .buffer()
      .parse(asBytes)
    expect(response.status).toBe(200)
  })

  it('CUS-19: goes with its customer into the list of who looks after it next, and is found by its new name', async () => {
    const given = await aCustomer()
    const next = await make.staff([{ role: 'sales', department: '城西营业部' }])
    const number = await recordContact(await actorOf(sales), typed({ customer: given.number }), at('2027-03-16 10:00'))
    const found = async (q = '') =>
      (await recordsFor(await actorOf(next), recordListQuery.parse({ tab: 'all', q }))).rows.map((row) => row.number)
    expect(await found()).not.toContain(number)
    await writer.customer.update({ where: { id: given.id }, data: { ownerId: next.id } })
    expect(await found()).toContain(number)
    const { grams, text: searchText } = searchable([{ text: '鹦鹉洲灯笼铺', as: 'company' }])
    await writer.customer.update({ where: { id: given.id }, data: { name: '鹦鹉洲灯笼铺', grams, searchText } })
    expect(await found('灯笼')).toEqual([number])
    expect(await found(given.name.slice(2, 8))).toEqual([])
  })
})

const asBytes = (response: unknown, done: (error: Error | null, body: Buffer) => void) => {
  const parts: Buffer[] = []
  const stream = response as NodeJS.ReadableStream
  stream.on('data', (part: Buffer) => parts.push(part))
  stream.on('end', () => done(null, Buffer.concat(parts)))
}

describe('REL-01, REL-02: formal contacts', () => {
  it('REL-01: count for coverage, a manager’s also as such; others do not; a correction takes it back', async () => {
    const about = await aCustomer('A')
    const actor = await actorOf(sales)
    const at1 = at('2027-03-16 10:00')
    await recordContact(actor, typed({ customer: about.number }), at1)
    expect(await contactedOn(about.id)).toEqual({ c: null, m: null })
    const number = await recordContact(actor, typed({ ...formal, customer: about.number }), at1)
    expect(await contactedOn(about.id)).toEqual({ c: '2027-03-16', m: null })
    await recordContact(
      await actorOf(cast.general_manager),
      typed({ ...formal, customer: about.number, at: '2027-03-10T09:00' }),
      at1,
    )
    expect(await contactedOn(about.id)).toEqual({ c: '2027-03-16', m: '2027-03-10' })
    const record = await recordFor(actor, number)
    await correctRecord(actor, record.id, correction(typed(), record.version), at1)
    expect(await contactedOn(about.id)).toEqual({ c: '2027-03-10', m: '2027-03-10' })
  })

  it('CUS-19: one corrects one’s own, with both versions in the trail; two windows meet at the conflict screen', async () => {
    standAt('2027-03-16 10:00')
    const actor = await actorOf(sales)
    const number = await recordContact(actor, typed(), at('2027-03-16 10:00'))
    const url = `/contact-records/${number}/correction`
    const form = await browser.fieldsOf(url)
    expect(form).toMatchObject({ content: '问到货', person: '桃夭', at: '2027-03-16T09:30', version: '1' })
    const saved = await browser.submit(url, { content: '问到货和账目' })
    expect(saved.$('main').text()).toContain('问到货和账目')
    const answer = await browser.post(url, { ...form, content: '问到货和价格' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('问到货和账目')
    expect(answer.text).toContain('问到货和价格')
    const again = await browser.post(url, { ...form, version: '2', content: '问到货和价格' })
    expect(again.status).toBe(303)
    const history = await browser.visit(`/customers/${customer.number}/history?kind=contact_records`)
    expect(history.$('main').text()).toContain('问到货 → 问到货和账目')
    const general = await actorOf(cast.general_manager)
    const { id } = await recordFor(general, number)
    await expect(correctRecord(general, id, correction(typed(), 3), at('2027-03-16 10:00'))).rejects.toBeInstanceOf(
      Forbidden,
    )
  })
})

describe('REL-01: the month’s contact record', () => {
  it('REL-01: starts a clock for each sales person, is filed once, and shows what came after', async () => {
    standAt('2027-03-16 10:00')
    const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
    const actor = await actorOf(person)
    const { number } = await make.customer({ ownerId: person.id })
    await recordContact(actor, typed({ customer: number, way: 'round', content: '巡访听到的' }), at('2027-03-16 10:00'))
    await startMonthClocks(at('2027-03-16 08:25'))
    const clock = () =>
      db.deadline.findFirstOrThrow({
        where: { kind: 'relation.month', subject: `contact_month_of:${person.id}:2027-03` },
      })
    const due = (await clock()).dueAt
    expect(due).toEqual(at('2027-03-31 17:30'))
    const own = await signIn(person)
    const page = await own.submit('/contact-records/month/filing', {}, '/contact-records/month?of=2027-03')
    expect(page.$('.callout').text()).toContain('2027-03-16 10:00 归档')
    expect(page.$('form[action="/contact-records/month/filing"]')).toHaveLength(0)
    expect((await clock()).metAt).not.toBeNull()
    expect(String(await refusalOf(fileMonth(actor, '2027-03', at('2027-03-16 10:05'))))).toContain('refused.already')
    expect(String(await refusalOf(fileMonth(actor, '2027-04', at('2027-03-16 10:05'))))).toContain('refused.notBegun')
    await recordContact(actor, typed({ customer: number, content: '后来补的' }), at('2027-03-16 10:04'))
    standAt('2027-03-16 10:06')
    const after = await own.visit('/contact-records/month?of=2027-03')
    expect(after.$('main').text()).toContain('归档后补记')
    expect(after.$('.figures').text()).toContain('联系记录1')
    const pdf = await own.agent
      .get('/contact-records/month.pdf?of=2027-03')
      .set('Host', own.host)
      .buffer()
      .parse(asBytes)
    const text = textOf(pdf.body as Buffer)
    expect(text).toContain('巡访听到的')
    expect(text).toContain('归档后补记')
    expect(text).toContain('部门负责人')
    const sheet = await own.agent
      .get('/contact-records/month.xlsx?of=2027-03')
      .set('Host', own.host)
      .buffer()
      .parse(asBytes)
    expect(sheet.status).toBe(200)
    expect((sheet.body as Buffer).length).toBeGreaterThan(500)
  })

  it('REL-01: after the last close it is late and marked; the head sees who has filed and opens it, a stranger does not', async () => {
    const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
    expect(await fileMonth(await actorOf(person), '2027-01', at('2027-01-29 17:30'))).toBe(false)
    const tardy = await make.staff([{ role: 'sales', department: '城东营业部' }])
    expect(await fileMonth(await actorOf(tardy), '2027-01', at('2027-02-01 08:31'))).toBe(true)
    await pool.query(
      `update staff set department_id = (select id from department where name = '城东营业部') where id = any($1)`,
      [[person.id, tardy.id]],
    )
    standAt('2027-02-02 10:00')
    const head = await signIn(cast.dept_head)
    const page = await head.visit('/contact-records/month?of=2027-01')
    const row = page.$(`#others a[href$="who=${tardy.number}"]`).closest('tr')
    expect(page.$('#others').text()).toContain('未归档')
    expect(row.text()).toContain('迟交')
    const opened = await head.visit(row.find('a').attr('href')!)
    expect(opened.$('.page-head').text()).toContain(tardy.name)
    standAt('2027-03-16 10:00')
    const other = await browser.visit(`/contact-records/month?of=2027-01&who=${tardy.number}`)
    expect(other.status).toBe(404)
  })
})
