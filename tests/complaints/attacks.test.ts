import { beforeAll, describe, expect, it } from 'vitest'
import { judgeComplaint } from '../../src/complaints/judging/commands.ts'
import { linkComplaint } from '../../src/complaints/groups/commands.ts'
import { handComplaintsOver } from '../../src/complaints/handing-over.ts'
import { recordLiability } from '../../src/complaints/liabilities/commands.ts'
import { liabilityForm } from '../../src/complaints/liabilities/forms.ts'
import { finishMeasure, namePeople } from '../../src/complaints/measures/doing.ts'
import { proposeMeasure } from '../../src/complaints/measures/proposing.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText, dateTimeText } from '../../src/lib/dates.ts'
import { decideAs, requestAbout } from '../support/approvals.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { approvedRemedy, clocksOf, handled } from './course.ts'

let people: Cast
let east: bigint
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

const later = (days: number) => dateText(new Date(now().getTime() + days * 86_400_000))
const accuse = async ({ number }: { number: string }, whom: { number: string }) => {
  const page = await (
    await signIn(people.front_desk)
  ).submit(`/complaints/${number}/correction`, {
    accused: whom.number,
  })
  expect(page.status).toBe(200)
}
const improving = async (more: object = {}) => {
  const complaint = await aComplaint({ departmentId: east, state: 'improving', ...more })
  await pool.query('update complaint set founded = true where id = $1', [complaint.id])
  return complaint
}
const measureFor = async (complaint: { id: bigint }) => {
  const given = {
    kind: 'corrective' as const,
    measure: '加厚封条，逐户复查',
    owner: people.logistics.number,
    checker: people.sales_director.number,
    dueOn: later(10),
  }
  await proposeMeasure(await actorOf(people.cs_manager), complaint.id, given, now())
  return db.correctiveAction.findFirstOrThrow({ where: { complaintId: complaint.id }, orderBy: { n: 'desc' } })
}
const versionOf = async (id: bigint) => (await db.correctiveAction.findUniqueOrThrow({ where: { id } })).version

describe('CMP-03: who is named later', () => {
  it('CMP-03, CMP-22: signs no judgement that waits, and finds nothing of what was told before', () =>
    under({ 'complaints.course': 'store' }, async () => {
      const named = await make.staff([{ role: 'cs_manager' }])
      const complaint = await aComplaint({ departmentId: east, hazard: true })
      const subject = `complaint:${complaint.id}`
      expect(await db.notice.count({ where: { staffId: named.id, subject } })).toBeGreaterThan(0)
      const judged = {
        verdict: 'founded' as const,
        reasonable: true,
        kind: 'repair_quality' as const,
        departmentId: east,
        judgement: '封条型号装错，与客户说的一致。',
        version: complaint.version,
      }
      await judgeComplaint(await actorOf(people.dept_head), complaint.id, judged, now())
      await accuse(complaint, named)
      const request = await requestAbout('complaint.acceptance', subject)
      expect(await refusalOf(decideAs(named, request, { verdict: 'approve' }))).toEqual([
        expect.stringContaining('PPL-02'),
      ])
      expect(await db.notice.count({ where: { staffId: named.id, subject } })).toBe(0)
      expect(await db.notice.count({ where: { staffId: people.cs_manager.id, subject } })).toBeGreaterThan(0)
      expect(await decideAs(people.cs_manager, request, { verdict: 'approve' })).toBe('approved')
    }))

  it('CMP-03, CMP-18: signs no measure that waits', async () => {
    const named = await make.staff([{ role: 'general_manager' }])
    const complaint = await aComplaint({ departmentId: east, state: 'proposing' })
    const { id } = await measureFor(complaint)
    await accuse(complaint, named)
    const request = await requestAbout('complaint.measures', `measure:${id}`)
    expect(await refusalOf(decideAs(named, request, { verdict: 'approve' }))).toEqual([
      expect.stringContaining('PPL-02'),
    ])
    expect(await decideAs(people.general_manager, request, { verdict: 'approve' })).toBe('approved')
  })

  it('CMP-03, CMP-05: reads the title of no complaint about them on the page of the group it gave its name', async () => {
    const about = await aComplaint({
      title: '蓬莱门店的人态度恶劣',
      departmentId: east,
      accused: [people.dept_head.id],
    })
    const other = await aComplaint({ title: '冷库门关不严', departmentId: east })
    await linkComplaint(
      await actorOf(people.cs_manager),
      other.id,
      { other: about.number, bond: 'group', version: other.version },
      now(),
    )
    const { groupId } = await complaintNow(other)
    const path = `/complaints/groups/${groupId}`
    expect((await (await signIn(people.cs_manager)).visit(path)).$('h1').text()).toBe('蓬莱门店的人态度恶劣')
    const page = await (await signIn(people.dept_head)).visit(path)
    expect(page.status).toBe(200)
    expect(page.$('main').text()).not.toContain('态度恶劣')
    expect(page.$('h1').text()).toBe('冷库门关不严')
  })
})

