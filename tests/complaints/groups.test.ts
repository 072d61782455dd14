import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { linkComplaint } from '../../src/complaints/groups/commands.ts'
import { bondProblems, householdsOf } from '../../src/complaints/groups/rules.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

let cast: Cast
let managing: Actor
let manager: Browser
let desk: Browser

beforeAll(async () => {
  cast = await theCast()
  managing = await actorOf(cast.cs_manager)
  manager = await signIn(cast.cs_manager)
  desk = await signIn(cast.front_desk)
})

const link = async (one: { id: bigint }, other: string, bond: 'repeat' | 'group' = 'group') =>
  linkComplaint(managing, one.id, { other, bond, version: (await complaintNow(one)).version }, now())

const levels = async (some: { id: bigint }[]) => {
  const found = await db.complaint.findMany({
    where: { id: { in: some.map(({ id }) => id) } },
    select: { level: true },
  })
  return [...new Set(found.map(({ level }) => level))]
}

describe('the same matter', () => {
  it('CMP-05, CMP-06, CAL-03: complaints.important_households, complaints.major_households: ten people link at once; the fifth household makes all important, the tenth major', async () => {
    const first = await aComplaint()
    const others = []
    for (let n = 0; n < 9; n++) others.push(await aComplaint())
    await Promise.all(others.slice(0, 3).map((one) => link(one, first.number)))
    expect(await levels([first, ...others.slice(0, 3)])).toEqual(['general'])
    await link(others[3]!, first.number)
    expect(await levels([first, ...others.slice(0, 4)])).toEqual(['important'])
    await Promise.all(others.slice(4).map((one) => link(one, first.number)))
    expect(await levels([first, ...others])).toEqual(['major'])
    const { groupId } = await complaintNow(first)
    expect(await db.complaint.count({ where: { groupId } })).toBe(10)
    const told = await db.notice.findMany({ where: { subject: `complaint:${first.id}`, kind: 'complaint.major' } })
    expect(new Set(told.map(({ staffId }) => staffId)).size).toBe(told.length)
  })

  it('CMP-05: two with a phone in common are one household, and the page of the group counts so', async () => {
    const phoneDigits = '13700001111'
    const one = await aComplaint({ phone: phoneDigits, phoneDigits, households: 2 })
    const other = await aComplaint({ phone: phoneDigits, phoneDigits, households: 3 })
    await link(other, one.number)
    const { groupId } = await complaintNow(one)
    const page = await manager.visit(`/complaints/groups/${groupId}`)
    expect(page.$('.lede').text()).toContain('2 件，3 户')
    expect(page.$('tbody tr').length).toBe(2)
  })

  it('CMP-05: a reader sees his own of them and the count of all; CMP-03: none about himself', async () => {
    const mine = await aComplaint({ complainant: '可见的桃源客' })
    const west = await make.staff([{ role: 'front_desk', department: '城西营业部' }])
    const theirs = await aComplaint({ by: west, complainant: '看不见的蓬莱客' })
    await pool.query('update complaint set receiving_department_id = null where id = $1', [theirs.id])
    const about = await aComplaint({ accused: [cast.front_desk.id] })
    await link(theirs, mine.number)
    await link(about, mine.number)
    const { groupId } = await complaintNow(mine)
    const page = await desk.visit(`/complaints/groups/${groupId}`)
    expect(page.$('.lede').text()).toContain('2 件，2 户；您看得到其中 1 件')
    expect(page.$('main').text()).toContain('可见的桃源客')
    for (const hidden of [theirs.number, about.number, '看不见的蓬莱客']) expect(page.$.html()).not.toContain(hidden)
    const south = await signIn(await make.staff([{ role: 'front_desk', department: '物流部' }]))
    expect((await south.visit(`/complaints/groups/${groupId}`)).status).toBe(404)
  })

  it('CMP-05: linked and taken out on its page; the trail keeps why, and the level follows', async () => {
    const one = await aComplaint({ households: 4 })
    const other = await aComplaint()
    const linked = await desk.submit(`/complaints/${other.number}/group`, {
      other: one.number.toLowerCase(),
      bond: 'group',
    })
    expect([linked.status, linked.url]).toEqual([200, `/complaints/${other.number}`])
    expect(linked.$('aside').text()).toContain('2 件，5 户')
    expect(await levels([one, other])).toEqual(['important'])
    const opened = await desk.fieldsOf(`/complaints/${other.number}/group/leaving`)
    const bare = await desk.post(`/complaints/${other.number}/group/leaving`, { ...opened, reason: '' })
    expect(bare.status).toBe(422)
    const out = await desk.submit(`/complaints/${other.number}/group/leaving`, { reason: '是另一台机组' })
    expect(out.$('.notice').text()).toContain('已取消关联')
    // Only the customer service manager lowers it.
    expect(await levels([one, other])).toEqual(['important'])
    const line = await db.auditEntry.findFirstOrThrow({
      where: { subject: `complaint:${other.id}`, action: 'complaint.ungrouped' },
    })
    expect(line.why).toBe('是另一台机组')
  })
})

