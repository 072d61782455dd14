import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { checksAMinute } from '../../src/customers/alike/limits.ts'
import { createCustomer } from '../../src/customers/commands.ts'
import { pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, factsWith, make, theCast } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
const taken = { name: '九色鹿七洲冷链物流有限公司', code: '91330106MA2AX7HX0D', phone: '19904405151' }
let director: Actor
let desk: Browser
let number: string

beforeAll(async () => {
  const cast = await theCast()
  director = await actorOf(cast.sales_director)
  desk = await signIn(await make.staff([{ role: 'front_desk', department: '城东营业部' }]))
  const { code: _code, ...known } = taken
  number = await createCustomer(director, factsWith({ ...known, address: '云外路 18 号' }), now)
  await pool.query('update customer set owner_id = $1 where number = $2', [cast.sales.id, number])
})

const ask = async (browser: Browser, query: Record<string, string>, at = '/customers/alike') => {
  const page = await browser.visit(`${at}?${new URLSearchParams(query)}`)
  const hit = page.$('[data-alike-hit]')
  return { status: page.status, by: hit.attr('data-alike-hit'), text: hit.text().trim(), page }
}

describe('POOL-01: while a new customer is typed', () => {
  it.each([
    ['the same name', { kind: 'organisation', name: taken.name }, 'name'],
    ['the name in other width and with blanks', { name: '九色鹿七洲　冷链物流 有限公司' }, 'name'],
    ['the same trade name and line of business', { name: '杭州九色鹿七洲冷链物流有限责任公司' }, 'name'],
    ['the same telephone, written otherwise', { name: '另一家', phone: '199 0440 5151' }, 'phone'],
    ['one of several telephones', { phone: '0571-85550123、19904405151' }, 'phone'],
    ['nothing in common', { name: '蓬莱渡口海鲜商行', phone: '19904405152' }, ''],
    ['nothing yet', { kind: 'person', name: '', code: '', phone: '' }, ''],
    ['half a telephone', { phone: '1990440' }, ''],
  ])('%s', async (_what, query, by) => {
    expect(await ask(desk, query)).toMatchObject({ status: 200, by })
  })

  it('a hit says yes, the status and the owner, and nothing else: the desk may not even see that customer', async () => {
    const { text, page } = await ask(desk, { name: '杭州九色鹿七洲冷链物流', phone: taken.phone })
    expect(text).toContain('已有')
    expect(text).toContain('归属 陆停云')
    for (const secret of [taken.name, number, taken.phone, '5151', '云外路'])
      expect(page.$('main').html()).not.toContain(secret)
    expect((await desk.visit(`/customers/${number}`)).status).toBe(404)
  })

  it('the record of the query is not asked: nobody can look for customers by leaving one out', async () => {
    expect(await ask(desk, { name: taken.name, except: number })).toMatchObject({ by: 'name' })
  })

  it('PPL-01: who may not record customers may not ask either', async () => {
    const reader = await signIn(await make.staff([{ role: 'archivist' }]))
    expect((await ask(reader, { name: taken.name })).status).toBe(403)
  })
})

describe('POOL-01: while a customer is corrected', () => {
  let own: string
  let archivist: Browser
  beforeAll(async () => {
    own = await createCustomer(director, factsWith({ name: '桃源里东篱机电有限公司', phone: '19904406161' }), now)
    archivist = await signIn(await make.staff([{ role: 'archivist' }]))
  })
  const at = () => `/customers/${own}/alike`

  it.each<[string, Record<string, string>, string]>([
    ['its own name and masked telephone', { name: '桃源里东篱机电有限公司', phone: '199****6161' }, ''],
    ['its name with another suffix', { name: '桃源里东篱机电有限责任公司' }, ''],
    ['the name of another', { name: taken.name }, 'name'],
    ['the telephone of another', { phone: taken.phone }, 'phone'],
    ['its own, masked, and that of another', { phone: `199****6161、${taken.phone}` }, 'phone'],
    ['the telephone of another for a contact', { contact: taken.phone }, 'phone'],
    ['its own telephone for a contact', { contact: '19904406161' }, ''],
    ['a contact’s telephone half typed', { contact: '1990440' }, ''],
  ])('%s', async (_what, query, by) => {
    expect(await ask(archivist, query, at())).toMatchObject({ status: 200, by })
  })

  it('a customer one cannot see is not there', async () => {
    expect((await ask(desk, { name: taken.name }, at())).status).toBe(404)
  })
})

it('POOL-01: more checks in a minute than anybody types are not answered, and leave nothing in the trail', async () => {
  const person = await make.staff([{ role: 'sales_director' }])
  const browser = await signIn(person)
  const before = await pool.query('select count(*)::int as n from audit_entry where actor_id = $1', [person.id])
  let answered = 0
  for (let at = 0; at < checksAMinute + 3; at++)
    if ((await ask(browser, { name: taken.name })).by === 'name') answered++
  expect(answered).toBe(checksAMinute)
  expect(await ask(browser, { name: taken.name })).toMatchObject({ status: 200, by: 'limit' })
  expect((await ask(browser, { name: taken.name })).text).toContain('查得太多')
  const after = await pool.query('select count(*)::int as n from audit_entry where actor_id = $1', [person.id])
  expect(after.rows).toEqual(before.rows)
  expect(await ask(desk, { name: taken.name })).toMatchObject({ by: 'name' })
})
