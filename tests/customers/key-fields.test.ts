import '../support/connected.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { correctCustomer, createCustomer } from '../../src/customers/commands.ts'
import { isUscc } from '../../src/customers/codes.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { db, pool } from '../../src/db.ts'
import { cardOf, decide, requestAbout } from '../support/approving.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { bySource, actorOf, factsWith, known, refusalOf, theCast } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
const kind = 'customer.key_fields'
let cast: Cast
let director: Actor
let desk: Actor
let east: bigint

beforeAll(async () => {
  cast = await theCast()
  director = await actorOf(cast.sales_director)
  desk = await actorOf(cast.front_desk)
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

let serial = 0
const unique = () => `${Date.now().toString(36)}${serial++}`.toUpperCase()
function uscc(): string {
  const start = `9133010${String(Date.now()).slice(-10)}`.slice(0, 17)
  return start + [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((check) => isUscc(start + check))!
}

async function confirmed(more: Parameters<typeof factsWith>[0] = {}) {
  const number = await createCustomer(desk, factsWith({ departmentId: east, ...more }), now)
  await pool.query(
    `update customer set standing = 'confirmed', confirmed_at = created_at, confirmed_by_id = $2 where number = $1`,
    [number, director.id],
  )
  await pool.query(
    `update approval_request set state = 'void' where subject = (select 'customer:' || id from customer where number = $1)`,
    [number],
  )
  const customer = await customerFor(desk, number)
  return { ...customer, subject: `customer:${customer.id}` }
}
const rowOf = (id: bigint) => db.customer.findUniqueOrThrow({ where: { id } })
const partsOf = (id: bigint) => db.verification.findMany({ where: { customerId: id }, orderBy: { id: 'asc' } })

describe('CUS-06: key fields of a confirmed customer', () => {
  it('are filed with old and new, not written; the other fields of the form are saved at once', async () => {
    const { id, name, subject } = await confirmed()
    const wanted = `桃源${unique()}号茶行`
    const result = await correctCustomer(
      desk,
      id,
      { name: wanted, noChineseName: false, aliases: '桃源', ...known, version: 1 },
      now,
    )
    const request = await requestAbout(kind, subject)
    expect(result).toEqual({ saved: ['aliases'], asked: { fields: ['name'], number: request.number } })
    expect(request).toMatchObject({ state: 'waiting', filedById: desk.id, customerId: id })
    expect(request.asked).toEqual([{ field: 'name', before: name, after: wanted }])
    expect(await rowOf(id)).toMatchObject({ name, aliases: ['桃源'], version: 2 })
  })

  it('alone change nothing until another one approves; then with decider, applicant, number and way in the trail', async () => {
    const { id, name, subject } = await confirmed()
    const [wanted, code] = [`桃源${unique()}号酒坊`, uscc()]
    await correctCustomer(desk, id, { name: wanted, code, way: 'document', wayNote: '新执照', version: 1 }, now)
    expect(await rowOf(id)).toMatchObject({ name, code: null, version: 1 })
    expect(await partsOf(id)).toEqual([])
    expect(await refusalOf(decide(desk, kind, subject, 'approve', now))).toEqual(['PPL-02 approvals:refused.own'])
    expect(await decide(director, kind, subject, 'approve', now)).toBe('approved')
    expect(await rowOf(id)).toMatchObject({ name: wanted, code, codeKind: 'uscc', version: 2 })
    const { number } = await requestAbout(kind, subject)
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject, action: 'customer.corrected' } })
    expect(line).toMatchObject({ actorId: director.id, why: '新执照', before: { name } })
    expect(line.after).toMatchObject({
      name: wanted,
      approval: number,
      askedBy: desk.name,
      way: 'document',
      version: 2,
    })
    expect(await partsOf(id)).toMatchObject([
      { part: 'identity', way: 'document', note: '新执照', byId: desk.id, at: now },
    ])
    const [found] = (await pool.query('select search_text from customer where id = $1', [id])).rows
    expect(found.search_text).toContain('桃源')
  })

  it('a second change waits for the first; the rest of that form is not saved either, and says so', async () => {
    const { id } = await confirmed()
    await correctCustomer(desk, id, { name: `桃源${unique()}号`, ...known, version: 1 }, now)
    const again = { name: `桃源${unique()}号`, aliases: '桃花', ...known, version: 1 }
    expect(await refusalOf(correctCustomer(desk, id, again, now))).toEqual(['APR-01 approvals:refused.waitingAlready'])
    expect(await rowOf(id)).toMatchObject({ aliases: [], version: 1 })
    await correctCustomer(desk, id, { aliases: '桃花', ...known, version: 1 }, now)
    expect(await rowOf(id)).toMatchObject({ aliases: ['桃花'] })
  })

  it('CUS-03: a wrong name or code is refused when it is asked, and nothing is filed', async () => {
    const { id, subject } = await confirmed()
    const refused = (more: object) => refusalOf(correctCustomer(desk, id, { ...known, version: 1, ...more }, now))
    expect(await refused({ code: '91330106MA00000000' })).toEqual(['CUS-03 customers:refused.codeCheckDigit'])
    expect(await refused({ name: '甲公司/乙公司' })).toEqual(['CUS-03 customers:refused.nameJoined'])
    expect(await db.approvalRequest.count({ where: { kind, subject } })).toBe(0)
  })

  it('POOL-01: one alike is refused when it is asked, and one that came meanwhile when it is approved', async () => {
    const { id, name, subject } = await confirmed()
    const [taken, wanted] = [await confirmed(), `桃源${unique()}号绸庄`]
    const ask = (to: string) => refusalOf(correctCustomer(desk, id, { name: to, ...known, version: 1 }, now))
    expect(await ask(taken.name)).toEqual(['POOL-01 customers:refused.same'])
    expect(await ask(wanted)).toBeNull()
    await createCustomer(director, factsWith({ name: wanted }), now)
    expect(await refusalOf(decide(director, kind, subject, 'approve', now))).toEqual([
      'POOL-01 customers:refused.conflictMeanwhile',
    ])
    expect([(await requestAbout(kind, subject)).state, (await rowOf(id)).name]).toEqual(['waiting', name])
    const card = await cardOf(director, kind, subject, now)
    expect(card.problems.map(({ rule }) => rule)).toEqual(['POOL-01'])
    await decide(director, kind, subject, 'return', now, '与另一家同名，请写明区别')
    const again = { name: wanted, distinction: '两家同名，地址不同', ...known, version: 1 }
    await correctCustomer(desk, id, again, now)
    expect(await decide(director, kind, subject, 'approve', now)).toBe('approved')
    expect((await rowOf(id)).name).toBe(wanted)
  })

  it('APR-02: what was changed meanwhile another way makes the request void', async () => {
    const { id, subject } = await confirmed()
    await correctCustomer(desk, id, { name: `桃源${unique()}号`, ...known, version: 1 }, now)
    const other = `蓬莱${unique()}号`
    await pool.query('update customer set name = $2 where id = $1', [id, other])
    expect(await decide(director, kind, subject, 'approve', now)).toBe('void')
    expect([(await requestAbout(kind, subject)).state, (await rowOf(id)).name]).toEqual(['void', other])
  })

  it('refused or returned: nothing is written', async () => {
    const { id, name, subject } = await confirmed()
    await correctCustomer(desk, id, { name: `桃源${unique()}号`, ...known, version: 1 }, now)
    await decide(director, kind, subject, 'refuse', now, '执照上不是这个名称')
    expect(await rowOf(id)).toMatchObject({ name, version: 1 })
    expect(await partsOf(id)).toEqual([])
  })

  it('of a provisional one they are written at once, as before', async () => {
    const number = await createCustomer(desk, factsWith({ departmentId: east }), now)
    const { id } = await customerFor(desk, number)
    const wanted = `桃源${unique()}号`
    expect(await correctCustomer(desk, id, { name: wanted, ...known, version: 1 }, now)).toMatchObject({ asked: null })
    expect(await rowOf(id)).toMatchObject({ name: wanted, version: 2 })
  })
})

