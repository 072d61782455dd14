import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { lowerLevel, raiseLevel } from '../../src/complaints/levels/commands.ts'
import { levelsAbove, levelsBelow, loweringProblems, raisingProblems } from '../../src/complaints/levels/rules.ts'
import { levelReasons } from '../../src/complaints/level.ts'
import { relevel } from '../../src/complaints/leveling.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

let people: Cast
let east: bigint
let head: Awaited<ReturnType<typeof signIn>>
let manager: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  ;[head, manager] = await Promise.all([signIn(people.dept_head), signIn(people.cs_manager)])
})
afterEach(() => moveClock(() => new Date()))

const clocksOf = async ({ id }: { id: bigint }, kind: string) =>
  db.deadline.findMany({ where: { subject: `complaint:${id}`, kind }, include: { events: { orderBy: { id: 'asc' } } } })
/** As after any change of its facts. */
const relevelled = (id: bigint) =>
  change(system, async (tx, audit) => {
    await relevel(tx, audit, id, now())
    await audit('complaint.level_computed', `complaint:${id}`)
  })
const changesOf = ({ id }: { id: bigint }) =>
  db.levelChange.findMany({ where: { complaintId: id }, orderBy: { id: 'asc' } })

describe('rules', () => {
  it.each`
    level          | above                     | below
    ${'general'}   | ${['important', 'major']} | ${[]}
    ${'important'} | ${['major']}              | ${['general']}
    ${'major'}     | ${[]}                     | ${['general', 'important']}
  `('CMP-06: from $level up to $above, down to $below', ({ level, above, below }) => {
    expect(levelsAbove(level)).toEqual(above)
    expect(levelsBelow(level)).toEqual(below)
    for (const to of ['general', 'important', 'major'] as const) {
      expect(raisingProblems({ state: 'telling', level }, to).length === 0).toBe(above.includes(to))
      expect(loweringProblems({ state: 'telling', level }, to).length === 0).toBe(below.includes(to))
    }
    expect(raisingProblems({ state: 'closed', level }, 'major')).toMatchObject([{ rule: 'CMP-06' }])
  })
})

const figures = {
  majorHouseholds: 10,
  importantHouseholds: 5,
  majorCompensation: 50_000,
  importantCompensation: 5000,
  negativeMedia: 'major',
} as const
const quiet = {
  hazard: false,
  households: 1,
  compensation: 0,
  repeated: false,
  toldManufacturer: false,
  blockade: false,
  exchange: false,
  legal: false,
  media: 'none',
  grave: false,
} as const
const factsAt = (more: object) => levelReasons({ ...quiet, ...more }, figures).map(({ fact }) => fact)

describe('the figures', () => {
  it('CAL-03: complaints.important_households: five are enough, four are not', () => {
    expect(factsAt({ households: 4 })).toEqual([])
    expect(factsAt({ households: 5 })).toEqual(['importantHouseholds'])
  })
  it('CAL-03: complaints.major_households: ten are major, nine are important', () => {
    expect(factsAt({ households: 9 })).toEqual(['importantHouseholds'])
    expect(factsAt({ households: 10 })).toEqual(['majorHouseholds'])
  })
  it('CAL-03: complaints.important_compensation: 5,000 is not yet important, a cent more is', () => {
    expect(factsAt({ compensation: 5000 })).toEqual([])
    expect(factsAt({ compensation: 5000.01 })).toEqual(['importantCompensation'])
  })
  it('CAL-03: complaints.major_compensation: 50,000 is major, a cent less is important', () => {
    expect(factsAt({ compensation: 49_999.99 })).toEqual(['importantCompensation'])
    expect(factsAt({ compensation: 50_000 })).toEqual(['majorCompensation'])
  })
})

describe('computed', () => {
  it.each`
    households | claim         | level
    ${4}       | ${'5000.00'}  | ${'general'}
    ${5}       | ${null}       | ${'important'}
    ${1}       | ${'5000.01'}  | ${'important'}
    ${9}       | ${'49999.99'} | ${'important'}
    ${10}      | ${null}       | ${'major'}
    ${1}       | ${'50000.00'} | ${'major'}
  `('CMP-06: $households households and $claim yuan are $level, and the page says by which figure', async (given) => {
    const { households, claim, level } = given
    const complaint = await aComplaint({ households, claim, departmentId: east })
    expect(complaint.level).toBe(level)
    const page = await head.visit(`/complaints/${complaint.number}`)
    expect(page.$('h1 .level').attr('data-level')).toBe(level)
    const said = page.$('#level').text()
    if (households === 5) expect(said).toContain('同一事项 5 户，达到 5 户')
    if (claim === '5000.01') expect(said).toContain('赔偿 5,000.01 元，超过 5,000.00 元')
    if (claim === '50000.00') expect(said).toContain('赔偿 50,000.00 元，达到 50,000.00 元')
    if (level === 'general') expect(said).toContain('没有事实')
  })
})

