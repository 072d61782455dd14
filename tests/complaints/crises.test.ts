import { beforeAll, describe, expect, it } from 'vitest'
import type { ToldUnit } from '../../prisma/client/enums.ts'
import { change } from '../../src/audit/change.ts'
import { recordMeeting, recordReport, recordTold } from '../../src/complaints/crises/commands.ts'
import { missingReports, negotiated } from '../../src/complaints/crises/gates.ts'
import {
  crisisProblems,
  filedWith,
  isDangerous,
  isWarned,
  meetingProblems,
  momentProblems,
  namesIn,
  reportProblems,
  type Crisis,
} from '../../src/complaints/crises/rules.ts'
import { draftRemedy, submitRemedy } from '../../src/complaints/remedies/commands.ts'
import { startClock } from '../../src/complaints/clocks.ts'
import { lockComplaint, type Complaint } from '../../src/complaints/queries.ts'
import { db, pool, reads } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

let people: Cast
let east: bigint
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

const crisis = (more: Partial<Crisis> = {}): Crisis => ({
  level: 'general',
  exposed: false,
  grouped: false,
  authority: 'general_manager',
  met: false,
  told: [],
  ...more,
})
const rulesOf = (more: Partial<Crisis>) => crisisProblems(crisis(more)).map(({ rule }) => rule)

describe('what a crisis asks for', () => {
  it.each`
    what                               | more                                                                   | rules
    ${'a general one'}                 | ${{}}                                                                  | ${[]}
    ${'an important one, alone'}       | ${{ level: 'important' }}                                              | ${[]}
    ${'a major one'}                   | ${{ level: 'major' }}                                                  | ${['CMP-08']}
    ${'a major one that met'}          | ${{ level: 'major', met: true }}                                       | ${[]}
    ${'a group'}                       | ${{ level: 'important', grouped: true }}                               | ${['CMP-24']}
    ${'a group, told'}                 | ${{ level: 'important', grouped: true, told: ['customer_relations'] }} | ${[]}
    ${'the media, told somebody else'} | ${{ level: 'important', exposed: true, told: ['legal'] }}              | ${['CMP-24']}
    ${'a major one in the media'}      | ${{ level: 'major', exposed: true }}                                   | ${['CMP-24', 'CMP-08']}
  `('CMP-08, CMP-24: $what: $rules', ({ more, rules }) => {
    expect(rulesOf(more)).toEqual(rules)
  })

  it.each<[ToldUnit[], boolean]>([
    [[], false],
    [['brand'], false],
    [['legal'], false],
    [['brand', 'management'], false],
    [['brand', 'legal'], true],
    [['management', 'legal'], true],
    [['customer_relations', 'board', 'vice_president', 'chief_executive'], false],
  ])('CMP-08: warned by telling %j: %s', (told, warned) => expect(isWarned({ told })).toBe(warned))

  it('CMP-10: malls file important ones with customer relations and major ones with the board, others nothing', () => {
    const at = (level: Crisis['level'], authority: Crisis['authority']) => filedWith({ level, authority })
    expect([at('general', 'by_level'), at('important', 'by_level'), at('major', 'by_level')]).toEqual([
      null,
      'customer_relations',
      'board',
    ])
    expect([at('major', 'general_manager'), at('important', 'by_limit')]).toEqual([null, null])
    expect(isDangerous({ exposed: false, grouped: false })).toBe(false)
  })

  it('CMP-03: names the people of a meeting, and none it is about', () => {
    expect(namesIn(' 桃花源， S002;九色鹿、S002 ')).toEqual(['桃花源', 'S002', '九色鹿'])
    const chairs = { found: [{ id: 1n, name: '甲' }], unknown: [] }
    const members = { found: [{ id: 2n, name: '乙' }], unknown: ['丙'] }
    const found = meetingProblems({ level: 'important', accused: [2n] }, { chairs, members })
    expect(found.map(({ rule, field }) => [rule, field])).toEqual([
      ['CMP-08', undefined],
      ['CMP-08', 'members'],
      ['CMP-03', 'members'],
    ])
  })

  it('what happened lies between the complaint and now', () => {
    const from = new Date('2026-11-24T02:00:30Z')
    const problems = (at: string) =>
      momentProblems({ at: new Date(at), from, field: 'at' }, new Date('2026-11-24T03:00:00Z'))
    expect(problems('2026-11-24T02:00:00Z')).toEqual([])
    expect(problems('2026-11-24T03:00:00Z')).toEqual([])
    expect(problems('2026-11-24T03:00:01Z')).toHaveLength(1)
    expect(problems('2026-11-24T01:59:00Z')).toHaveLength(1)
  })

  it('CMP-13: there is something to report once the customer was told, to who passed it on', () => {
    const one = { reportingUnit: '蓬莱总公司', toldAt: null, state: 'telling' } as const
    expect(reportProblems(one)).toHaveLength(1)
    expect(reportProblems({ ...one, toldAt: new Date(0) })).toEqual([])
    expect(reportProblems({ ...one, state: 'closed' })).toEqual([])
    expect(reportProblems({ ...one, reportingUnit: null, state: 'closed' })).toHaveLength(1)
  })
})

