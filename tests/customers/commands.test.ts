import '../support/connected.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { actorFor } from '../../src/access/queries.ts'
import type { Actor } from '../../src/access/actor.ts'
import { assignCustomer, correctCustomer, createCustomer } from '../../src/customers/commands.ts'
import type { NewCustomer } from '../../src/customers/forms.ts'
import { customerFor, customersFor, findCustomers } from '../../src/customers/queries.ts'
import { db } from '../../src/db.ts'
import { Forbidden, NotFound, Refused, Stale } from '../../src/lib/refused.ts'
import { make, theCast } from '../support/make.ts'
import type { Cast } from '../support/cast.ts'

const now = new Date('2026-11-24T06:05:00Z')
let cast: Cast
let director: Actor
let sales: Actor
let desk: Actor

const actorOf = async ({ id }: { id: bigint }) =>
  (await actorFor(String(id), (await db.staff.findUniqueOrThrow({ where: { id } })).epoch, {
    ip: null,
    requestId: null,
  }))!

beforeAll(async () => {
  cast = await theCast()
  director = await actorOf(cast.sales_director)
  sales = await actorOf(cast.sales)
  desk = await actorOf(cast.front_desk)
})

let serial = 0
const trades = ['茶行', '船坞', '书局', '药铺', '琴坊', '纸坊', '冰窖', '果园', '磨坊', '灯铺', '花圃', '瓷窑']
const input = (more: Partial<NewCustomer> = {}): NewCustomer => ({
  kind: 'organisation',
  name: `海市蜃楼${['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'][serial % 10]}${trades[serial++ % 12]}有限公司`,
  code: null,
  phone: null,
  province: null,
  city: null,
  address: null,
  departmentId: null,
  regionId: null,
  distinction: null,
  ...more,
})
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) =>
      error instanceof Refused ? error.refusals.map(({ rule, reason }) => `${rule} ${reason}`) : error,
  )

describe('creating', () => {
  it('CUS-01: numbers count up within the year of the company’s wall clock and are never shared', async () => {
    const numbers = await Promise.all(Array.from({ length: 8 }, () => createCustomer(director, input(), now)))
    expect(new Set(numbers).size).toBe(8)
    expect(numbers.every((number) => /^K2026\d{6}$/.test(number))).toBe(true)
    const newYear = await createCustomer(director, input(), new Date('2026-12-31T16:30:00Z'))
    expect(newYear).toMatch(/^K2027/)
  })

  it('POOL-01: the same name at once from ten desks becomes one customer', async () => {
    const one = input({ name: '蓬莱第七纺织机械厂' })
    const answers = await Promise.all(Array.from({ length: 10 }, () => refusalOf(createCustomer(director, one, now))))
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(answers.filter(Boolean).flat()).toContain('POOL-01 customers:refused.alike')
  })

  it('POOL-01: a namesake is recorded once it is said how it differs, and the trail keeps the words', async () => {
    await createCustomer(director, input({ name: '太虚幻境文化传播有限公司' }), now)
    const number = await createCustomer(
      director,
      input({ name: '太虚幻境文化传播有限公司', distinction: '同名，负责人与地址都不同' }),
      now,
    )
    const { id } = await customerFor(director, number)
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject: `customer:${id}` } })
    expect(line).toMatchObject({ action: 'customer.created', why: '同名，负责人与地址都不同' })
  })

  it('CUS-03: refuses a wrong check digit and joined names, and writes nothing', async () => {
    const before = await db.customer.count()
    expect(await refusalOf(createCustomer(director, input({ code: '91330100MA00000001' }), now))).toEqual([
      expect.stringMatching(/^CUS-03 customers:refused\.code/),
    ])
    expect(await refusalOf(createCustomer(director, input({ name: '桃花渡轴承厂/桃花渡机械厂' }), now))).toEqual([
      'CUS-03 customers:refused.nameJoined',
    ])
    expect(await db.customer.count()).toBe(before)
  })

  it('PPL-01: a salesperson’s new customer is his own; the desk places it inside its department only', async () => {
    const number = await createCustomer(sales, input(), now)
    expect((await customerFor(sales, number)).ownerId).toBe(sales.id)
    const [inside, outside] = await Promise.all([
      db.department.findFirstOrThrow({ where: { name: '城东营业部' } }),
      db.department.findFirstOrThrow({ where: { name: '城西营业部' } }),
    ])
    await createCustomer(desk, input({ departmentId: inside.id }), now)
    expect(await refusalOf(createCustomer(desk, input({ departmentId: outside.id }), now))).toEqual([
      'PPL-01 customers:refused.place',
    ])
    expect(await refusalOf(createCustomer(desk, input(), now))).toEqual(['PPL-01 customers:refused.place'])
  })
})