describe('PPL-02: two hands', () => {
  it('PPL-02, CMP-17: who put the figures right does not confirm them', async () => {
    const complaint = await improving()
    const both = await make.staff([{ role: 'cs_manager' }, { role: 'general_manager' }])
    const row = liabilityForm.parse({
      department: String(east),
      staff: people.sales.number,
      head: '',
      loss: '100',
      penalty: '10',
      headPenalty: '',
      reason: '封条没有压实',
    })
    await recordLiability(await actorOf(people.cs_manager), complaint.id, row, now())
    const { id } = await db.liability.findFirstOrThrow({ where: { complaintId: complaint.id } })
    const browser = await signIn(both)
    const path = `/complaints/${complaint.number}/liabilities/${id}`
    expect((await browser.submit(`${path}/correction`, { penalty: '99000' })).status).toBe(200)
    const refused = await browser.submit(`${path}/confirmation`)
    expect(refused.$('.errors [data-rule="PPL-02"]')).toHaveLength(1)
    expect(await db.liability.findUniqueOrThrow({ where: { id } })).toMatchObject({ confirmedAt: null })
  })

  it('CMP-17: a row is reached by no other complaint’s address', async () => {
    const [one, other] = [await improving(), await improving()]
    const row = liabilityForm.parse({
      department: String(east),
      staff: people.sales.number,
      head: '',
      loss: '1',
      penalty: '1',
      headPenalty: '',
      reason: '封条没有压实',
    })
    await recordLiability(await actorOf(people.cs_manager), other.id, row, now())
    const { id } = await db.liability.findFirstOrThrow({ where: { complaintId: other.id } })
    for (const part of ['correction', 'withdrawal']) {
      const path = `/complaints/${one.number}/liabilities/${id}/${part}`
      expect((await (await signIn(people.cs_manager)).visit(path)).status).toBe(404)
    }
  })

  it('CMP-18: who did a measure does not come to verify it by changing places', async () => {
    const { id } = await measureFor(await improving())
    await decideAs(people.general_manager, await requestAbout('complaint.measures', `measure:${id}`), {
      verdict: 'approve',
    })
    const version = await versionOf(id)
    await finishMeasure(await actorOf(people.logistics), id, { evidence: '做了', version }, now())
    const boss = await actorOf(people.general_manager)
    const swap = { owner: people.sales.number, checker: people.logistics.number, reason: null }
    expect(await refusalOf(namePeople(boss, id, { ...swap, version: await versionOf(id) }, now()))).toEqual([
      'CMP-18 measures:refused.doneByOwner',
    ])
    const another = { owner: people.logistics.number, checker: people.cs_manager.number, reason: null }
    expect(await refusalOf(namePeople(boss, id, { ...another, version: await versionOf(id) }, now()))).toBeNull()
  })

  it('PPL-02, ACC-02: who takes a case over from a leaver does not sign its remedy, another does', async () => {
    const leaver = await make.staff([{ role: 'sales', department: '城东营业部' }])
    const next = await make.staff([{ role: 'cs_manager' }])
    const complaint = await aComplaint({ departmentId: east, ownerId: leaver.id, state: 'proposing' })
    const actor = await actorOf(leaver)
    const browser = await signIn(leaver)
    await browser.submit(`/complaints/${complaint.number}/remedy`, {
      kind1: 'repair',
      text1: '换装加厚封条',
      amount1: '10',
      reason: '封条装错',
      act: 'submit',
    })
    const request = await requestAbout('complaint.remedy', `complaint:${complaint.id}`)
    await change(await actorOf(people.cs_manager), (tx, audit) =>
      handComplaintsOver(tx, audit, {
        actor: people.cs_manager,
        ids: [complaint.id],
        from: { id: actor.id, name: actor.name },
        to: { id: next.id, name: '接手人' },
        why: '离职',
        now: now(),
      }),
    )
    expect(await refusalOf(decideAs(next, request, { verdict: 'approve' }))).toEqual([
      expect.stringContaining('PPL-02'),
    ])
    expect(await decideAs(people.cs_manager, request, { verdict: 'approve' })).toBe('next')
  })
})

