import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { assignCustomer, assignCustomers } from '../../src/assignments/commands.ts'
import { batchFor, possibleOwners } from '../../src/assignments/queries.ts'
import { undoAssignment, undoAssignments } from '../../src/assignments/undo.ts'
import { changeLife } from '../../src/customers/life.ts'
import { db, pool } from '../../src/db.ts'
import { startHandover } from '../../src/handovers/commands.ts'
import { Forbidden, NotFound } from '../../src/lib/refused.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
let cast: Cast
let director: Actor
let manager: Actor
let head: Actor
let east: bigint
let west: bigint

beforeAll(async () => {
  cast = await theCast()
  director = await actorOf(cast.sales_director)
  manager = await actorOf(cast.cs_manager)
  head = await actorOf(cast.dept_head)
  const idOf = async (name: string) => (await db.department.findFirstOrThrow({ where: { name } })).id
  east = await idOf('城东营业部')
  west = await idOf('城西营业部')
})

const to = (owner: string | null, departmentId: bigint | null = null, version = 1) => ({
  owner,
  departmentId,
  regionId: null,
  version,
})
const stateOf = (id: bigint) =>
  db.customer.findUniqueOrThrow({
    where: { id },
    select: { ownerId: true, departmentId: true, regionId: true, version: true },
  })
const trailOf = (id: bigint) => db.auditEntry.findMany({ where: { subject: `customer:${id}` }, orderBy: { id: 'asc' } })

describe('one', () => {
  it('PPL-01: gives the customer to owner and place, with names and the reason in the trail', async () => {
    const { id } = await make.customer()
    await assignCustomer(director, id, { ...to(cast.sales.number, east), reason: '由城东营业部服务' }, now)
    expect(await stateOf(id)).toMatchObject({ ownerId: cast.sales.id, departmentId: east, version: 2 })
    const [line] = await trailOf(id)
    expect(line).toMatchObject({ action: 'customer.assigned', why: '由城东营业部服务' })
    expect(line!.after).toMatchObject({ owner: '陆停云', department: '城东营业部', version: 2 })
  })

  it.each(['auditor', 'front_desk', 'nobody'] as const)('CUS-06: a customer cannot be owned by %s', async (role) => {
    const { id } = await make.customer()
    expect(await refusalOf(assignCustomer(director, id, to(cast[role].number), now))).toEqual([
      'CUS-06 assignments:refused.ownerUnknown',
    ])
    expect(await trailOf(id)).toEqual([])
  })

  it('CUS-06: nor by somebody whose account is out of use; who is offered may own', async () => {
    const gone = await make.staff([{ role: 'sales' }])
    await pool.query(`update staff set state = 'disabled' where id = $1`, [gone.id])
    const { id } = await make.customer()
    expect(await refusalOf(assignCustomer(director, id, to(gone.number), now))).toEqual([
      'CUS-06 assignments:refused.ownerUnknown',
    ])
    const offered = (await possibleOwners()).map(({ number }) => number)
    expect(offered).toEqual(
      expect.arrayContaining([cast.sales.number, cast.dept_head.number, cast.area_manager.number]),
    )
    expect(offered).not.toContain(gone.number)
    expect(offered).not.toContain(cast.auditor.number)
  })

  it('PPL-01: a place that is gone, one outside the scope, a version that is old, and nothing new are refused', async () => {
    const { id } = await make.customer({ department: '城东营业部' })
    const refused = (input: ReturnType<typeof to>, actor = head) => refusalOf(assignCustomer(actor, id, input, now))
    expect(await refused(to(null, 999_999_999n))).toEqual(['PPL-01 customers:refused.placeGone'])
    expect(await refused(to(cast.sales.number, west))).toEqual(['PPL-01 customers:refused.place'])
    expect(await refused(to(cast.sales.number, east, 7))).toEqual(['CUS-06 assignments:refused.meanwhile'])
    expect(await refused(to(null, east))).toEqual(['CUS-06 assignments:refused.same'])
    const other = await make.customer({ department: '城西营业部' })
    await expect(assignCustomer(head, other.id, to(null, east), now)).rejects.toBeInstanceOf(Forbidden)
    expect(await trailOf(id)).toEqual([])
  })
})

