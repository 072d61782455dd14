import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { overdueAndEscalated } from '../../src/complaints/counting.ts'
import { escalate } from '../../src/complaints/escalations/commands.ts'
import { handOnClocks } from '../../src/complaints/clocks.ts'
import { lockComplaint, type Complaint } from '../../src/complaints/queries.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { at } from '../deadlines/calendar.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

await ownDatabase('complaint_escalations')

let cast: Cast
let east: bigint
let west: bigint
beforeAll(async () => {
  cast = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  west = (await db.department.findFirstOrThrow({ where: { name: '城西营业部' } })).id
})
beforeEach(async () => {
  await pool.query(`update deadline set cancelled_at = started_at where met_at is null and cancelled_at is null`)
})
afterEach(() => moveClock(() => new Date()))
afterAll(() => moveClock(() => new Date()))

const standAt = (text: string) => moveClock(() => at(text))
const now = at('2026-11-24 10:00')
const given = { way: 'audit', words: '监审又来问同一扇门', unrecorded: false } as const

async function complaintAt(when: string, more: Parameters<typeof aComplaint>[0] = {}): Promise<Complaint> {
  standAt(when)
  return aComplaint({ departmentId: east, ...more })
}

const toldOf = async (complaint: Complaint, kind: string) =>
  (await db.notice.findMany({ where: { subject: `complaint:${complaint.id}`, kind } })).map(({ staffId }) => staffId)

it('CMP-15: what comes again is counted, makes it major, and its head and the customer service manager know at once', async () => {
  const complaint = await complaintAt('2026-11-23 10:00', { ownerId: cast.sales.id })
  standAt('2026-11-24 10:00')
  const desk = await signIn(cast.front_desk)
  const page = await desk.visit(`/complaints/${complaint.number}`)
  expect(page.$(`.acts a[href="/complaints/${complaint.number}/escalation"]`).text()).toContain('登记升级投诉')
  const after = await desk.submit(`/complaints/${complaint.number}/escalation`, { way: 'audit', words: given.words })
  expect(after.status).toBe(200)
  expect(after.$('main').text()).toContain('监审又来问同一扇门')
  expect(after.$('h1 .level').attr('data-level')).toBe('major')
  expect(await complaintNow(complaint)).toMatchObject({ escalated: 1, level: 'major' })
  expect((await toldOf(complaint, 'complaint.escalated')).toSorted()).toEqual(
    [cast.dept_head.id, cast.cs_manager.id, cast.sales.id].toSorted(),
  )
  const lines = await db.auditEntry.findMany({
    where: { subject: `complaint:${complaint.id}` },
    orderBy: { id: 'asc' },
  })
  expect(lines.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['complaint.escalated', 'complaint.level_computed']),
  )
  // Whoever reads the notice learns the number, not the name.
  const notice = await db.notice.findFirstOrThrow({
    where: { kind: 'complaint.escalated', staffId: cast.dept_head.id },
  })
  expect(notice.params).toEqual({ number: complaint.number, by: cast.front_desk.name })
})

it('CMP-15: bad input is said and nothing is lost; an old form is refused; so is a void complaint', async () => {
  const complaint = await complaintAt('2026-11-23 10:00')
  const desk = await signIn(cast.front_desk)
  const url = `/complaints/${complaint.number}/escalation`
  const page = await desk.submit(url, { words: '话已经写好' })
  expect(page.status).toBe(422)
  expect(page.$('textarea[name=words]').text().trim()).toBe('话已经写好')
  const actor = await actorOf(cast.front_desk)
  const form = { ...given, version: complaint.version }
  await escalate(actor, complaint.id, form, now)
  expect(await refusalOf(escalate(actor, complaint.id, form, now))).toEqual([
    'CMP-15 complaints:refused.changedMeanwhile',
  ])
  const gone = await aComplaint({ departmentId: east, state: 'void' })
  expect(await refusalOf(escalate(actor, gone.id, { ...given, version: gone.version }, now))).toEqual([
    'CMP-15 escalations:refused.void',
  ])
})