describe('raised and lowered', () => {
  it('CMP-06, CMP-14: raised on the page the time to close is counted anew, and the old moment stays an event', async () => {
    moveClock(() => new Date('2026-11-24T02:00:00Z'))
    const complaint = await aComplaint({ departmentId: east })
    const [before] = await clocksOf(complaint, 'complaint.done')
    expect(dateTimeText(new Date(before!.dueAt.getTime() - 1))).toBe('2026-11-27 17:29')
    moveClock(() => new Date('2026-11-24T03:00:00Z'))
    const page = await (
      await signIn(people.front_desk)
    ).submit(`/complaints/${complaint.number}/level`, { level: 'major', reason: '客户说要带人来堵门。' })
    expect(page.$('h1 .level').attr('data-level')).toBe('major')
    const [after] = await clocksOf(complaint, 'complaint.done')
    expect(dateTimeText(new Date(after!.dueAt.getTime() - 1))).toBe('2026-12-15 17:29')
    expect(
      JSON.stringify(after!.events.at(-1), (_key, v: unknown) => (typeof v === 'bigint' ? String(v) : v)),
    ).toContain(before!.dueAt.toISOString())
    expect(await clocksOf(complaint, 'complaint.warning')).toHaveLength(1)
    expect(page.$('#level').text()).toContain('客户说要带人来堵门。')
    const told = await db.notice.findMany({ where: { subject: `complaint:${complaint.id}`, kind: 'complaint.major' } })
    expect(told.map(({ staffId }) => staffId)).toEqual(
      expect.arrayContaining([people.dept_head.id, people.cs_manager.id, people.general_manager.id]),
    )
  })

  it('CMP-06: lowered by the customer service manager it stays so, until a fact appears that was not known', async () => {
    const complaint = await aComplaint({ departmentId: east, households: 10 })
    const page = await manager.submit(`/complaints/${complaint.number}/level/lowering`, {
      level: 'general',
      reason: '十户是同一家的分店。',
    })
    expect(page.$('h1 .level').attr('data-level')).toBe('general')
    expect((await clocksOf(complaint, 'complaint.warning'))[0]!.cancelledAt).not.toBeNull()
    const again = () => relevelled(complaint.id)
    await again()
    expect((await complaintNow(complaint)).level).toBe('general')
    await pool.query('update complaint set legal = true where id = $1', [complaint.id])
    await again()
    expect((await complaintNow(complaint)).level).toBe('important')
    expect((await changesOf(complaint)).map(({ kind, after }) => [kind, after])).toEqual([
      ['computed', 'major'],
      ['lowered', 'general'],
      ['computed', 'important'],
    ])
  })

  it('CMP-06: judged grave it is major at once, and says why', async () => {
    const complaint = await aComplaint({ departmentId: east })
    const page = await manager.submit(`/complaints/${complaint.number}/level/grave`, { reason: '涉及整条冷链。' })
    expect(page.$('h1 .level').attr('data-level')).toBe('major')
    expect(page.$('#level').text()).toContain('客户服务部经理认定影响重大')
    expect(page.$('#level').text()).toContain('涉及整条冷链。')
  })

  it('CMP-06: only the customer service manager lowers; the head finds it among what is not possible, with its rule', async () => {
    const complaint = await aComplaint({ departmentId: east, legal: true })
    const page = await head.visit(`/complaints/${complaint.number}`)
    expect(page.$('.why-nots').text()).toContain('只有客户服务部经理可以降级')
    expect(page.$(`a[href="/complaints/${complaint.number}/level/lowering"]`)).toHaveLength(0)
    const wish = { level: 'general' as const, reason: '不要紧', version: complaint.version }
    await expect(lowerLevel(await actorOf(people.dept_head), complaint.id, wish, now())).rejects.toThrow(Forbidden)
  })

  it('CMP-06: without a reason nothing is raised; to the same level neither', async () => {
    const complaint = await aComplaint({ departmentId: east })
    const page = await manager.submit(`/complaints/${complaint.number}/level`, { level: 'major', reason: '' })
    expect(page.status).toBe(422)
    expect(page.$('[name=level][value=major]').attr('checked')).toBeDefined()
    const same = raiseLevel(await actorOf(people.cs_manager), complaint.id, { level: 'general', reason: '再升' }, now())
    expect(await refusalOf(same)).toEqual(['CMP-06 judging:refused.notHigher'])
    expect((await complaintNow(complaint)).level).toBe('general')
  })

  it('CMP-03: whom it is about cannot raise it', async () => {
    const head = await make.staff([{ role: 'dept_head', department: '城东营业部' }])
    const complaint = await aComplaint({ departmentId: east, accused: [head.id] })
    const wish = { level: 'major' as const, reason: '我自己来' }
    await expect(raiseLevel(await actorOf(head), complaint.id, wish, now())).rejects.toThrow(Forbidden)
  })
})