const keep = { keep: true } as const
const owner = (number: string | null) => ({ keep: false, value: number }) as const
const picked = (customers: { number: string }[], version = 1) => customers.map(({ number }) => ({ number, version }))
const wish = { owner: keep, departmentId: keep, regionId: keep, reason: null }

describe('many', () => {
  it('PPL-01: of ten, one outside the scope and one changed since stay, with the rule; eight go in one step', async () => {
    const eight = await Promise.all(Array.from({ length: 8 }, () => make.customer({ department: '城东营业部' })))
    const forbidden = await make.customer({ department: '城西营业部' })
    const changed = await make.customer({ department: '城东营业部' })
    await pool.query('update customer set version = 2 where id = $1', [changed.id])
    const all = [...eight, forbidden, changed]
    const batch = await assignCustomers(head, { ...wish, owner: owner(cast.sales.number), picked: picked(all) }, now)
    const { outcomes } = await batchFor(head, batch)
    expect(outcomes).toEqual([
      ...eight.map(({ number }) => ({ number })),
      { number: forbidden.number, rule: 'PPL-01', reason: 'assignments:refused.unknown' },
      { number: changed.number, rule: 'CUS-06', reason: 'assignments:refused.meanwhile' },
    ])
    for (const { id } of eight) {
      expect(await stateOf(id)).toMatchObject({ ownerId: cast.sales.id, departmentId: east, version: 2 })
      expect(await trailOf(id)).toMatchObject([{ action: 'customer.assigned', after: { owner: '陆停云', batch } }])
    }
    for (const { id } of [forbidden, changed]) {
      expect((await stateOf(id)).ownerId).toBeNull()
      expect(await trailOf(id)).toEqual([])
    }
  })

  it('CUS-06: an owner who may not own, or nothing to change, refuses all of it', async () => {
    const one = await make.customer()
    const refused = (more: object) =>
      refusalOf(assignCustomers(director, { ...wish, picked: picked([one]), ...more }, now))
    expect(await refused({ owner: owner(cast.auditor.number) })).toEqual(['CUS-06 assignments:refused.ownerUnknown'])
    expect(await refused({})).toEqual(['CUS-06 assignments:refused.nothing'])
    expect(await refused({ departmentId: { keep: false, value: 999_999_999n } })).toEqual([
      'PPL-01 customers:refused.placeGone',
    ])
    expect(await trailOf(one.id)).toEqual([])
  })

  it('what became of it is for whoever did it', async () => {
    const one = await make.customer()
    const batch = await assignCustomers(
      director,
      { ...wish, owner: owner(cast.sales.number), picked: picked([one]) },
      now,
    )
    await expect(batchFor(manager, batch)).rejects.toBeInstanceOf(NotFound)
    await expect(batchFor(director, 'ffffffffffffffff')).rejects.toBeInstanceOf(NotFound)
  })

  it('a thousand at once, in one step', { timeout: 60_000 }, async () => {
    const thousand = await Promise.all(Array.from({ length: 1000 }, () => make.customer()))
    const batch = await assignCustomers(
      director,
      { ...wish, owner: owner(cast.sales.number), picked: picked(thousand) },
      now,
    )
    expect((await batchFor(director, batch)).outcomes.every(({ reason }) => !reason)).toBe(true)
    const { back, left } = await undoAssignments(director, await batchFor(director, batch), later(5))
    expect([back, left]).toEqual([1000, 0])
  })
})

