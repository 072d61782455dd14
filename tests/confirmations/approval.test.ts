import '../support/connected.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { assignCustomer } from '../../src/assignments/commands.ts'
import { askAgain, confirmCustomer } from '../../src/confirmations/commands.ts'
import { fileMissing } from '../../src/confirmations/missing.ts'
import { correctCustomer, createCustomer } from '../../src/customers/commands.ts'
import type { NewCustomer } from '../../src/customers/forms.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { db, pool } from '../../src/db.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { cardOf, decide, requestAbout } from '../support/approving.ts'
import type { Cast } from '../support/cast.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, factsWith, known, make, refusalOf, theCast } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const kind = 'customer.confirmation'
let cast: Cast
let director: Actor
let manager: Actor
let desk: Actor
let east: bigint

beforeAll(async () => {
  cast = await theCast()
  director = await actorOf(cast.sales_director)
  manager = await actorOf(cast.general_manager)
  desk = await actorOf(cast.front_desk)
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

const whole = { creditNote: '月结 30 天', tradeNote: '尚无交易' }
let serial = 0
async function recorded(by: Actor, more: Partial<NewCustomer> = {}) {
  const phone = `1990005${String(Date.now() % 1000).padStart(3, '0')}${serial++ % 10}`
  const who = { kind: 'person', name: `云上${'甲乙丙丁戊己庚辛壬癸'[serial % 10]}君`, phone } as const
  const facts = factsWith({ ...who, departmentId: east, ...whole, distinction: '不是同一人', ...more })
  const customer = await customerFor(by, await createCustomer(by, facts, now))
  return { ...customer, subject: `customer:${customer.id}` }
}
const standingOf = async (id: bigint) => (await db.customer.findUniqueOrThrow({ where: { id } })).standing
const clockOf = (subject: string) => db.deadline.findFirstOrThrow({ where: { subject, kind }, orderBy: { id: 'desc' } })

describe('CUS-05: a request to confirm is filed with the customer', () => {
  it('by its recorder, resting on the file as it is, for the sales director of its place; unclocked', async () => {
    const { subject, id } = await recorded(desk)
    const request = await requestAbout(kind, subject)
    expect(request).toMatchObject({
      filedById: desk.id,
      customerId: id,
      departmentId: east,
      basis: '1',
      expiresAt: null,
    })
    const [step, ...more] = await db.approvalStep.findMany({ where: { requestId: request.id } })
    expect(more).toEqual([])
    expect(step).toMatchObject({ state: 'open', role: 'sales_director', departmentId: east, excluded: [desk.id] })
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject, action: 'customer.created' } })
    expect(line.after).toMatchObject({ approval: request.number })
  })

  it('PPL-02: approving confirms with the request in the trail; not by the recorder, nor past the director', async () => {
    const { subject, id } = await recorded(desk)
    expect(await refusalOf(decide(desk, kind, subject, 'approve', now))).toEqual(['PPL-02 approvals:refused.own'])
    expect(await refusalOf(decide(manager, kind, subject, 'approve', now))).toEqual([
      'APR-01 approvals:refused.notYours',
    ])
    expect(await decide(director, kind, subject, 'approve', later(5))).toBe('approved')
    expect(await standingOf(id)).toBe('confirmed')
    expect((await clockOf(subject)).metAt).toEqual(later(5))
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject, action: 'customer.confirmed' } })
    expect(line).toMatchObject({
      actorId: director.id,
      after: { approval: (await requestAbout(kind, subject)).number },
    })
    expect(await refusalOf(confirmCustomer(director, id, 2, now))).toEqual([
      'CUS-05 customers:refused.confirmedAlready',
    ])
  })

  it('CUS-04: an incomplete file is refused with what it lacks, and the request goes on waiting', async () => {
    const { subject, id } = await recorded(desk, { creditNote: null })
    expect(await refusalOf(decide(director, kind, subject, 'approve', now))).toEqual([
      'CUS-04 customers:refused.confirmCredit',
    ])
    expect([(await requestAbout(kind, subject)).state, await standingOf(id)]).toEqual(['waiting', 'provisional'])
    const steps = await db.approvalStep.findMany({ where: { request: { subject } }, select: { state: true } })
    expect(steps).toEqual([{ state: 'open' }])
  })

  it('APR-02: a correction is taken in; who decides on what was before is told, and then decides on what is', async () => {
    const { subject, id } = await recorded(desk)
    const before = await requestAbout(kind, subject)
    await correctCustomer(desk, id, { remark: '要发票', ...known, version: 1 }, now)
    const after = await requestAbout(kind, subject)
    expect(after).toMatchObject({ number: before.number, state: 'waiting', basis: '2', version: before.version + 1 })
    expect(await refusalOf(confirmCustomer(director, id, 1, now))).toEqual([
      'CUS-05 customers:refused.changedMeanwhile',
    ])
    await confirmCustomer(director, id, 2, now)
    expect(await standingOf(id)).toBe('confirmed')
  })

  it('PPL-01: a customer that goes to another place is confirmed by who signs there', async () => {
    const place = await make.staff([{ role: 'sales_director', department: '城西营业部' }])
    const west = (await db.department.findFirstOrThrow({ where: { name: '城西营业部' } })).id
    const { subject, id } = await recorded(desk)
    const there = await actorOf(place)
    expect(await refusalOf(decide(there, kind, subject, 'approve', now))).toEqual(['APR-01 approvals:refused.notYours'])
    await assignCustomer(director, id, { owner: null, departmentId: west, regionId: null, version: 1 }, now)
    expect(await decide(there, kind, subject, 'approve', now)).toBe('approved')
    expect(await standingOf(id)).toBe('confirmed')
    await pool.query('delete from role_grant where staff_id = $1', [place.id])
  })
})