describe('a repeat', () => {
  it('CMP-05, CMP-06: makes it major at once; undoing it leaves the level to the customer service manager', async () => {
    const one = await aComplaint()
    const again = await aComplaint()
    const page = await desk.submit(`/complaints/${again.number}/group`, { other: one.number, bond: 'repeat' })
    expect(page.$('aside').text()).toContain(one.number)
    expect(await complaintNow(again)).toMatchObject({ repeatOfId: one.id, level: 'major' })
    await desk.submit(`/complaints/${again.number}/group/leaving`, { reason: '不是同一件' })
    expect(await complaintNow(again)).toMatchObject({ repeatOfId: null, level: 'major' })
  })

  it('CMP-05: whoever saw another state, an unknown number or no right changes nothing', async () => {
    const one = await aComplaint()
    const other = await aComplaint()
    const stale = linkComplaint(managing, one.id, { other: other.number, bond: 'group', version: 99 }, now())
    expect(await refusalOf(stale)).toEqual(['CMP-05 complaints:refused.changedMeanwhile'])
    expect(await refusalOf(link(one, 'T1999000001'))).toEqual(['CMP-05 intake:refused.noOther'])
    const sales = await signIn(cast.sales)
    expect((await sales.visit(`/complaints/${one.number}/group`)).status).not.toBe(200)
  })
})

describe('rules', () => {
  const at = (n: number) => new Date(Date.UTC(2026, 10, n))
  const linked = (more: object = {}) => ({
    id: 1n,
    state: 'received' as const,
    receivedAt: at(20),
    groupId: null,
    repeatOfId: null,
    ...more,
  })

  it.each([
    ['itself', linked(), linked(), 'group', ['intake:refused.itself']],
    ['one that is void', linked(), linked({ id: 2n, state: 'void' }), 'group', ['intake:refused.void']],
    ['from a closed one', linked({ state: 'closed' }), linked({ id: 2n }), 'group', ['intake:refused.ended']],
    ['a later one', linked(), linked({ id: 2n, receivedAt: at(21) }), 'repeat', ['intake:refused.later']],
    ['at the same moment, recorded later', linked(), linked({ id: 2n }), 'repeat', ['intake:refused.later']],
    ['at the same moment, recorded earlier', linked({ id: 3n }), linked({ id: 2n }), 'repeat', []],
    ['an earlier closed one', linked(), linked({ id: 2n, receivedAt: at(1), state: 'closed' }), 'repeat', []],
    [
      'a second one',
      linked({ repeatOfId: 9n }),
      linked({ id: 2n, receivedAt: at(1) }),
      'repeat',
      ['intake:refused.repeatedAlready'],
    ],
    ['another group', linked({ groupId: 1n }), linked({ id: 2n, groupId: 2n }), 'group', ['intake:refused.otherGroup']],
  ] as const)('CMP-05: linking to %s', (_what, one, other, bond, reasons) => {
    expect(bondProblems(one, other, bond).map(({ reason }) => reason)).toEqual(reasons)
  })

  const member = fc.record({
    id: fc.bigInt({ min: 1n, max: 40n }),
    customerId: fc.option(fc.bigInt({ min: 1n, max: 4n })),
    phoneDigits: fc.option(fc.constantFrom('1', '2', '3')),
    households: fc.integer({ min: 1, max: 20 }),
    state: fc.constantFrom('received', 'closed', 'void'),
  })

  it('CMP-06: households: one more member never makes fewer, void ones none, and the order does not matter', () => {
    fc.assert(
      fc.property(fc.uniqueArray(member, { selector: ({ id }) => id }), member, (members, more) => {
        const all = householdsOf(members)
        expect(householdsOf(members.toReversed())).toBe(all)
        expect(householdsOf([...members, { ...more, id: 99n }])).toBeGreaterThanOrEqual(all)
        expect(householdsOf([...members, { ...more, id: 99n, state: 'void' }])).toBe(all)
        expect(all).toBeLessThanOrEqual(members.reduce((sum, { households }) => sum + households, 0))
      }),
    )
  })
})
