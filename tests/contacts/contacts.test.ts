import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { correctCustomer } from '../../src/customers/commands.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { addContact, correctContact, removeContact } from '../../src/contacts/commands.ts'
import type { NewContact } from '../../src/contacts/forms.ts'
import { contactFor, contactsFor } from '../../src/contacts/queries.ts'
import { contactsSection } from '../../src/contacts/section.ts'
import { db } from '../../src/db.ts'
import { Forbidden, NotFound, Refused, Stale } from '../../src/lib/refused.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, make, theCast, known, bySource } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
let director: Actor
let manager: Actor
let desk: Browser

beforeAll(async () => {
  const cast = await theCast()
  director = await actorOf(cast.sales_director)
  manager = await actorOf(cast.general_manager)
  desk = await signIn(await make.staff([{ role: 'front_desk' }]))
})

let serial = 0
const phone = () =>
  `1390${String(process.env.VITEST_POOL_ID ?? 0)
    .padStart(2, '0')
    .slice(-2)}${String(++serial).padStart(5, '0')}`
const input = (more: Partial<NewContact> = {}): NewContact => ({
  name: '鹿鸣野',
  post: null,
  phones: null,
  email: null,
  wechat: null,
  birthCalendar: null,
  birthday: null,
  note: null,
  main: false,
  distinction: null,
  ...more,
})
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) =>
      error instanceof Refused ? error.refusals.map(({ rule, reason, field }) => `${rule} ${reason} ${field}`) : error,
  )
const trailOf = async (id: bigint) =>
  db.auditEntry.findMany({ where: { subject: `customer:${id}`, kind: 'change' }, orderBy: { id: 'asc' } })
const rowsOf = (customerId: bigint) => db.contact.findMany({ where: { customerId }, orderBy: { id: 'asc' } })

describe('adding', () => {
  it('CUS-04: keeps what was typed in its standard form, and the trail tells it', async () => {
    const customer = await make.customer()
    const mobile = phone()
    const contact = input({
      post: '仓储经理',
      phones: `${mobile}、0571-85550123转8001`,
      email: 'Lu.MingYe@Example.com',
      birthCalendar: 'lunar',
      birthday: '1987年闰六月十五',
    })
    await addContact(director, customer.id, contact, now)
    const [row] = await rowsOf(customer.id)
    expect(row).toMatchObject({
      name: '鹿鸣野',
      phones: [mobile, '0571-85550123-8001'],
      email: 'lu.mingye@example.com',
      birthCalendar: 'lunar',
      birthYear: 1987,
      birthMonth: 6,
      birthDay: 15,
      birthLeap: true,
    })
    const [line] = await trailOf(customer.id)
    expect(line).toMatchObject({
      action: 'contact.added',
      after: { name: '鹿鸣野', post: '仓储经理', birthday: '1987-闰6-15', phones: `${mobile}、0571-85550123-8001` },
    })
  })

  it('CUS-14: makes the customer found by the contact’s name and telephone, until it is removed', async () => {
    const customer = await make.customer()
    const mobile = phone()
    await addContact(director, customer.id, input({ name: '霍青阳', phones: mobile }), now)
    const indexed = async () => db.customer.findUniqueOrThrow({ where: { id: customer.id } })
    expect((await indexed()).grams).toEqual(expect.arrayContaining(['霍青', '青阳', 'hq']))
    expect((await indexed()).phoneDigits).toBe(mobile)
    const [row] = await rowsOf(customer.id)
    expect(row!.grams).toContain('青阳')
    expect(row!.phoneDigits).toBe(mobile)
    await removeContact(
      director,
      { customerId: customer.id, contactId: row!.id },
      { reason: '已离职', version: 1 },
      now,
    )
    expect((await indexed()).grams).not.toContain('青阳')
    expect((await indexed()).phoneDigits).toBeNull()
  })

  it.each<[string, Partial<NewContact>, string]>([
    ['a telephone without area code', { phones: '85550123' }, 'CUS-04 customers:refused.phoneAreaCode phones'],
    ['one wrong among several', { phones: '13900000001、1390000' }, 'CUS-04 customers:refused.phoneLength phones'],
    ['an e-mail address without a domain', { email: 'lu@' }, 'CUS-04 customers:refused.emailForm email'],
    ['a name without letters', { name: '…' }, 'CUS-04 contacts:refused.name name'],
    ['two names in one field', { name: '鹿鸣野/白露晞' }, 'CUS-04 contacts:refused.nameJoined name'],
    ['a garbled name', { name: '锟斤拷' }, 'CUS-04 contacts:refused.name name'],
    ['a birthday nobody can read', { birthday: '春天' }, 'CARE-01 contacts:refused.birthForm birthday'],
    ['a day that there is not', { birthday: '2-30' }, 'CARE-01 contacts:refused.birthDate birthday'],
  ])('refuses %s and writes nothing', async (_what, wrong, refusal) => {
    const customer = await make.customer()
    expect(await refusalOf(addContact(director, customer.id, input(wrong), now))).toEqual([refusal])
    expect(await rowsOf(customer.id)).toEqual([])
    expect(await trailOf(customer.id)).toEqual([])
  })

  it('CUS-04: says everything that is wrong at once', async () => {
    const customer = await make.customer()
    const wrong = input({ phones: '12', email: 'x', birthday: '13-1' })
    expect(await refusalOf(addContact(director, customer.id, wrong, now))).toHaveLength(3)
  })

  it('there is one main contact: the new one takes it from the former, and both stand in the trail', async () => {
    const customer = await make.customer()
    await addContact(director, customer.id, input({ main: true }), now)
    await addContact(director, customer.id, input({ name: '白露晞', main: true }), now)
    const rows = await rowsOf(customer.id)
    expect(rows.map(({ main }) => main)).toEqual([false, true])
    const lines = await trailOf(customer.id)
    expect(lines.map(({ action }) => action)).toEqual(['contact.added', 'contact.corrected', 'contact.added'])
    expect(lines[1]).toMatchObject({ before: { main: 'on' }, after: { contact: '鹿鸣野', main: '' } })
  })

  it('is not for who may only look', async () => {
    const customer = await make.customer()
    expect(await refusalOf(addContact(manager, customer.id, input(), now))).toBeInstanceOf(Forbidden)
  })
})