describe('CUS-05: sent back, refused, asked again', () => {
  it('returned: stays provisional, the clock rests, the recorder is told and asks again, following it', async () => {
    const { subject, id, number } = await recorded(desk)
    await decide(director, kind, subject, 'return', later(1), '信用说明写的是别家的')
    const returned = await requestAbout(kind, subject)
    expect([returned.state, await standingOf(id)]).toEqual(['returned', 'provisional'])
    expect((await clockOf(subject)).pausedAt).toEqual(later(1))
    const notice = await db.notice.findFirst({ where: { staffId: desk.id, subject: `approval:${returned.id}` } })
    expect(notice).toMatchObject({ kind: 'approval.decided', href: `/approvals/${returned.number}` })
    expect(JSON.stringify(notice!.params)).not.toContain('别家')
    expect(await refusalOf(confirmCustomer(director, id, 1, now))).toEqual(['CUS-05 confirmations:refused.toAskAgain'])
    const page = await (await signIn(cast.front_desk)).visit(`/customers/${number}`)
    expect(page.$('.why-nots').text()).toContain('信用说明写的是别家的')
    expect(page.$(`form[action="/customers/${number}/confirmation/asking"]`)).toHaveLength(1)
    await askAgain(desk, id, 1, later(8))
    const again = await requestAbout(kind, subject)
    expect(again.state).toBe('waiting')
    expect(await db.approvalRequest.findUniqueOrThrow({ where: { id: again.id } })).toMatchObject({
      followsId: returned.id,
    })
    expect((await clockOf(subject)).pausedAt).toBeNull()
    expect(await decide(director, kind, subject, 'approve', later(9))).toBe('approved')
  })

  it('asked again from its page, the notice names the new request', async () => {
    const { subject, number, id } = await recorded(desk)
    await decide(director, kind, subject, 'refuse', now, '请补电话')
    const browser = await signIn(cast.front_desk)
    const page = await browser.submit(`/customers/${number}/confirmation/asking`, {}, `/customers/${number}`)
    expect(page.$('.notice').text()).toContain((await requestAbout(kind, subject)).number)
    expect((await requestAbout(kind, subject)).state).toBe('waiting')
    expect(await standingOf(id)).toBe('provisional')
  })

  it('refused: stays provisional with the reason, its clock ends; asking again starts it; not twice at once', async () => {
    const { subject, id } = await recorded(desk)
    await decide(director, kind, subject, 'refuse', later(1), '没有这个人')
    expect(await standingOf(id)).toBe('provisional')
    expect((await clockOf(subject)).cancelledAt).toEqual(later(1))
    expect(await refusalOf(askAgain(desk, id, 7, now))).toEqual(['CUS-05 confirmations:refused.changedMeanwhile'])
    await expect(askAgain(manager, id, 1, now)).rejects.toBeInstanceOf(Forbidden)
    await askAgain(desk, id, 1, later(2))
    expect(await clockOf(subject)).toMatchObject({ startedAt: later(2), cancelledAt: null, metAt: null })
    expect(await refusalOf(askAgain(desk, id, 1, later(3)))).toEqual(['APR-01 approvals:refused.waitingAlready'])
  })
})

describe('CUS-05: customers recorded before there were requests', () => {
  async function before() {
    const { id, number } = await make.customer({ department: '城东营业部' })
    await pool.query(
      `update customer set address = '云外路 1 号', credit_note = '尚未了解', trade_note = '尚无交易' where id = $1`,
      [id],
    )
    await pool.query(`insert into contact (customer_id, name) values ($1, '鹿鸣野')`, [id])
    return { id, number, subject: `customer:${id}` }
  }

  it('get theirs in the background, once, for who recorded them; not where people have it in hand', async () => {
    const [one, sentBack] = [await before(), await recorded(desk)]
    await decide(director, kind, sentBack.subject, 'return', now, '请核对电话')
    expect(await fileMissing(now)).toBeGreaterThan(0)
    expect(await fileMissing(now)).toBe(0)
    const { createdById } = await db.customer.findUniqueOrThrow({ where: { id: one.id } })
    expect(await requestAbout(kind, one.subject)).toMatchObject({
      state: 'waiting',
      filedById: createdById,
      basis: '1',
    })
    expect((await requestAbout(kind, sentBack.subject)).state).toBe('returned')
  })

  it('or on the spot, when they are confirmed before that', async () => {
    const { id, subject } = await before()
    await confirmCustomer(director, id, 1, now)
    expect(await standingOf(id)).toBe('confirmed')
    expect((await requestAbout(kind, subject)).state).toBe('approved')
  })
})

describe('APR-03: what the one who decides sees', () => {
  it('who recorded it, what it lacks, whether one alike is there; the name only within the scope', async () => {
    const { subject, number, name } = await recorded(desk, { creditNote: null })
    const card = await cardOf(director, kind, subject, now)
    expect(card.title).toBe(`${name} ${number}`)
    expect(card.href).toBe(`/customers/${number}`)
    expect(card.facts.map(({ value }) => value).join()).toMatch(new RegExp(`${desk.name}.*还缺信用说明.*1 位`))
    expect(card.problems.map(({ rule }) => rule)).toEqual(['CUS-04'])
    const far = await actorOf(await make.staff([{ role: 'sales_director', region: '西区' }]))
    expect(await cardOf(far, kind, subject, now)).toMatchObject({ title: number, href: null })
    await pool.query('delete from role_grant where staff_id = $1', [far.id])
  })
})