const proposing = (more: Parameters<typeof aComplaint>[0] = {}) =>
  aComplaint({ departmentId: east, ownerId: people.dept_head.id, state: 'proposing', ...more })

const told = (unit: Exclude<ToldUnit, 'reporting_unit'>, at = now()) => ({
  unit,
  at,
  person: '广寒宫值班',
  way: 'phone' as const,
  words: null,
})
const meeting = () => ({
  heldAt: now(),
  place: null,
  chair: people.cs_manager.number,
  members: people.dept_head.number,
  situation: '十二户同一批封条漏风',
  decisions: '今天全部换装',
})
const tell = async (complaint: Complaint, unit: Exclude<ToldUnit, 'reporting_unit'>) =>
  recordTold(await actorOf(people.cs_manager), complaint.id, told(unit), now())

async function send(complaint: Complaint) {
  const head = await actorOf(people.dept_head)
  const { version } = await complaintNow(complaint)
  const items = [{ kind: 'repair' as const, text: '换装', amount: '0.00' }]
  const next = await draftRemedy(head, complaint.id, { items, reason: '先止损', version }, now())
  return submitRemedy(head, complaint.id, next, now())
}
const clockOf = (complaint: Complaint, kind: string) =>
  db.deadline.findFirstOrThrow({ where: { subject: `complaint:${complaint.id}`, kind } })

describe('CMP-08: a major complaint', () => {
  it('is not sent for approval before its emergency meeting is recorded, and says where to record it', async () => {
    const complaint = await proposing({ hazard: true })
    expect(await refusalOf(send(complaint))).toEqual([expect.stringContaining('CMP-08')])
    const head = await signIn(people.dept_head)
    const path = `/complaints/${complaint.number}`
    const page = await head.visit(`${path}/remedy`)
    expect(page.$(`.why-nots a[href="${path}/meetings/new"]`)).toHaveLength(1)
    const recorded = await head.submit(`${path}/meetings/new`, {
      situation: '有人滑倒',
      decisions: '今天换地垫，许望舒负责',
    })
    expect(recorded.url).toBe(path)
    expect(recorded.$('#crisis').text()).toContain(people.dept_head.name)
    expect(recorded.$('#crisis').text()).toContain('今天换地垫')
    expect(await send(complaint)).toMatch(/^S\d+$/)
  })

  it('its warning’s clock is met once the management and the lawyers were told, within the 24 hours or after', async () => {
    const complaint = await proposing({ hazard: true })
    const { startedAt, dueAt } = await clockOf(complaint, 'complaint.warning')
    expect(dueAt.getTime() - startedAt.getTime()).toBe(24 * 3_600_000)
    await tell(complaint, 'management')
    expect((await clockOf(complaint, 'complaint.warning')).metAt).toBeNull()
    const at = dueAt
    await recordTold(await actorOf(people.cs_manager), complaint.id, told('legal'), at)
    const { metAt, breachedAt } = await clockOf(complaint, 'complaint.warning')
    expect([metAt, breachedAt]).toEqual([at, null])
    const page = await (await signIn(people.cs_manager)).visit(`/complaints/${complaint.number}`)
    expect(page.$('#crisis').text()).toContain('广寒宫值班')
  })

  it('what was written down stays as it is', async () => {
    const complaint = await proposing({ hazard: true })
    await recordMeeting(await actorOf(people.cs_manager), complaint.id, meeting(), now())
    await tell(complaint, 'legal')
    await expect(
      pool.query('update crisis_meeting set decisions = $1 where complaint_id = $2', ['另', complaint.id]),
    ).rejects.toThrow(/stays/)
    await expect(pool.query('delete from told_line where complaint_id = $1', [complaint.id])).rejects.toThrow(/stays/)
    const trail = await db.auditEntry.findMany({ where: { subject: `complaint:${complaint.id}` } })
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['complaint.crisis_met', 'complaint.crisis_told']),
    )
  })

  it('CMP-03: no meeting with whom it is about, and none by them', async () => {
    const accused = await make.staff([{ role: 'cs_manager' }])
    const complaint = await proposing({ hazard: true, accused: [accused.id] })
    const manager = await signIn(people.cs_manager)
    const path = `/complaints/${complaint.number}/meetings/new`
    const page = await manager.submit(path, { members: accused.name, situation: '滑倒', decisions: '换地垫' })
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="CMP-03"]').text()).toContain(accused.name)
    expect(page.$('[name=situation]').val()).toContain('滑倒')
    expect((await (await signIn(accused)).visit(path)).status).toBe(404)
  })

  it('is negotiated by the head and the customer service manager together, in this round', async () => {
    const complaint = await proposing({ hazard: true })
    const contact = (by: bigint, withId: bigint | null, round: number) =>
      pool.query(
        `insert into complaint_contact (complaint_id, round, at, by_id, with_id, purpose, way, reached, words)
         values ($1, $2, $3, $4, $5, 'negotiation', 'visit', true, '谈过')`,
        [complaint.id, round, now(), by, withId],
      )
    const done = async () => negotiated(reads, await complaintNow(complaint))
    const [head, manager] = [people.dept_head.id, people.cs_manager.id]
    expect(await done()).toBe(false)
    await contact(head, null, 1)
    await contact(head, people.sales.id, 1)
    await contact(manager, head, 2)
    expect(await done()).toBe(false)
    await contact(manager, head, 1)
    expect(await done()).toBe(true)
    expect(await negotiated(reads, { ...complaint, level: 'important' })).toBe(true)
  })
})