describe('POOL-01: a telephone that another customer has', () => {
  it('is refused without a word on the difference, tells the owner only, and is kept with one', async () => {
    const [one, other] = [await make.customer(), await make.customer({ ownerId: (await theCast()).sales.id })]
    const mobile = phone()
    await addContact(director, other.id, input({ name: '云深处', phones: mobile }), now)
    const twice = input({ phones: `+86 ${mobile}` })
    const error = await addContact(director, one.id, twice, now).catch((thrown: unknown) => thrown)
    expect((error as Refused).refusals).toEqual([
      {
        rule: 'POOL-01',
        reason: 'customers:refused.alikePhone',
        field: 'distinction',
        params: { owner: (await theCast()).sales.name },
      },
    ])
    await addContact(director, one.id, { ...twice, distinction: '代理人，同时服务两家' }, now)
    const [line] = await trailOf(one.id)
    expect(line).toMatchObject({ why: '代理人，同时服务两家', after: { distinction: '代理人，同时服务两家' } })
  })

  it('may stand with two contacts of the same customer, and does not hinder another correction', async () => {
    const [one, other] = [await make.customer(), await make.customer()]
    const mobile = phone()
    await addContact(director, one.id, input({ phones: mobile }), now)
    await addContact(director, one.id, input({ name: '白露晞', phones: mobile }), now)
    await addContact(director, other.id, input({ name: '云深处', phones: mobile, distinction: '同一位代理人' }), now)
    const [row] = await rowsOf(other.id)
    const ids = { customerId: other.id, contactId: row!.id }
    const change = { ...input({ name: '云深处', phones: mobile, post: '代理' }), ...known, version: 1 }
    expect(await refusalOf(correctContact(director, ids, change, now))).toBeNull()
  })

  it('is given to one of ten who add it at the same moment', async () => {
    const customers = await Promise.all(Array.from({ length: 10 }, () => make.customer()))
    const mobile = phone()
    const answers = await Promise.all(
      customers.map(({ id }) => refusalOf(addContact(director, id, input({ phones: mobile }), now))),
    )
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
  })
})