it('CMP-03: whom it is about is not told that it came again, and cannot record it', async () => {
  const complaint = await complaintAt('2026-11-23 10:00', { accused: [cast.dept_head.id] })
  await escalate(await actorOf(cast.front_desk), complaint.id, { ...given, version: complaint.version }, now)
  expect(await toldOf(complaint, 'complaint.escalated')).toEqual([cast.cs_manager.id])
  const head = await signIn(cast.dept_head)
  expect((await head.visit(`/complaints/${complaint.number}/escalation`)).status).toBe(404)
})

it('CMP-15: overdue and escalated by person and department are what the records say, for whoever has the statistics', async () => {
  const other = await make.staff([{ role: 'front_desk', department: '城西营业部' }])
  const first = await complaintAt('2026-11-09 10:00', { ownerId: cast.sales.id })
  const second = await complaintAt('2026-11-09 11:00', { by: other, ownerId: other.id, departmentId: west })
  await complaintAt('2026-11-10 10:00', { ownerId: cast.sales.id, accused: [cast.general_manager.id] })
  for (const time of ['2026-11-09 13:01', '2026-11-09 14:01', '2026-11-10 13:01']) await sweep(at(time))
  // Handed on after it was missed: the miss stays with who had it.
  await change(await actorOf(cast.cs_manager), async (tx, audit) => {
    await tx.complaint.update({ where: { id: first.id }, data: { ownerId: cast.dept_head.id } })
    await handOnClocks(tx, await lockComplaint(tx, first.id), at('2026-11-09 15:00'))
    await audit('complaint.handed_over', `complaint:${first.id}`)
  })
  await sweep(at('2026-11-12 18:00'))
  const actor = await actorOf(cast.front_desk)
  await escalate(actor, first.id, { ...given, version: (await complaintNow(first)).version }, at('2026-11-10 09:00'))
  await escalate(
    await actorOf(cast.cs_manager),
    second.id,
    { ...given, unrecorded: true, version: (await complaintNow(second)).version },
    at('2026-11-10 09:00'),
  )

  const [from, until] = [at('2026-11-09 00:00'), at('2026-11-16 00:00')]
  const all = await overdueAndEscalated(await actorOf(cast.cs_manager), from, until)
  const person = (id: bigint) => all.people.find((row) => row.id === id)
  expect(person(cast.sales.id)).toMatchObject({ overdue: 2, contact: 2 })
  expect(person(cast.dept_head.id)).toMatchObject({
    contact: 0,
    progress: 1,
    done: 1,
    overdue: 1,
    escalated: 1,
    unrecorded: 0,
  })
  expect(person(other.id)).toMatchObject({ contact: 1, progress: 1, done: 1, overdue: 1, escalated: 1, unrecorded: 1 })

  // Counted another way: one by one, from the clocks themselves.
  const { rows } = await pool.query<{ department: string; overdue: number; missed: number }>(
    `select k.department_id as department, count(distinct k.id)::int as overdue, count(*)::int as missed
     from complaint k join deadline d on d.subject = 'complaint:' || k.id
     where d.kind in ('complaint.contact', 'complaint.done', 'complaint.progress') and d.breached_at >= $1 and d.breached_at < $2
     group by 1`,
    [from, until],
  )
  for (const { department, overdue, missed } of rows) {
    const row = all.departments.find(({ id }) => String(id) === String(department))!
    expect([row.overdue, row.contact + row.done + row.progress]).toEqual([overdue, missed])
  }
  expect(all.departments.length).toBe(rows.length)
  expect(all.all.overdue).toBe(rows.reduce((sum, { overdue }) => sum + overdue, 0))

  // Whom one is about is not in the figures of that person.
  const seen = await overdueAndEscalated(await actorOf(cast.general_manager), from, until)
  expect(seen.all.overdue).toBe(all.all.overdue - 1)
  // The head of one department has its figures alone.
  const own = await overdueAndEscalated(await actorOf(cast.dept_head), from, until)
  expect(own.departments.map(({ id }) => id)).toEqual([east])
  // The moment itself belongs to the time that begins with it.
  expect(
    (await overdueAndEscalated(await actorOf(cast.cs_manager), at('2026-11-09 13:00'), at('2026-11-09 14:00'))).all
      .contact,
  ).toBe(1)
})
