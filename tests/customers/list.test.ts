import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { listAddress, readSearch, searchOf } from '../../src/customers/list/address.ts'
import { listQuery, sorts } from '../../src/customers/list/forms.ts'
import { listColumns } from '../../src/customers/list/listed-columns.ts'
import { countsOf, customersFor, findCustomers, neighboursOf } from '../../src/customers/list/queries.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { pool } from '../../src/db.ts'
import { NotFound } from '../../src/lib/refused.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { asked, makeMany } from './listed.ts'

let director: Actor
let desk: Actor
let many: string
let some: string
beforeAll(async () => {
  const cast = await theCast()
  director = await actorOf(cast.sales_director)
  desk = await actorOf(cast.front_desk)
  many = await makeMany('千灯部', 1100)
  some = await makeMany('百灯部', 110)
})

const numbersOf = ({ rows }: { rows: { number: string }[] }) => rows.map(({ number }) => number)
const oracleOrder = {
  newest: 'id desc',
  oldest: 'id',
  name: 'pinyin, id',
  name_reversed: 'pinyin desc, id desc',
  changed: 'updated_at desc, id desc',
}

async function oracle(where: string, order: string): Promise<string[]> {
  const { rows } = await pool.query<{ number: string }>(
    `select number from customer where withdrawn_at is null and ${where} order by ${order}`,
  )
  return rows.map(({ number }) => number)
}

async function walk(search: string, way: 'after' | 'before', start?: string): Promise<string[][]> {
  const pages: string[][] = []
  for (let mark = start; ;) {
    const list = await customersFor(director, { ...asked(search), ...(mark ? { [way]: mark } : {}) })
    pages.push(numbersOf(list))
    if (way === 'after' ? !list.later : !list.earlier) return pages
    mark = way === 'after' ? list.rows.at(-1)!.number : list.rows[0]!.number
  }
}

describe.each([
  ['where an index is walked', () => many, ''],
  ['where the matches are held', () => some, ''],
  ['between two days', () => many, '&from=2026-01-05&to=2026-01-20'],
])('CUS-14: the list in pages, %s', (_what, department, more) => {
  it.each(sorts)('by %s: the whole list exactly once, forwards and back', { timeout: 60_000 }, async (sort) => {
    const search = `department=${department()}&sort=${sort}${more}`
    const days = more ? ` and created_at >= '2026-01-05 00:00+08' and created_at < '2026-01-21 00:00+08'` : ''
    const moment = more && (sort === 'newest' || sort === 'oldest')
    const order = moment
      ? oracleOrder[sort].replace('id', sort === 'newest' ? 'created_at desc, id' : 'created_at, id')
      : oracleOrder[sort]
    const all = await oracle(`department_id = ${department()}${days}`, order)
    expect(all.length).toBeGreaterThan(90)
    const forwards = await walk(search, 'after')
    expect(forwards.flat()).toEqual(all)
    const back = await walk(search, 'before', forwards.at(-1)![0])
    expect(back.toReversed().flat()).toEqual(all.slice(0, all.indexOf(forwards.at(-1)![0]!)))
  })
})