describe('correcting', () => {
  const added = async (more: Partial<NewContact> = {}) => {
    const customer = await make.customer()
    await addContact(director, customer.id, input(more), now)
    const [{ id: contactId } = { id: 0n }] = await rowsOf(customer.id)
    return { ...customer, ids: { customerId: customer.id, contactId } }
  }

  it('PRV-02: what comes back masked is left as it is; only what changed is written', async () => {
    const [first, second] = [phone(), phone()]
    const { id, number, ids } = await added({
      phones: `${first}、${second}`,
      email: 'lu@example.com',
      wechat: 'luming_317',
    })
    const { contact } = await contactFor(director, number, String(ids.contactId))
    expect([contact.phones, contact.email, contact.wechat].flat().join(' ')).not.toMatch(/lu@|luming_|1390/)
    const third = phone()
    const masked = { email: contact.email, wechat: contact.wechat, ...known, version: 1 }
    await correctContact(director, ids, { ...input({ phones: `${third}、${contact.phones[1]}` }), ...masked }, now)
    const [row] = await rowsOf(id)
    expect(row).toMatchObject({ phones: [third, second], email: 'lu@example.com', wechat: 'luming_317', version: 2 })
    const line = (await trailOf(id)).at(-1)!
    expect(line).toMatchObject({
      action: 'contact.corrected',
      before: { phones: `${first}、${second}`, version: 1 },
      after: { contact: '鹿鸣野', phones: `${third}、${second}`, version: 2 },
    })
    expect(Object.keys(line.after as object)).not.toContain('email')
  })

  it('CUS-06: nothing changed is no correction', async () => {
    const { ids } = await added()
    expect(await refusalOf(correctContact(director, ids, { ...input(), ...known, version: 1 }, now))).toEqual([
      'CUS-06 customers:refused.nothingChanged undefined',
    ])
  })

  it('PRV-02: shows yours, theirs and before of this contact alone, masked', async () => {
    const mobile = phone()
    const { id, ids } = await added({ phones: mobile })
    const customer = await db.customer.findUniqueOrThrow({ where: { id } })
    await correctContact(director, ids, { ...input({ phones: mobile, post: '厂长' }), ...known, version: 1 }, now)
    const another = phone()
    await correctContact(director, ids, { ...input({ phones: another, post: '厂长' }), ...known, version: 2 }, now)
    await addContact(director, id, input({ name: '霍青阳', post: '会计' }), now)
    const late = await correctContact(director, ids, { ...input({ note: '夜班' }), ...known, version: 1 }, now).catch(
      (error: unknown) => error,
    )
    const { conflict } = late as Stale
    expect(late).toBeInstanceOf(Stale)
    expect(conflict).toMatchObject({
      version: 3,
      savedBy: director.name,
      before: { name: '鹿鸣野', post: '' },
      theirs: { name: '鹿鸣野', post: '厂长' },
    })
    expect(JSON.stringify(conflict)).not.toMatch(new RegExp(`${mobile}|${another}`))
    // The customer's own conflicts know nothing of its contacts' names and versions.
    const remark = { remark: '甲', ...known, version: customer.version }
    await correctCustomer(director, id, remark, now)
    const own = await correctCustomer(director, id, { ...remark, remark: '乙' }, now).catch((error: unknown) => error)
    expect(own).toBeInstanceOf(Stale)
    expect((own as Stale).conflict).toMatchObject({ before: { remark: '' }, theirs: { remark: '甲' } })
  })

  it('a contact of another customer, a removed one and none at all are not there', async () => {
    const [one, other] = [await added(), await added()]
    const wrong = { customerId: one.id, contactId: other.ids.contactId }
    expect(await refusalOf(correctContact(director, wrong, { ...input(), ...known, version: 1 }, now))).toBeInstanceOf(
      NotFound,
    )
    await expect(contactFor(director, one.number, String(other.ids.contactId))).rejects.toThrow(NotFound)
    await expect(contactFor(director, one.number, 'x')).rejects.toThrow(NotFound)
    await removeContact(director, one.ids, { reason: '写错了客户', version: 1 }, now)
    await expect(contactFor(director, one.number, String(one.ids.contactId))).rejects.toThrow(NotFound)
    expect((await trailOf(one.id)).at(-1)).toMatchObject({
      action: 'contact.removed',
      before: { name: '鹿鸣野' },
      why: '写错了客户',
    })
  })

  it('a contact that was changed meanwhile is not removed', async () => {
    const { ids } = await added()
    await correctContact(director, ids, { ...input({ post: '厂长' }), ...known, version: 1 }, now)
    expect(await refusalOf(removeContact(director, ids, { reason: '已离职', version: 1 }, now))).toEqual([
      'CUS-06 contacts:refused.changedMeanwhile undefined',
    ])
  })
})

describe('the section of the customer’s page', () => {
  it('PRV-02: is masked, the main one first, and offers only what one may do', async () => {
    const made = await make.customer()
    const mobile = phone()
    await addContact(director, made.id, input({ phones: mobile, birthCalendar: 'lunar', birthday: '8-15' }), now)
    await addContact(director, made.id, input({ name: '白露晞', main: true, birthday: '3-5' }), now)
    const customer = await customerFor(director, made.number)
    const section = contactsSection(director, customer, await contactsFor(director, customer), now)
    expect(section.rows.map(({ name, main }) => [name, main])).toEqual([
      ['白露晞', true],
      ['鹿鸣野', false],
    ])
    expect(section.rows[1]!.phones.text).toBe(`${mobile.slice(0, 3)}****${mobile.slice(-4)}`)
    expect(section.rows.map(({ birthday }) => birthday)).toEqual([
      { text: '3 月 5 日', next: '2027-03-05' },
      { text: '农历八月十五', next: '2027-09-15' },
    ])
    expect(section.add).toBe(`/customers/${made.number}/contacts/new`)
    const looking = contactsSection(manager, customer, await contactsFor(manager, customer), now)
    expect(looking.add).toBeNull()
    expect(looking.rows.map(({ href }) => href)).toEqual([null, null])
  })
})