describe('correcting', () => {
  const corrected = (name: string) => ({ ...input({ name }), version: 1 })
  const facts = ({ kind, name, code, phone, province, city, address }: NewCustomer) => ({
    kind,
    name,
    code,
    phone,
    province,
    city,
    address,
  })

  it('AUD-01: writes old and new of what changed, and nothing else', async () => {
    const number = await createCustomer(director, input({ name: '无何有乡餐饮管理有限公司' }), now)
    const { id } = await customerFor(director, number)
    const change = { ...facts(corrected('无何有乡餐饮管理有限公司')), phone: '0571-85550123', version: 1 }
    await correctCustomer(director, id, change, now)
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject: `customer:${id}` }, orderBy: { id: 'desc' } })
    expect(line).toMatchObject({
      action: 'customer.corrected',
      before: { phone: '', version: 1 },
      after: { phone: '0571-85550123', version: 2 },
    })
  })

  it('shows yours, theirs and before when two people save, over several versions', async () => {
    const number = await createCustomer(director, input({ name: '南柯郡建材有限公司' }), now)
    const { id } = await customerFor(director, number)
    const base = { ...facts(input({ name: '南柯郡建材有限公司' })) }
    await correctCustomer(director, id, { ...base, city: '杭州', version: 1 }, now)
    await correctCustomer(director, id, { ...base, city: '宁波', address: '云外路 18 号', version: 2 }, now)
    const late = await correctCustomer(director, id, { ...base, city: '绍兴', version: 1 }, now).catch(
      (error: unknown) => error,
    )
    expect(late).toBeInstanceOf(Stale)
    expect((late as Stale).conflict).toMatchObject({
      version: 3,
      savedBy: '江问渠',
      before: { city: '', address: '' },
      theirs: { city: '宁波', address: '云外路 18 号' },
    })
  })

  it('one of twenty simultaneous corrections wins, the others are told', async () => {
    const number = await createCustomer(director, input({ name: '槐安国际货运代理有限公司' }), now)
    const { id } = await customerFor(director, number)
    const base = facts(input({ name: '槐安国际货运代理有限公司' }))
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        correctCustomer(director, id, { ...base, address: `云外路 ${n} 号`, version: 1 }, now).then(
          () => 'saved',
          (error: unknown) => (error instanceof Stale ? 'stale' : error),
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'stale')).toHaveLength(19)
  })

  it('PPL-01: who may not correct is stopped in the command itself, not only at the page', async () => {
    const { id } = await make.customer({ department: '城西营业部' })
    const act = correctCustomer(desk, id, { ...facts(input()), version: 1 }, now)
    await expect(act).rejects.toBeInstanceOf(Forbidden)
  })
})

describe('assigning', () => {
  it('PPL-01: gives the customer to owner and place, with names in the trail', async () => {
    const { id, number } = await make.customer()
    const department = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
    await assignCustomer(
      director,
      id,
      { owner: cast.sales.number, departmentId: department.id, regionId: null, version: 1 },
      now,
    )
    expect(await customerFor(sales, number)).toMatchObject({ ownerId: cast.sales.id })
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject: `customer:${id}` }, orderBy: { id: 'desc' } })
    expect(line.after).toMatchObject({ owner: '陆停云', department: '城东营业部' })
  })
})

describe('finding', () => {
  it('CUS-14: any middle fragment, pinyin initials and number find a customer; wildcards stand for themselves', async () => {
    const { number, name } = await make.customer({}, '九色鹿冷链物流有限公司')
    for (const typed of ['色鹿', '鹿', '冷链物', 'jsl', 'jiuse', number, number.slice(0, 9)]) {
      const { rows } = await findCustomers(director, typed, 50)
      expect(
        rows.map((row) => row.name),
        typed,
      ).toContain(name)
    }
    for (const typed of ['%', '_', '\\']) expect((await findCustomers(director, typed, 50)).rows, typed).toEqual([])
  })

  it('PPL-01: lists, search and records show the same customers to a person', async () => {
    const [inside, outside] = [
      await make.customer({ department: '城东营业部' }),
      await make.customer({ department: '城西营业部' }),
    ]
    const query = { q: '', kind: '', held: '', sort: 'newest' } as const
    const listed = (await customersFor(desk, query)).rows.map(({ number }) => number)
    expect(listed).toContain(inside.number)
    expect(listed).not.toContain(outside.number)
    expect((await findCustomers(desk, outside.name, 50)).rows).toEqual([])
    await expect(customerFor(desk, outside.number)).rejects.toBeInstanceOf(NotFound)
  })

  it('pages forwards and back by keyset without losing or repeating a row, by number and by name', async () => {
    for (let n = 0; n < 60; n++) await make.customer({ regionId: null } as never, `翻页书院${n}分号`)
    for (const sort of ['newest', 'name'] as const) {
      const query = { q: '翻页书院', kind: '', held: '', sort } as const
      const first = await customersFor(director, query)
      const second = await customersFor(director, { ...query, after: first.rows.at(-1)!.number })
      const third = await customersFor(director, { ...query, after: second.rows.at(-1)!.number })
      const all = [...first.rows, ...second.rows, ...third.rows].map(({ number }) => number)
      expect(new Set(all).size).toBe(60)
      expect([first.earlier, first.later, third.earlier, third.later]).toEqual([false, true, true, false])
      const back = await customersFor(director, { ...query, before: third.rows[0]!.number })
      expect(back.rows.map(({ number }) => number)).toEqual(second.rows.map(({ number }) => number))
    }
  })
})