describe('CMP-24: danger of a group complaint or the media', () => {
  it('four households are none, five are: customer relations first, then the approval', async () => {
    expect(await send(await proposing({ households: 4 }))).toMatch(/^S/)
    const complaint = await proposing({ households: 5 })
    expect(await refusalOf(send(complaint))).toEqual([expect.stringContaining('CMP-24')])
    await tell(complaint, 'customer_relations')
    expect(await send(complaint)).toMatch(/^S/)
  })

  it('a question from the media is one; the form refuses with the way to put it right, and keeps what was typed', async () => {
    const complaint = await proposing({ media: 'exposed' })
    const head = await signIn(people.dept_head)
    const path = `/complaints/${complaint.number}`
    const page = await head.submit(`${path}/remedy`, { text1: '换装封条', reason: '先止损', act: 'submit' })
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="CMP-24"]').text()).toContain('客户关系部门')
    expect(page.$('[name=text1]').val()).toBe('换装封条')
    const there = page.$(`.why-nots a[href^="${path}/told/new"]`).attr('href')!
    const recorded = await head.submit(`${path}/told/new`, { person: '蓬莱 值班', way: 'phone' }, there)
    expect(recorded.url).toBe(path)
    expect((await head.submit(`${path}/remedy`, { act: 'submit' })).url).toBe(path)
    expect((await complaintNow(complaint)).state).toBe('approving')
  })
})

describe('whom it was told to', () => {
  it('CMP-10: a mall’s case is closed only once it was filed; others need none', async () => {
    const complaint = await proposing({ legal: true })
    expect(await missingReports(reads, complaint)).toEqual([])
    await under({ 'complaints.authority': 'by_level' }, async () => {
      expect((await missingReports(reads, complaint)).map(({ rule }) => rule)).toEqual(['CMP-10'])
      await tell(complaint, 'customer_relations')
      expect(await missingReports(reads, complaint)).toEqual([])
      expect(await missingReports(reads, { ...complaint, level: 'major' })).toHaveLength(1)
    })
  })

  it('CMP-13: the result goes to who passed it on, and its clock is met', async () => {
    const complaint = await proposing({ channel: 'manufacturer', reportingUnit: '桃源总厂', state: 'telling' })
    const desk = await actorOf(people.dept_head)
    const line = { at: now(), person: '桃源总厂客服', way: 'phone' as const, words: '已换装' }
    expect(await refusalOf(recordReport(desk, complaint.id, line, now()))).toEqual([expect.stringContaining('CMP-13')])
    await change(desk, async (tx, audit) => {
      const locked = await lockComplaint(tx, complaint.id)
      await tx.complaint.update({ where: { id: complaint.id }, data: { toldAt: now(), state: 'asking' } })
      await startClock(tx, 'complaint.report', locked, now())
      await audit('complaint.taken', `complaint:${complaint.id}`)
    })
    const page = await (
      await signIn(people.dept_head)
    ).submit(`/complaints/${complaint.number}/told/report`, { person: '桃源总厂客服' })
    expect(page.url).toBe(`/complaints/${complaint.number}`)
    expect((await clockOf(complaint, 'complaint.report')).metAt).not.toBeNull()
  })
})
