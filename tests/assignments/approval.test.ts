import '../support/connected.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { assignCustomer, assignCustomers } from '../../src/assignments/commands.ts'
import { moveForHandover } from '../../src/assignments/handing.ts'
import { batchFor } from '../../src/assignments/queries.ts'
import { undoAssignment } from '../../src/assignments/undo.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { cardOf, decide, requestAbout } from '../support/approving.ts'
import { signIn } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'

const now = new Date('2026-11-24T06:05:00Z')
const kind = 'customer.assignment'
let cast: Cast
let director: Actor
let head: Actor
let east: bigint

beforeAll(async () => {
  cast = await theCast()
  director = await actorOf(cast.sales_director)
  head = await actorOf(cast.dept_head)
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

async function confirmed(ownerId: bigint | null = cast.dept_head.id) {
  const { id, number } = await make.customer({ ownerId, department: '城东营业部' })
  await pool.query(
    `update customer set standing = 'confirmed', confirmed_at = created_at, confirmed_by_id = created_by_id where id = $1`,
    [id],
  )
  return { id, number, subject: `customer:${id}` }
}
const to = (owner: string | null, version = 1) => ({
  owner,
  departmentId: east,
  regionId: null,
  version,
  reason: '换人服务',
})
const ownerOf = async (id: bigint) => (await db.customer.findUniqueOrThrow({ where: { id } })).ownerId
const linesOf = (subject: string) => db.auditEntry.findMany({ where: { subject, action: 'customer.assigned' } })

describe('CUS-06: a confirmed customer changes hands', () => {
  it('by approval: asked with old and new, given with decider, applicant and number; the new owner is told', async () => {
    const { id, subject, number } = await confirmed()
    const filed = await assignCustomer(head, id, to(cast.sales.number), now)
    expect(await ownerOf(id)).toBe(cast.dept_head.id)
    const request = await requestAbout(kind, subject)
    expect(request).toMatchObject({ number: filed!.number, state: 'waiting', reason: '换人服务' })
    expect(request.asked).toEqual([{ field: 'owner', before: cast.dept_head.name, after: cast.sales.name }])
    expect(await linesOf(subject)).toEqual([])
    expect(await decide(director, kind, subject, 'approve', now)).toBe('approved')
    expect(await ownerOf(id)).toBe(cast.sales.id)
    expect(await linesOf(subject)).toMatchObject([
      { actorId: director.id, why: '换人服务', after: { approval: request.number, askedBy: head.name, version: 2 } },
    ])
    const told = await db.notice.findFirst({
      where: { staffId: cast.sales.id, kind: 'customer.assigned', href: `/customers/${number}` },
    })
    expect(told).not.toBeNull()
    expect(await refusalOf(undoAssignment(director, id, now))).toEqual(['CUS-06 assignments:refused.undoApproved'])
  })

  it('PPL-02: neither the applicant nor the new owner decides', async () => {
    const both = await make.staff([{ role: 'sales_director' }, { role: 'sales' }])
    const { id, subject } = await confirmed()
    await assignCustomer(director, id, to(both.number), now)
    for (const who of [director, await actorOf(both)])
      expect(await refusalOf(decide(who, kind, subject, 'approve', now))).toEqual(['PPL-02 approvals:refused.own'])
    await pool.query('delete from role_grant where staff_id = $1', [both.id])
    expect(await ownerOf(id)).toBe(cast.dept_head.id)
  })

  it('at once: without an owner, provisional, or another place alone', async () => {
    const [free, provisional] = [await confirmed(null), await make.customer({ ownerId: cast.dept_head.id })]
    expect(await assignCustomer(director, free.id, to(cast.sales.number), now)).toBeNull()
    expect(await assignCustomer(director, provisional.id, to(cast.sales.number), now)).toBeNull()
    const placed = await confirmed()
    const elsewhere = { ...to(cast.dept_head.number), departmentId: null }
    expect(await assignCustomer(director, placed.id, elsewhere, now)).toBeNull()
    expect([await ownerOf(free.id), await ownerOf(provisional.id)]).toEqual([cast.sales.id, cast.sales.id])
  })

  it('to the pool, too, needs approval; refused means that nothing happened', async () => {
    const { id, subject } = await confirmed()
    expect(await assignCustomer(head, id, to(null), now)).not.toBeNull()
    await decide(director, kind, subject, 'refuse', now, '客户还在服务期')
    expect(await ownerOf(id)).toBe(cast.dept_head.id)
    expect(await linesOf(subject)).toEqual([])
  })

  it('APR-02: moved meanwhile another way, the request is void', async () => {
    const { id, subject } = await confirmed()
    await assignCustomer(head, id, to(cast.sales.number), now)
    await change(director, async (tx, audit) => {
      const gone = await moveForHandover(
        tx,
        audit,
        director,
        { from: cast.dept_head.id, to: cast.area_manager.id, ids: [id] },
        '交接',
        now,
      )
      expect(gone).toEqual([id])
    })
    expect((await requestAbout(kind, subject)).state).toBe('void')
    expect(await ownerOf(id)).toBe(cast.area_manager.id)
    expect(await linesOf(subject)).toMatchObject([{ why: '交接', after: { owner: cast.area_manager.name } }])
  })

  it('a new owner who has left by then is refused, and the request goes on waiting', async () => {
    const leaver = await make.staff([{ role: 'sales' }])
    const { id, subject } = await confirmed()
    await assignCustomer(head, id, to(leaver.number), now)
    await pool.query(`update staff set state = 'disabled' where id = $1`, [leaver.id])
    expect(await refusalOf(decide(director, kind, subject, 'approve', now))).toEqual([
      'CUS-06 assignments:refused.ownerUnknown',
    ])
    expect((await requestAbout(kind, subject)).state).toBe('waiting')
  })
})

describe('CUS-06: many change hands', () => {
  const keep = { keep: true } as const
  const wish = (all: { number: string }[]) => ({
    owner: { keep: false, value: cast.sales.number } as const,
    departmentId: keep,
    regionId: keep,
    reason: '调整片区',
    picked: all.map(({ number }) => ({ number, version: 1 })),
  })

  it('one request for all that need it, the others at once; who changed since is left out with the reason', async () => {
    const [one, two, moved] = [await confirmed(), await confirmed(), await confirmed()]
    const free = await confirmed(null)
    const batch = await assignCustomers(head, wish([one, two, moved, free]), now)
    const subject = `assignment:${batch}`
    const request = await requestAbout(kind, subject)
    expect(request).toMatchObject({ customerId: null, departmentId: east })
    expect(request.asked).toEqual([{ field: 'owner', before: `${cast.dept_head.name} × 3`, after: cast.sales.name }])
    expect((await batchFor(head, batch)).outcomes.map(({ asked }) => asked)).toEqual([
      request.number,
      request.number,
      request.number,
      undefined,
    ])
    expect([await ownerOf(one.id), await ownerOf(free.id)]).toEqual([cast.dept_head.id, cast.sales.id])
    await pool.query('update customer set owner_id = null where id = $1', [moved.id])
    expect(await decide(director, kind, subject, 'approve', now)).toBe('approved')
    expect([await ownerOf(one.id), await ownerOf(two.id), await ownerOf(moved.id)]).toEqual([
      cast.sales.id,
      cast.sales.id,
      null,
    ])
    expect((await batchFor(head, batch)).asked).toMatchObject({
      state: 'approved',
      outcomes: [
        { number: one.number },
        { number: two.number },
        { number: moved.number, rule: 'APR-02', reason: 'assignments:refused.sinceAsked' },
      ],
    })
    const page = await (await signIn(cast.dept_head)).visit(`/customers/assignment/${batch}`)
    expect(page.$('.lede').text()).toContain('改了 3 户，没有改 1 户')
  })

  it('the list behind it is for whoever may open the request', async () => {
    const all = [await confirmed(), await confirmed()]
    const batch = await assignCustomers(head, wish(all), now)
    const card = await cardOf(director, kind, `assignment:${batch}`, now)
    expect(card.href).toBe(`/customers/assignment/${batch}/asked`)
    const page = await (await signIn(cast.sales_director)).visit(card.href!)
    expect(page.$('tbody tr')).toHaveLength(2)
    expect(page.$('tbody').text()).toContain(cast.sales.name)
    const { number } = await requestAbout(kind, `assignment:${batch}`)
    const sheet = textOf(await printed(cast.sales_director, number))
    for (const one of all) expect(sheet).toContain(one.number)
    const stranger = await signIn(cast.front_desk)
    expect((await stranger.agent.get(card.href!)).status).toBe(404)
    const shown = await (await signIn(cast.dept_head)).visit(`/customers/${all[0]!.number}`)
    expect(shown.$('.pending').length).toBeGreaterThan(0)
  })

  async function printed(person: Person, number: string): Promise<Buffer> {
    const { agent, host } = await signIn(person)
    const { body } = await agent.get(`/approvals/${number}/sheet.pdf`).set('Host', host).buffer(true)
    return body as Buffer
  }

  it('none left as it was asked: the request is void', async () => {
    const one = await confirmed()
    const batch = await assignCustomers(head, wish([one]), now)
    await pool.query('update customer set owner_id = null where id = $1', [one.id])
    expect(await decide(director, kind, `assignment:${batch}`, 'approve', now)).toBe('void')
  })
})
