import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { takeInHand } from '../../src/complaints/hand/marks.ts'
import { isInOthersHand } from '../../src/complaints/hand/rules.ts'
import { complaintsAtHome } from '../../src/complaints/home.ts'
import { db, pool } from '../../src/db.ts'
import { finishHandover, startHandover } from '../../src/handovers/commands.ts'
import { handOn } from '../../src/handovers/handing-on.ts'
import { leftWith } from '../../src/handovers/things.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { at } from '../deadlines/calendar.ts'
import { signIn } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

await ownDatabase('complaint_hand')

let cast: Cast
let departmentId: bigint
beforeAll(async () => {
  cast = await theCast()
  departmentId = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})
afterEach(() => moveClock(() => new Date()))
afterAll(() => moveClock(() => new Date()))

const now = at('2026-11-23 10:00')
const standAt = (text: string) => moveClock(() => at(text))

it('wish 41: others see who has it in hand, for five minutes, until it is sent; nothing in the trail, nothing locked', async () => {
  standAt('2026-11-23 10:00')
  const complaint = await aComplaint({ departmentId, ownerId: cast.sales.id })
  const url = `/complaints/${complaint.number}`
  const lines = () => db.auditEntry.count({ where: { subject: `complaint:${complaint.id}`, kind: 'change' } })
  const before = await lines()
  const handler = await signIn(cast.sales)
  const head = await signIn(cast.dept_head)
  await handler.visit(url)
  expect((await head.visit(url)).$('main').text()).not.toContain('正在处理')
  await handler.visit(`${url}/progress`)
  expect((await head.visit(url)).$('main').text()).toContain(`正在处理：${cast.sales.name}`)
  expect((await handler.visit(url)).$('main').text()).not.toContain('正在处理')
  const listed = `/complaints?q=${complaint.number}`
  expect((await head.visit(listed)).$('main').text()).toContain(`正在处理：${cast.sales.name}`)
  const own = (await handler.visit(listed)).$('main').text()
  expect(own).toContain(complaint.number)
  expect(own).not.toContain('正在处理')
  // Whoever comes second is not named instead, and is not held off.
  expect((await head.visit(`${url}/progress`)).status).toBe(200)
  expect((await complaintNow(complaint)).inHandById).toBe(cast.sales.id)
  expect(await lines()).toBe(before)
  await handler.submit(`${url}/progress`, { text: '已约明天上午到场' })
  expect((await head.visit(url)).$('main').text()).not.toContain('正在处理')
})