describe('CUS-06: on the pages', () => {
  it('the person is told what was saved and what waits, and the field says what it is to become', async () => {
    const { number } = await confirmed()
    const browser = await signIn(cast.front_desk)
    const form = await browser.visit(`/customers/${number}/identity`)
    expect(form.$('.callout').text()).toContain('要经销售总监批准')
    const wanted = `桃源${unique()}号`
    const page = await browser.submit(`/customers/${number}/identity`, { ...bySource, name: wanted, aliases: '桃源' })
    expect(page.$('.notice').text()).toMatch(/已保存：别名。名称的更正要经批准.*S\d{10}/)
    const pending = page.$('.pending')
    expect(pending.text()).toContain(`待批：${wanted}`)
    expect(pending.find('a').attr('href')).toMatch(/^\/approvals\/S\d{10}$/)
    const other = await (await signIn(cast.auditor)).visit(`/customers/${number}`)
    expect(other.$('.pending').text()).toContain(wanted)
  })

  it('PRV-02: codes stay masked for who decides, and the name for who does not see the customer', async () => {
    const { id, subject } = await confirmed()
    const code = uscc()
    await correctCustomer(desk, id, { code, name: `桃源${unique()}号`, ...known, version: 1 }, now)
    const card = await cardOf(director, kind, subject, now)
    expect(JSON.stringify(card)).not.toContain(code)
    expect(card.asked.map(({ after }) => after).join()).toContain('*')
    const stranger = await cardOf(await actorOf(cast.nobody), kind, subject, now)
    expect(JSON.stringify(stranger)).not.toContain('桃源')
  })
})
