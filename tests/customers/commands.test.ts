import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { correctCustomer, createCustomer, type Correction } from '../../src/customers/commands.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { db } from '../../src/db.ts'
import { Forbidden, Stale } from '../../src/lib/refused.ts'
import { actorOf, factsWith, make, refusalOf, theCast, known } from '../support/make.ts'
import type { Cast } from '../support/cast.ts'

const now = new Date('2026-11-24T06:05:00Z')
let cast: Cast
let director: Actor
let sales: Actor
let desk: Actor

beforeAll(async () => {
  cast = await theCast()
  director = await actorOf(cast.sales_director)
  sales = await actorOf(cast.sales)
  desk = await actorOf(cast.front_desk)
})

describe('creating', () => {
  it('CUS-01: numbers count up within the year of the company’s wall clock and are never shared', async () => {
    const numbers = await Promise.all(Array.from({ length: 8 }, () => createCustomer(director, factsWith(), now)))
    expect(new Set(numbers).size).toBe(8)
    expect(numbers.every((number) => /^K2026\d{6}$/.test(number))).toBe(true)
    const newYear = await createCustomer(director, factsWith(), new Date('2026-12-31T16:30:00Z'))
    expect(newYear).toMatch(/^K2027/)
  })

  it('POOL-01: the same name at once from ten desks becomes one customer', async () => {
    const one = factsWith({ name: '蓬莱第七纺织机械厂' })
    const answers = await Promise.all(Array.from({ length: 10 }, () => refusalOf(createCustomer(director, one, now))))
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(answers.filter(Boolean).flat()).toContain('POOL-01 customers:refused.same')
  })

  it('POOL-01: a namesake is recorded once it is said how it differs, and the trail keeps the words', async () => {
    await createCustomer(director, factsWith({ name: '太虚幻境文化传播有限公司' }), now)
    const number = await createCustomer(
      director,
      factsWith({ name: '太虚幻境文化传播有限公司', distinction: '同名，负责人与地址都不同' }),
      now,
    )
    const { id } = await customerFor(director, number)
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject: `customer:${id}` } })
    expect(line).toMatchObject({ action: 'customer.created', why: '同名，负责人与地址都不同' })
  })

  it('CUS-03: refuses a wrong check digit and joined names, and writes nothing', async () => {
    const before = await db.customer.count()
    expect(await refusalOf(createCustomer(director, factsWith({ code: '91330100MA00000001' }), now))).toEqual([
      expect.stringMatching(/^CUS-03 customers:refused\.code/),
    ])
    expect(await refusalOf(createCustomer(director, factsWith({ name: '桃花渡轴承厂/桃花渡机械厂' }), now))).toEqual([
      'CUS-03 customers:refused.nameJoined',
    ])
    expect(await db.customer.count()).toBe(before)
  })

  it('PPL-01: a salesperson’s new customer is his own; the desk places it inside its department only', async () => {
    const number = await createCustomer(sales, factsWith(), now)
    expect((await customerFor(sales, number)).ownerId).toBe(sales.id)
    const [inside, outside] = await Promise.all([
      db.department.findFirstOrThrow({ where: { name: '城东营业部' } }),
      db.department.findFirstOrThrow({ where: { name: '城西营业部' } }),
    ])
    await createCustomer(desk, factsWith({ departmentId: inside.id }), now)
    expect(await refusalOf(createCustomer(desk, factsWith({ departmentId: outside.id }), now))).toEqual([
      'PPL-01 customers:refused.place',
    ])
    expect(await refusalOf(createCustomer(desk, factsWith(), now))).toEqual(['PPL-01 customers:refused.place'])
  })
})

describe('correcting', () => {
  const reach: Correction = {
    phone: null,
    email: null,
    wechat: null,
    website: null,
    province: null,
    city: null,
    district: null,
    address: '蜃楼路 1 号',
    distinction: null,
    ...known,
    version: 1,
  }

  it('AUD-01: writes old and new of what changed, and nothing else', async () => {
    const number = await createCustomer(director, factsWith({ name: '无何有乡餐饮管理有限公司' }), now)
    const { id } = await customerFor(director, number)
    await correctCustomer(director, id, { ...reach, phone: '0571-85550821' }, now)
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject: `customer:${id}` }, orderBy: { id: 'desc' } })
    expect(line).toMatchObject({
      action: 'customer.corrected',
      before: { phone: '', version: 1 },
      after: { phone: '0571-85550821', version: 2 },
    })
  })

  it('shows yours, theirs and before when two people save, over several versions', async () => {
    const number = await createCustomer(director, factsWith({ name: '南柯郡建材有限公司' }), now)
    const { id } = await customerFor(director, number)
    const zhejiang = { ...reach, province: '浙江省' }
    await correctCustomer(director, id, { ...zhejiang, city: '杭州市', version: 1 }, now)
    await correctCustomer(director, id, { ...zhejiang, city: '宁波市', address: '云外路 18 号', version: 2 }, now)
    const late = await correctCustomer(director, id, { ...zhejiang, city: '绍兴市', version: 1 }, now).catch(
      (error: unknown) => error,
    )
    expect(late).toBeInstanceOf(Stale)
    expect((late as Stale).conflict).toMatchObject({
      version: 3,
      savedBy: '江问渠',
      before: { province: '', city: '', address: '蜃楼路 1 号' },
      theirs: { province: '浙江省', city: '宁波市', address: '云外路 18 号' },
    })
  })

  it('one of twenty simultaneous corrections wins, the others are told', async () => {
    const number = await createCustomer(director, factsWith({ name: '槐安国际货运代理有限公司' }), now)
    const { id } = await customerFor(director, number)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        correctCustomer(director, id, { ...reach, address: `云外路 ${n} 号` }, now).then(
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
    const act = correctCustomer(desk, id, reach, now)
    await expect(act).rejects.toBeInstanceOf(Forbidden)
  })
})