describe('taking back', () => {
  async function assigned(actor = director) {
    const customer = await make.customer({ ownerId: cast.dept_head.id, department: '城东营业部' })
    await assignCustomer(actor, customer.id, to(cast.sales.number, east), now)
    return customer
  }

  it('CUS-06: within the time everything is as before, and the trail says so', async () => {
    const { id } = await assigned()
    await undoAssignment(director, id, later(14))
    expect(await stateOf(id)).toEqual({ ownerId: cast.dept_head.id, departmentId: east, regionId: null, version: 3 })
    const line = (await trailOf(id)).at(-1)!
    expect(line.action).toBe('customer.assignment_undone')
    expect([line.before, line.after]).toMatchObject([{ owner: '陆停云' }, { owner: '沈既白', version: 3 }])
    expect(await refusalOf(undoAssignment(director, id, later(14)))).toEqual(['CUS-06 assignments:refused.undoChanged'])
  })

  it('ACC-02: to nobody who has begun to leave since, of one nor of many', async () => {
    const [leaver, heir] = [await make.staff([{ role: 'sales' }]), await make.staff([{ role: 'sales' }])]
    const own = async () => make.customer({ ownerId: leaver.id, department: '城东营业部' })
    const [one, two] = [await own(), await own()]
    await assignCustomer(director, one.id, to(heir.number, east), now)
    const batch = await assignCustomers(director, { ...wish, owner: owner(heir.number), picked: picked([two]) }, now)
    await startHandover(director, { staff: leaver.number, leavesOn: '2026-11-30' }, now)
    expect(await refusalOf(undoAssignment(director, one.id, later(5)))).toEqual([
      'ACC-02 assignments:refused.ownerLeaving',
    ])
    expect(await refusalOf(undoAssignments(director, await batchFor(director, batch), later(5)))).toEqual([
      'ACC-02 assignments:refused.ownerLeaving',
    ])
    expect([(await stateOf(one.id)).ownerId, (await stateOf(two.id)).ownerId]).toEqual([heir.id, heir.id])
  })

  it('CUS-06: too late, by somebody else, or after another change it is refused', async () => {
    const { id } = await assigned()
    expect(await refusalOf(undoAssignment(director, id, later(16)))).toEqual(['CUS-06 assignments:refused.undoLate'])
    expect(await refusalOf(undoAssignment(manager, id, later(3)))).toEqual(['CUS-06 assignments:refused.undoNotYours'])
    await changeLife(director, id, { act: 'sign', reason: null, version: 2 }, later(4))
    expect(await refusalOf(undoAssignment(director, id, later(5)))).toEqual(['CUS-06 assignments:refused.undoChanged'])
    expect((await stateOf(id)).ownerId).toBe(cast.sales.id)
  })

  it('never assigned, never undone; and not by who may not assign', async () => {
    const { id } = await make.customer({ department: '城西营业部' })
    expect(await refusalOf(undoAssignment(director, id, now))).toEqual(['CUS-06 assignments:refused.undoChanged'])
    await expect(undoAssignment(head, id, now)).rejects.toBeInstanceOf(Forbidden)
  })

  it('fifty at once take it back once', { timeout: 60_000 }, async () => {
    const { id } = await assigned()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => refusalOf(undoAssignment(director, id, later(2)))),
    )
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(new Set(answers.flat())).toEqual(new Set([null, 'CUS-06 assignments:refused.undoChanged']))
    expect(await stateOf(id)).toMatchObject({ ownerId: cast.dept_head.id, version: 3 })
    expect(await trailOf(id)).toHaveLength(2)
  })

  it('of many, those changed since stay as they are', async () => {
    const two = [await make.customer(), await make.customer()]
    const batch = await assignCustomers(
      director,
      { ...wish, owner: owner(cast.sales.number), picked: picked(two) },
      now,
    )
    await changeLife(director, two[0]!.id, { act: 'sign', reason: null, version: 2 }, later(2))
    expect(await undoAssignments(director, await batchFor(director, batch), later(3))).toEqual({ back: 1, left: 1 })
    expect((await stateOf(two[0]!.id)).ownerId).toBe(cast.sales.id)
    expect((await stateOf(two[1]!.id)).ownerId).toBeNull()
    expect((await batchFor(director, batch)).undone?.numbers).toEqual([two[1]!.number])
    expect(await refusalOf(undoAssignments(director, await batchFor(director, batch), later(4)))).toEqual([
      'CUS-06 assignments:refused.undoChanged',
    ])
  })

  it('of many, too late is too late', async () => {
    const one = await make.customer()
    const batch = await assignCustomers(
      director,
      { ...wish, owner: owner(cast.sales.number), picked: picked([one]) },
      now,
    )
    expect(await refusalOf(undoAssignments(director, await batchFor(director, batch), later(20)))).toEqual([
      'CUS-06 assignments:refused.undoLate',
    ])
  })
})