describe('CUS-14: filters', () => {
  const values: Record<string, string[]> = {
    kind: ['organisation', 'person'],
    relation: ['business', 'cooperating'],
    life: ['potential', 'signed', 'in_service', 'lapsed', 'lost', 'void'],
    source: ['walk_in', 'event', 'online', 'referral', 'visit', 'advertising'],
    province: ['浙江省', '江苏省', '福建省', '广东省'],
    city: ['杭州市', '宁波市', '南京市', '厦门市'],
  }
  const filter = fc.record(
    Object.fromEntries(Object.entries(values).map(([name, some]) => [name, fc.constantFrom(...some)])),
    { requiredKeys: [] },
  )

  it('together list what SQL, asked plainly, lists', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(filter, fc.constantFrom(...sorts), async (conditions, sort) => {
        const where = Object.entries(conditions).map(([name, value]) => `${name} = '${value}'`)
        const all = await oracle([`department_id = ${many}`, ...where].join(' and '), oracleOrder[sort])
        const list = await customersFor(director, asked({ ...conditions, department: many, sort }))
        expect(numbersOf(list)).toEqual(all.slice(0, 25))
        expect(list.count).toBe(Math.min(all.length, 1001))
        expect(list.later).toBe(all.length > 25)
      }),
      { numRuns: 60 },
    )
  })

  it('by place take in what lies below; by owner, mine, nobody’s and somebody’s', async () => {
    const own = await make.customer({ ownerId: director.id, department: '城东营业部' })
    const free = await make.customer({ department: '城东营业部' })
    const { rows } = await pool.query<{ id: string }>(`select id from department where name = '销售中心'`)
    const below = { department: rows[0]!.id, sort: 'newest' }
    expect(numbersOf(await customersFor(director, asked(below)))).toEqual(
      expect.arrayContaining([own.number, free.number]),
    )
    for (const owner of ['mine', director.number]) {
      const mine = numbersOf(await customersFor(director, asked({ owner })))
      expect(mine).toContain(own.number)
      expect(mine).not.toContain(free.number)
    }
    expect(numbersOf(await customersFor(director, asked({ owner: 'none' })))).toContain(free.number)
    expect((await customersFor(director, asked({ owner: 'Z99999' }))).count).toBe(0)
    expect((await customersFor(director, asked({ department: '999999999' }))).count).toBe(0)
  })

  it('count to 1,000 and no further', async () => {
    expect((await customersFor(director, asked({ department: many }))).count).toBe(1001)
    expect(await countsOf(director, [asked({ department: many }), asked({ department: some })])).toEqual([1001, 110])
  })

  it.each([
    'kind=company',
    'life=dead',
    'sort=id',
    'owner=%27',
    'department=x',
    'province=Zhejiang',
    'import=1',
    'from=2026-02-30',
    'from=yesterday',
    'cols=number.password',
    'after=1',
    `q=${'长'.repeat(101)}`,
  ])('%s is no list', (search) => {
    expect(listQuery.safeParse(Object.fromEntries(new URLSearchParams(search))).success).toBe(false)
  })

  it('an address written anew reads as the same list', () => {
    const search = fc.record(
      { q: fc.string({ maxLength: 20 }), sort: fc.constantFrom(...sorts), cols: fc.shuffledSubarray([...listColumns]) },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(filter, search, (conditions, { q, sort, cols }) => {
        const values = { ...conditions, ...(q ? { q } : {}), ...(sort ? { sort } : {}) }
        fc.pre(q === undefined || (q.isWellFormed() && !q.includes('\0')))
        const query = asked({ ...values, ...(cols ? { cols: ['name', ...cols].join('.') } : {}) })
        expect(readSearch(searchOf(query))).toEqual(query)
        expect(listAddress(query)).toMatch(/^\/customers(?:\?|$)/)
      }),
    )
  })

  it('boxes of the menu mean columns, none of them the name alone', () => {
    expect(asked({ boxes: 'on', 'col-phone': 'on', 'col-kind': 'on' }).cols).toEqual(['kind', 'phone'])
    expect(asked({ boxes: 'on' }).cols).toEqual([])
    expect(asked({}).cols).toContain('life')
  })
})

describe('CUS-14: before and after in the list', () => {
  it.each(sorts)('by %s: the next of each is the one whose previous it is', async (sort) => {
    const query = asked({ department: some, sort })
    const all = await oracle(`department_id = ${some}`, oracleOrder[sort])
    for (const at of [0, 1, 54, 109]) {
      const { previous, next } = await neighboursOf(director, query, all[at]!)
      expect([previous?.number, next?.number]).toEqual([all[at - 1], all[at + 1]])
    }
  })
})

describe('PPL-01: scope', () => {
  it('lists, search, counts and records show the same customers to a person', async () => {
    const [inside, outside] = [
      await make.customer({ department: '城东营业部' }),
      await make.customer({ department: '城西营业部' }),
    ]
    const listed = numbersOf(await customersFor(desk, asked()))
    expect(listed).toContain(inside.number)
    expect(listed).not.toContain(outside.number)
    expect((await findCustomers(desk, outside.name, 50)).rows).toEqual([])
    await expect(customerFor(desk, outside.number)).rejects.toBeInstanceOf(NotFound)
    expect(await countsOf(desk, [asked({ department: many })])).toEqual([0])
  })

  it('a customer out of sight is no place to go on from: its name cannot be told by paging', async () => {
    const hidden = await make.customer({ department: '城西营业部' }, '阿房宫灯铺')
    const first = await customersFor(desk, asked({ sort: 'name' }))
    const beyond = await customersFor(desk, { ...asked({ sort: 'name' }), after: hidden.number })
    expect(numbersOf(beyond)).toEqual(numbersOf(first))
    expect(await neighboursOf(desk, asked({ sort: 'name' }), hidden.number)).toEqual({ previous: null, next: null })
  })

  it('CUS-15: a customer taken back with its import is nowhere', async () => {
    const { id, number, name } = await make.customer()
    await pool.query('update customer set withdrawn_at = now() where id = $1', [id])
    expect(numbersOf(await customersFor(director, asked()))).not.toContain(number)
    expect((await findCustomers(director, name, 5)).total).toBe(0)
    expect((await customersFor(director, asked({ q: number }))).count).toBe(0)
  })

  it('PRV-02: what is sensitive comes masked', async () => {
    const { rows } = await customersFor(director, asked({ department: some }))
    expect(rows.every(({ phone }) => /^139\*{4}\d{4}$/.test(phone!))).toBe(true)
  })
})

describe('CUS-14: searching', () => {
  it('any middle fragment, initials and number find a customer; wildcards stand for themselves', async () => {
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

  it('more than a thousand hits in pages, and few of them far back', { timeout: 60_000 }, async () => {
    const all = await oracle(`grams @> array['云中']`, 'id desc')
    expect((await walk('q=云中', 'after')).flat()).toEqual(all)
    const far = await oracle(`phone_digits like '%13900000007%'`, 'id desc')
    expect(numbersOf(await customersFor(director, asked({ q: '13900000007' })))).toEqual(far)
  })
})