describe('in the browser', () => {
  const home = async () => {
    const customer = await make.customer()
    return { ...customer, url: `/customers/${customer.number}` }
  }

  it('a contact is added, corrected and removed', async () => {
    const { id, url } = await home()
    const form = await desk.visit(`${url}/contacts/new`)
    expect(form.$('[name=main]').attr('checked')).toBeDefined()
    const mobile = phone()
    const added = await desk.submit(`${url}/contacts/new`, {
      name: '霍青阳',
      phones: mobile,
      birthday: '3-5',
      main: 'on',
    })
    expect([added.status, added.url]).toEqual([200, url])
    expect(added.$('#notice').text()).toContain('霍青阳')
    expect(added.$('#contacts tbody').text()).toContain(`${mobile.slice(0, 3)}****${mobile.slice(-4)}`)
    expect(added.response.text).not.toContain(mobile)
    const [row] = await rowsOf(id)
    const address = `${url}/contacts/${row!.id}`
    const opened = await desk.visit(address)
    expect(opened.$('[name=phones]').val()).toBe(`${mobile.slice(0, 3)}****${mobile.slice(-4)}`)
    expect(opened.$('[name=birthday]').val()).toBe('03-05')
    expect(opened.response.text).not.toContain(mobile)
    const corrected = await desk.submit(address, { post: '总经理', ...bySource })
    expect([corrected.status, corrected.url]).toEqual([200, url])
    expect((await rowsOf(id))[0]).toMatchObject({ post: '总经理', phones: [mobile], main: true, birthMonth: 3 })
    const removed = await desk.submit(`${address}/removal`, { reason: '已离职' })
    expect(removed.url).toBe(url)
    expect((await desk.visit(address)).status).toBe(404)
    const actions = (await trailOf(id)).map(({ action }) => action)
    expect(actions).toEqual(['contact.added', 'contact.corrected', 'contact.removed'])
  })

  it('CUS-04: a refused form keeps what was typed, and names the rule', async () => {
    const { url } = await home()
    const page = await desk.submit(`${url}/contacts/new`, { name: '霍青阳', phones: '85550123', birthday: '腊月卅二' })
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="CUS-04"]').text()).toContain('区号')
    expect(page.$('[name=phones]').val()).toBe('85550123')
    expect(page.$('[name=birthday]').val()).toBe('腊月卅二')
  })

  it('POOL-01: asks how the customers differ, and takes the answer', async () => {
    const [one, other] = [await home(), await home()]
    const mobile = phone()
    await desk.submit(`${other.url}/contacts/new`, { name: '云深处', phones: mobile })
    const refused = await desk.submit(`${one.url}/contacts/new`, { name: '云深处', phones: mobile })
    expect(refused.status).toBe(422)
    expect(refused.$('.errors [data-rule="POOL-01"]').length).toBe(1)
    expect(refused.response.text).not.toContain(other.number)
    expect(refused.response.text).not.toContain(other.name)
    expect(refused.$('[name=distinction]').length).toBe(1)
    const sent = { ...(await desk.fieldsOf(`${one.url}/contacts/new`)), name: '云深处', phones: mobile }
    const answer = await desk.post(`${one.url}/contacts/new`, { ...sent, distinction: '同名不同店' })
    expect(answer.status).toBe(303)
  })

  it('409: somebody saved first', async () => {
    const { id, url } = await home()
    await desk.submit(`${url}/contacts/new`, { name: '霍青阳' })
    const [row] = await rowsOf(id)
    const address = `${url}/contacts/${row!.id}`
    const opened = await desk.fieldsOf(address)
    await desk.submit(address, { post: '总经理', ...bySource })
    const late = await desk.post(address, { ...opened, ...bySource, post: '董事长', note: '夜里不接电话' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('职务')
    expect(late.text).toContain('总经理')
    expect(late.text).toContain('董事长')
  })

  it('PPL-01: who may not correct the customer does not reach the forms', async () => {
    const { id, url } = await home()
    await desk.submit(`${url}/contacts/new`, { name: '霍青阳' })
    const [row] = await rowsOf(id)
    const looker = await signIn((await theCast()).general_manager)
    for (const form of ['new', `${row!.id}`, `${row!.id}/removal`])
      expect((await looker.visit(`${url}/contacts/${form}`)).status).toBe(403)
    const stranger = await signIn(await make.staff([{ role: 'front_desk', department: '城西营业部' }]))
    expect((await stranger.visit(`${url}/contacts/${row!.id}`)).status).toBe(404)
  })
})