describe('clocks and money', () => {
  it('CMP-14: another kind, corrected, is due by the clock of that kind', () =>
    under({ 'complaints.service_clock': 'days' }, async () => {
      const complaint = await aComplaint({ departmentId: east })
      const running = async () =>
        (await clocksOf(complaint))
          .filter((clock) => clock.kind.startsWith('complaint.done') && !clock.cancelledAt)
          .map(({ kind }) => kind)
      expect(await running()).toEqual(['complaint.done'])
      const desk = await signIn(people.front_desk)
      await desk.submit(`/complaints/${complaint.number}/correction`, { kind: 'service_quality' })
      expect(await running()).toEqual(['complaint.done_days'])
      await desk.submit(`/complaints/${complaint.number}/correction`, { kind: 'repair_quality' })
      expect(await running()).toEqual(['complaint.done'])
    }))

  it('CMP-11, CMP-19: what the customer turned down for good is no compensation', async () => {
    const { complaint, handler } = await handled('telling')
    await pool.query('update complaint set round = 2, compensation = 300 where id = $1', [complaint.id])
    await pool.query(`update remedy set accepted = false, state = 'dropped' where complaint_id = $1`, [complaint.id])
    await approvedRemedy(complaint.id, handler.id, 2)
    const manager = await signIn(people.cs_manager)
    await manager.submit(`/complaints/${complaint.number}/unresolved`, {
      way: 'phone',
      at: dateTimeText(now()).replace(' ', 'T'),
      words: '不接受任何方案，已告知 12315',
      consumers: 'on',
    })
    const after = await complaintNow(complaint)
    expect(after).toMatchObject({ state: 'improving', outcome: 'unresolved' })
    expect(after.compensation.toFixed(2)).toBe('0.00')
  })

  it('CMP-14, CMP-21: taken up again and waiting for the customer, the clock of another kind does as the old one did', () =>
    under({ 'complaints.service_clock': 'days' }, async () => {
      const complaint = await aComplaint({ departmentId: east, state: 'investigating' })
      const from = new Date(now().getTime() - 1000)
      await pool.query(
        `insert into complaint_pause (complaint_id, from_at, most_until, reason, by_id)
         values ($1, $2, $2::timestamptz + interval '5 days', '等客户寄回封条', $3)`,
        [complaint.id, from, people.cs_manager.id],
      )
      await pool.query('update complaint set paused = true, received_at = $2 where id = $1', [
        complaint.id,
        new Date(now().getTime() - 30 * 86_400_000),
      ])
      const desk = await signIn(people.front_desk)
      await desk.submit(`/complaints/${complaint.number}/correction`, { kind: 'service_quality' })
      const clocks = await clocksOf(complaint)
      const [was, is] = ['complaint.done', 'complaint.done_days'].map((kind) =>
        clocks.find((clock) => clock.kind === kind),
      )
      expect(was!.cancelledAt).not.toBeNull()
      expect(is!.pausedAt).not.toBeNull()
      expect(is!.startedAt).toEqual(was!.startedAt)
    }))
})

it('CMP-11, CBK-02: tries for an answer that was judged anew do not count for the next one', async () => {
  const complaint = await aComplaint({ departmentId: east, state: 'answering' })
  await pool.query(
    `insert into complaint_contact (complaint_id, round, at, by_id, purpose, way, reached, words)
     select $1, 1, $2::timestamptz - n * interval '1 day', $3, 'answer', 'phone', false, '没人接'
     from generate_series(1, 3) n`,
    [complaint.id, now(), people.front_desk.id],
  )
  const judged = (days: number) =>
    pool.query('update complaint set founded = false, judged_at = $2 where id = $1', [
      complaint.id,
      new Date(now().getTime() - days * 86_400_000),
    ])
  const close = async () => {
    const desk = await signIn(people.front_desk)
    return (await desk.submit(`/complaints/${complaint.number}/closing`, { summary: '联系不上' })).status
  }
  await judged(0)
  expect(await close()).toBe(422)
  expect((await complaintNow(complaint)).state).toBe('answering')
  await judged(4)
  expect(await close()).toBe(200)
  expect(await complaintNow(complaint)).toMatchObject({ state: 'closed', outcome: 'unreachable' })
})

it('CMP-01: what nobody can see is neither a name nor a matter', async () => {
  const desk = await signIn(people.front_desk)
  const typed = { channel: 'phone', kind: 'repair_quality', wants: '派人', act: 'save' }
  const nobody = await desk.submit('/complaints/new', { ...typed, complainant: '\u200B\u200B', what: '门缝透风' })
  expect(nobody.$('.errors [data-rule="CMP-01"]')).toHaveLength(1)
  const nothing = await desk.submit('/complaints/new', { ...typed, complainant: '鹿鸣野', what: '\u200B\u2060\uFEFF' })
  expect(nothing.status).toBe(422)
})