it('wish 41: two who opened the same form: the second is told that it changed, and loses nothing', async () => {
  standAt('2026-11-23 10:00')
  const complaint = await aComplaint({ departmentId, ownerId: cast.sales.id })
  const url = `/complaints/${complaint.number}/progress`
  const [one, two] = [await signIn(cast.sales), await signIn(cast.dept_head)]
  const opened = await two.fieldsOf(url)
  await one.submit(url, { text: '先写的' })
  const answer = await two.post(url, { ...opened, text: '后写的这一段不能丢' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('后写的这一段不能丢')
  expect(answer.text).toContain('打开本页之后这件投诉变了')
})

it('wish 41: five minutes, not a moment more', async () => {
  const mark = { inHandById: 1n, inHandAt: now }
  const after = (ms: number) => new Date(now.getTime() + ms)
  expect(isInOthersHand(mark, { id: 2n }, after(299_999))).toBe(true)
  expect(isInOthersHand(mark, { id: 2n }, after(300_000))).toBe(false)
  expect(isInOthersHand(mark, { id: 1n }, now)).toBe(false)
  const complaint = await aComplaint({ departmentId })
  await takeInHand(await actorOf(cast.sales), complaint, now)
  await takeInHand(await actorOf(cast.dept_head), complaint, after(299_999))
  expect((await complaintNow(complaint)).inHandById).toBe(cast.sales.id)
  await takeInHand(await actorOf(cast.dept_head), complaint, after(300_000))
  expect((await complaintNow(complaint)).inHandById).toBe(cast.dept_head.id)
})

it('the first page: each queue with its most urgent, for whom it waits alone; beside 投诉 how many one handles', async () => {
  standAt('2026-11-23 10:00')
  await pool.query(`update complaint set state = 'void' where state <> 'void'`)
  const handler = await make.staff([{ role: 'sales', department: '城东营业部' }])
  const judging = await aComplaint({ departmentId })
  const mine = await aComplaint({ departmentId, ownerId: handler.id, state: 'investigating' })
  const assigning = await aComplaint({ departmentId, state: 'investigating' })
  const asking = await aComplaint({ departmentId, ownerId: handler.id, state: 'asking' })
  await aComplaint({ departmentId, accused: [cast.dept_head.id] })
  const numbers = async (person: Person) => {
    const { answering: _none, ...found } = await complaintsAtHome(await actorOf(person))
    return Object.fromEntries(Object.entries(found).map(([name, one]) => [name, one && [one.count, one.number]]))
  }
  expect(await numbers(cast.dept_head)).toEqual({
    judging: [1, judging.number],
    mine: null,
    assigning: [1, assigning.number],
    callingBack: null,
  })
  expect(await numbers(cast.front_desk)).toMatchObject({ judging: null, callingBack: [1, asking.number] })
  expect(await numbers(handler)).toMatchObject({ mine: [2, mine.number], judging: null, assigning: null })
  expect((await numbers(cast.cs_manager))['judging']).toEqual([2, judging.number])

  const home = await (await signIn(handler)).visit('/')
  expect(home.$(`.queue a[href="/complaints/${mine.number}"]`).length).toBeGreaterThan(0)
  const entry = home.$('nav a[href="/complaints"]').first()
  expect(entry.text()).toContain('投诉')
  expect(entry.find('.count').text()).toBe('2')
})

it('CMP-03: who is asked for the facts finds the question on the first page, and nothing else of it', async () => {
  standAt('2026-11-23 10:00')
  const complaint = await aComplaint({ departmentId, accused: [cast.logistics.id], ownerId: cast.sales.id })
  await pool.query(
    `insert into complaint_statement (complaint_id, staff_id, facts, put_at, put_by_id) values ($1, $2, '当天是否到场', $3, $4)`,
    [complaint.id, cast.logistics.id, now, cast.cs_manager.id],
  )
  const found = await complaintsAtHome(await actorOf(cast.logistics))
  expect(found).toMatchObject({ mine: null, answering: { count: 1 } })
  const home = await (await signIn(cast.logistics)).visit('/')
  expect(home.$('.queues').text()).toContain('待我说明的事实')
  expect(home.$('body').text()).not.toContain(complaint.number)
})

it('ACC-02, CMP-03: the open complaints of a leaver go to another with their clocks, never to whom one is about', async () => {
  standAt('2026-11-23 10:00')
  const leaver = await make.staff([{ role: 'sales', department: '城东营业部' }])
  await pool.query('update staff set department_id = $2 where id = $1', [leaver.id, departmentId])
  const complaint = await aComplaint({ departmentId, ownerId: leaver.id, accused: [cast.logistics.id] })
  const boss = await actorOf(cast.general_manager)
  const number = await startHandover(boss, { staff: leaver.number, leavesOn: '2026-11-30' }, now)
  const { id } = await db.handover.findUniqueOrThrow({ where: { number } })
  expect(await leftWith(db, leaver.id, now)).toMatchObject({ complaint: 1, deadline: 0 })
  const hand = (to: Person) => handOn(boss, id, 'complaint', { which: 'all', items: [], to: to.number, q: '' }, now)
  expect(await refusalOf(hand(cast.logistics))).toEqual(['CMP-03 complaints:refused.handOverAccused'])
  expect(await refusalOf(hand(cast.dept_head))).toBeNull()
  expect((await complaintNow(complaint)).ownerId).toBe(cast.dept_head.id)
  const clocks = await db.deadline.findMany({ where: { subject: `complaint:${complaint.id}`, metAt: null } })
  expect(clocks.map(({ ownerId }) => ownerId)).toEqual(clocks.map(() => cast.dept_head.id))
  expect(await leftWith(db, leaver.id, now)).toMatchObject({ complaint: 0 })
  const line = await db.auditEntry.findFirstOrThrow({ where: { action: 'complaint.handed_over' } })
  expect(line).toMatchObject({ subject: `complaint:${complaint.id}`, why: `交接 ${number}` })
})

it('ACC-02, CMP-18: the measures of a leaver go to another, never to who verifies them', async () => {
  standAt('2026-11-23 10:00')
  const leaver = await make.staff([{ role: 'sales', department: '城东营业部' }])
  await pool.query('update staff set department_id = $2 where id = $1', [leaver.id, departmentId])
  const complaint = await aComplaint({ departmentId, ownerId: cast.sales.id })
  await pool.query(
    `insert into corrective_action (complaint_id, n, kind, measure, owner_id, due_on, state, checker_id, effect_days, created_at, created_by_id)
     values ($1, 1, 'corrective', '换封条', $2, '2026-12-01', 'approved', $3, 30, $4, $2)`,
    [complaint.id, leaver.id, cast.archivist.id, now],
  )
  const boss = await actorOf(cast.general_manager)
  const number = await startHandover(boss, { staff: leaver.number, leavesOn: '2026-11-30' }, now)
  const { id } = await db.handover.findUniqueOrThrow({ where: { number } })
  const hand = (to: Person) => handOn(boss, id, 'measure', { which: 'all', items: [], to: to.number, q: '' }, now)
  expect(await refusalOf(hand(cast.archivist))).toEqual(['CMP-18 measures:refused.sameChecker'])
  expect(await refusalOf(hand(cast.sales))).toBeNull()
  const measure = await db.correctiveAction.findFirstOrThrow({ where: { complaintId: complaint.id } })
  expect([measure.ownerId, measure.checkerId]).toEqual([cast.sales.id, cast.archivist.id])
})

it('ACC-02, CMP-03: who runs a handover finds no case about himself among what is left, and somebody else hands it on', async () => {
  standAt('2026-11-23 10:00')
  const leaver = await make.staff([{ role: 'sales', department: '城东营业部' }])
  await pool.query('update staff set department_id = $2 where id = $1', [leaver.id, departmentId])
  const about = await aComplaint({ departmentId, ownerId: leaver.id, accused: [cast.dept_head.id] })
  const plain = await aComplaint({ departmentId, ownerId: leaver.id })
  const number = await startHandover(
    await actorOf(cast.dept_head),
    { staff: leaver.number, leavesOn: '2026-11-30' },
    now,
  )
  const { id } = await db.handover.findUniqueOrThrow({ where: { number } })
  const head = await signIn(cast.dept_head)
  const listed = await head.visit(`/handovers/${number}/hand/complaint`)
  expect(listed.$('main').text()).toContain(plain.number)
  expect(listed.$('main').text()).not.toContain(about.number)
  const hand = (actor: Awaited<ReturnType<typeof actorOf>>) =>
    handOn(actor, id, 'complaint', { which: 'all', items: [], to: cast.cs_manager.number, q: '' }, now)
  expect(await hand(await actorOf(cast.dept_head))).toMatchObject({ n: 1 })
  expect((await complaintNow(about)).ownerId).toBe(leaver.id)
  expect((await head.visit(`/handovers/${number}`)).$('main').text()).toContain('另有事项须由你的上级或总经理移交')
  const { version } = await db.handover.findUniqueOrThrow({ where: { id } })
  expect(await refusalOf(finishHandover(await actorOf(cast.dept_head), id, version, now))).toContain(
    'ACC-02 handovers:refused.leftToOthers',
  )
  expect(await hand(await actorOf(cast.general_manager))).toMatchObject({ n: 1 })
  const lines = await head.visit(`/handovers/${number}/lines`)
  expect(lines.$('main').text()).toContain(plain.number)
  expect(lines.$('main').text()).not.toContain(about.number)
})
