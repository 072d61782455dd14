import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { Prisma } from '../../prisma/client/client.ts'
import { visibleComplaintsSql } from '../../src/complaints/policy.ts'
import { ask, db, pool } from '../../src/db.ts'
import { deadlinesFor } from '../../src/deadlines/queries.ts'
import { listQuery } from '../../src/deadlines/forms.ts'
import { forgetBeyond, noteBeyond, wasBeyond } from '../../src/lib/beyond.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint } from '../support/complaints.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, theCast } from '../support/make.ts'

await ownDatabase('complaints_clocks_list')

let cast: Cast
const now = new Date()
const kind = 'complaint.contact'
beforeAll(async () => {
  cast = await theCast()
  const { id: here } = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
  await pool.query(`insert into department (name) values ('蓬莱渡口部')`)
  const elsewhere = await db.department.findFirstOrThrow({ where: { name: '蓬莱渡口部' } })
  const region = await db.region.findFirst()
  const { id: customerId } = await make.customer({ ownerId: cast.dept_head.id }, '广寒琴行')
  for (const departmentId of [here, elsewhere.id, null]) {
    await aComplaint({ departmentId })
    await aComplaint({ departmentId, accused: [cast.dept_head.id] })
    await aComplaint({ departmentId, ownerId: cast.sales.id })
    await aComplaint({ departmentId, by: cast.cs_manager, regionId: region?.id ?? null, customerId })
  }
  await pool.query(`update deadline set met_at = started_at where id % 3 = 0 and kind like 'complaint.%'`)
})

/** The clocks that a query of one's own finds. */
const oracle = (actor: Actor, where: Prisma.Sql) => ask<{ id: bigint }>`
  select d.id from deadline d where d.kind = ${kind} and ${where} and d.subject in (
    select 'complaint:' || id from complaint where ${visibleComplaintsSql(actor)}) order by d.due_at, d.id`
const idsOf = (rows: { id: bigint }[]) => rows.map(({ id }) => id).toSorted((a, b) => Number(a - b))
const running = Prisma.sql`d.met_at is null and d.cancelled_at is null`
const ended = Prisma.sql`d.met_at is not null`

const roles = ['front_desk', 'sales', 'dept_head', 'area_manager', 'cs_manager', 'general_manager', 'auditor'] as const

describe('PPL-01, CMP-03: the clocks of complaints in the list of deadlines', () => {
  it.each(roles)('are those of the complaints that %s sees, each once', async (role) => {
    const actor = await actorOf(cast[role])
    const own = Prisma.sql`d.owner_id = ${actor.id}`
    for (const mine of ['', 'on'] as const) {
      const only = (where: Prisma.Sql) => (mine ? Prisma.sql`${where} and ${own}` : where)
      const list = await deadlinesFor(actor, listQuery.parse({ kind, mine }), now)
      const kept = await oracle(actor, only(running))
      expect(idsOf(list.rows)).toEqual(idsOf(kept))
      const { overdue, soon, ontime, paused } = list.counts
      expect(overdue + soon + ontime + paused).toBe(kept.length)
      const past = await oracle(actor, only(ended))
      expect(list.counts.ended).toBe(past.length)
      const listed = await deadlinesFor(actor, listQuery.parse({ kind, mine, state: 'ended' }), now)
      expect(idsOf(listed.rows)).toEqual(idsOf(past))
    }
  })

  it('are nobody’s who sees no complaints, though he owns the customer', async () => {
    const nobody = { ...(await actorOf(cast.dept_head)), grants: [] }
    for (const state of ['', 'ended'] as const) {
      const list = await deadlinesFor(nobody, listQuery.parse({ kind, state }), now)
      expect([list.rows, list.counts.overdue + list.counts.ontime + list.counts.ended]).toEqual([[], 0])
    }
  })

  it('the head sees some, and not those about himself', async () => {
    const actor = await actorOf(cast.dept_head)
    const { rows } = await deadlinesFor(actor, listQuery.parse({ kind }), now)
    expect(rows.length).toBeGreaterThan(0)
    const about = await ask<{ subject: string }>`
      select 'complaint:' || id as subject from complaint where ${actor.id} = any(accused)`
    expect(about).toHaveLength(3)
    expect(rows.filter(({ subject }) => about.some((one) => one.subject === subject))).toEqual([])
  })

  it('go with a complaint that goes to another department', async () => {
    const { id: departmentId } = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
    const { id: other } = await db.department.findFirstOrThrow({ where: { name: '蓬莱渡口部' } })
    const head = await actorOf(cast.dept_head)
    const complaint = await aComplaint({ departmentId: other, by: cast.cs_manager })
    await pool.query('update complaint set receiving_department_id = $2 where id = $1', [complaint.id, other])
    const sees = async () => {
      const { rows } = await deadlinesFor(head, listQuery.parse({ kind }), now)
      return rows.some(({ subject }) => subject === `complaint:${complaint.id}`)
    }
    expect(await sees()).toBe(false)
    await pool.query('update complaint set department_id = $2 where id = $1', [complaint.id, departmentId])
    expect(await sees()).toBe(true)
    await pool.query('update complaint set department_id = $2 where id = $1', [complaint.id, other])
    expect(await sees()).toBe(false)
  })
})

describe('what was beyond counting', () => {
  it('is so for half a minute, not longer, and not at an hour before', () => {
    forgetBeyond()
    const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
    expect(wasBeyond('complaints 1', now)).toBe(false)
    noteBeyond('complaints 1', now)
    expect(wasBeyond('complaints 1', now)).toBe(true)
    expect(wasBeyond('complaints 2', now)).toBe(false)
    expect(wasBeyond('complaints 1', after(29))).toBe(true)
    expect(wasBeyond('complaints 1', after(30))).toBe(false)
    expect(wasBeyond('complaints 1', after(-1))).toBe(false)
  })

  it('a longer look does not lengthen it', () => {
    forgetBeyond()
    const later = new Date(now.getTime() + 20_000)
    noteBeyond('complaints 1', now)
    noteBeyond('complaints 1', later)
    expect(wasBeyond('complaints 1', new Date(now.getTime() + 31_000))).toBe(false)
  })
})
