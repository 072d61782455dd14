import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ActionState } from '../../prisma/client/enums.ts'
import { calendarAt } from '../../src/calendar/queries.ts'
import { addWorkingDays, closeOf } from '../../src/calendar/reckoning.ts'
import { doneForm, proposalForm } from '../../src/complaints/measures/forms.ts'
import { finishMeasure, judgeEffect, namePeople, verifyMeasure } from '../../src/complaints/measures/doing.ts'
import { measuresAtHome } from '../../src/complaints/measures/home.ts'
import { proposeMeasure } from '../../src/complaints/measures/proposing.ts'
import {
  dueProblems,
  effectDue,
  effectOn,
  effectProblems,
  mostDaysAhead,
  peopleProblems,
} from '../../src/complaints/measures/rules.ts'
import { measureStates, type MeasureAct } from '../../src/complaints/measures/states.ts'
import { db, pool } from '../../src/db.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { now } from '../../src/lib/clock.ts'
import { decideAs, requestAbout } from '../support/approvals.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { aComplaint } from '../support/complaints.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

let people: Cast
let east: bigint
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

const later = (days: number) => dateText(new Date(now().getTime() + days * 86_400_000))
const proposal = (more: object = {}) => ({
  kind: 'corrective' as const,
  measure: '冷库门封条换成加厚的一种，逐户复查',
  owner: people.logistics.number,
  checker: people.sales_director.number as string | null,
  dueOn: later(10),
  ...more,
})
const found = async (more: object = {}) => {
  const complaint = await aComplaint({ departmentId: east, state: 'improving', ...more })
  await pool.query('update complaint set founded = true where id = $1', [complaint.id])
  return complaint
}
const measureOf = (id: bigint) =>
  db.correctiveAction.findFirstOrThrow({ where: { complaintId: id }, orderBy: { n: 'desc' } })

async function approved() {
  const complaint = await found()
  await proposeMeasure(await actorOf(people.cs_manager), complaint.id, proposal(), now())
  const { id } = await measureOf(complaint.id)
  await decideAs(people.general_manager, await requestAbout('complaint.measures', `measure:${id}`), {
    verdict: 'approve',
  })
  return { complaint, id, number: `${complaint.number}-1` }
}
const versionOf = async (id: bigint) => (await db.correctiveAction.findUniqueOrThrow({ where: { id } })).version

describe('CMP-18: the rules of a measure', () => {
  const acts: MeasureAct[] = ['approve', 'refuse', 'correct', 'finish', 'verify', 'send_back', 'confirm', 'disprove']
  const open: Record<ActionState, MeasureAct[]> = {
    proposed: ['approve', 'refuse', 'correct'],
    approved: ['finish'],
    done: ['verify', 'send_back'],
    verified: ['confirm', 'disprove'],
    effective: [],
    ineffective: [],
    refused: [],
  }
  it.each(Object.entries(open))('CMP-18: %s lets nothing but its own acts', (state, may) => {
    for (const act of acts) {
      const step = () => measureStates.next(state as ActionState, act)
      if (may.includes(act)) expect(step).not.toThrow()
      else expect(step).toThrow('CMP-18')
    }
  })

  it('CMP-18: without a day it is told that one is needed, not that it cannot be read', () => {
    const said = proposalForm.safeParse({
      kind: 'corrective',
      measure: '领料扫码',
      owner: 'C00001',
      dueOn: '',
      checker: '',
    })
    expect(said.error?.issues.map(({ path, message }) => [path.join(), message])).toEqual([
      ['dueOn', 'web:field.required'],
    ])
  })
  it('CMP-18: due today at the earliest and a year ahead at the latest, to the day', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 10, 22 + n)).toISOString().slice(0, 10)
    const reasons = [-1, 0, mostDaysAhead, mostDaysAhead + 1].map((n) => dueProblems(day(n), day(0))[0]?.reason)
    expect(reasons).toEqual(['measures:refused.past', undefined, undefined, 'measures:refused.farAhead'])
  })

  it('CMP-18, CMP-03: two people, neither of them complained about', () => {
    expect(peopleProblems({ ownerId: 1n, checkerId: 2n, accused: [3n] })).toEqual([])
    expect(peopleProblems({ ownerId: 1n, checkerId: 1n, accused: [] })).toMatchObject([
      { rule: 'CMP-18', field: 'checker' },
    ])
    expect(peopleProblems({ ownerId: 3n, checkerId: null, accused: [3n] })).toMatchObject([{ rule: 'CMP-03' }])
    expect(peopleProblems({ ownerId: 1n, checkerId: 3n, accused: [3n] })).toMatchObject([{ rule: 'CMP-03' }])
  })

  it('CMP-18, CAL-03 complaints.effect_days: an effect is judged from its day on, whatever the hour of the verification', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 }), fc.integer({ min: 0, max: 86_399 }), (days, second) => {
        const verified = new Date(dayStart('2026-11-22').getTime() + second * 1000)
        const on = dayStart(effectOn(verified, days))
        expect(on.getTime()).toBe(dayStart('2026-11-22', days).getTime())
        expect(effectProblems(verified, days, new Date(on.getTime() - 1))).toHaveLength(1)
        expect(effectProblems(verified, days, on)).toEqual([])
      }),
    )
  })
})

it('CMP-18, CAL-03 complaints.verify_days: verified by the close of the third working day, the effect by as many after its own', async () => {
  const calendar = await calendarAt(new Date('2026-11-23T02:00:00Z'))
  const close = (day: string) => closeOf(calendar, day)
  expect(addWorkingDays(calendar, new Date('2026-11-23T02:00:00Z'), 3)).toEqual(close('2026-11-26'))
  // Verified on the 23rd, 30 days: from 12-23 on, three working days after that day.
  expect(effectDue(calendar, new Date('2026-11-23T02:00:00Z'), 30, 3)).toEqual(close('2026-12-28'))
  const { id } = await approved()
  const version = await versionOf(id)
  await finishMeasure(await actorOf(people.logistics), id, { evidence: '换好了', version }, now())
  const { amount, unit } = await db.deadline.findFirstOrThrow({
    where: { subject: `measure:${id}`, kind: 'measure.check' },
  })
  expect({ amount, unit }).toEqual({ amount: 3, unit: 'working_day' })
})

describe('CMP-18: from the proposal to the effect', () => {
  it('CMP-18: proposed in the browser, signed by the general manager who names the checker, done, verified, effective', async () => {
    const complaint = await found()
    const desk = await signIn(people.cs_manager)
    const page = await desk.submit(`/complaints/${complaint.number}/measures/new`, proposal({ checker: '' }) as never)
    expect(page.$('.notice').text()).toContain(`${complaint.number}-1`)
    const { id } = await measureOf(complaint.id)
    const request = await requestAbout('complaint.measures', `measure:${id}`)
    const boss = await signIn(people.general_manager)
    const inbox = await boss.visit(`/approvals/${request.number}`)
    expect(inbox.$('#cannot').text()).toContain('还没有指定验证人')
    await expect(decideAs(people.general_manager, request, { verdict: 'approve' })).rejects.toThrow('noChecker')
    const number = `${complaint.number}-1`
    const named = await boss.submit(`/measures/${number}/people`, { checker: people.sales_director.number })
    expect(named.url).toBe(`/approvals/${request.number}`)
    await decideAs(people.general_manager, request, { verdict: 'approve' })
    const clocks = () => db.deadline.findMany({ where: { subject: `measure:${id}` }, orderBy: { id: 'asc' } })
    expect(await clocks()).toMatchObject([{ kind: 'measure.due', ownerId: people.logistics.id, metAt: null }])
    expect((await measuresAtHome(await actorOf(people.logistics), now())).doing).toMatchObject({
      count: expect.any(Number),
    })

    const owner = await signIn(people.logistics)
    const mine = await owner.visit(`/measures/${number}`)
    expect(mine.$('main').text()).not.toContain(complaint.title)
    const short = await owner.submit(`/measures/${number}/done`, { evidence: '' })
    expect(short.status).toBe(422)
    const done = await owner.submit(`/measures/${number}/done`, { evidence: '六户已换，附件照片三张' })
    expect(done.$('.notice').text()).toContain('等验证人')
    expect(done.$('.why-not').text()).toContain('承办人不验证自己的措施')
    const checker = await signIn(people.sales_director)
    const back = { verdict: 'send_back', verification: '第三户没有换' }
    await checker.submit(`/measures/${number}/verification`, back)
    expect((await owner.visit(`/measures/${number}`)).$('.history').text()).toContain('第三户没有换')
    await owner.submit(`/measures/${number}/done`, { evidence: '第三户也换了' })
    const verified = await checker.submit(`/measures/${number}/verification`, {
      verdict: 'verify',
      verification: '都换了',
    })
    expect(verified.$('.why-not').text()).toContain('30 天')
    const actor = await actorOf(people.sales_director)
    const judged = { verdict: 'confirm' as const, effect: '一个月没有再报', version: await versionOf(id) }
    expect(await refusalOf(judgeEffect(actor, id, judged, now()))).toEqual(['CMP-18 measures:refused.tooSoon'])
    await judgeEffect(actor, id, judged, dayStart(later(30)))
    expect(await clocks()).toHaveLength(5)
    expect((await clocks()).every(({ metAt }) => metAt !== null)).toBe(true)
    const trail = await db.auditEntry.findMany({
      where: { subject: `complaint:${complaint.id}`, action: { startsWith: 'measure.' } },
      orderBy: { id: 'asc' },
    })
    expect(trail.map(({ action }) => action.slice(8))).toEqual([
      'proposed',
      'people',
      'approved',
      'done',
      'sent_back',
      'done',
      'verified',
      'effective',
    ])
    expect((await desk.visit(`/complaints/${complaint.number}`)).$('#measures').text()).toContain('有效')
  })

  it('CMP-18: where it had no effect another one is asked for', async () => {
    const { complaint, id } = await approved()
    await pool.query(`update corrective_action set state = 'verified', verified_at = $2 where id = $1`, [
      id,
      new Date(now().getTime() - 40 * 86_400_000),
    ])
    const actor = await actorOf(people.sales_director)
    await judgeEffect(actor, id, { verdict: 'disprove', effect: '又有两户', version: await versionOf(id) }, now())
    const page = await (await signIn(people.cs_manager)).visit(`/complaints/${complaint.number}`)
    expect(page.$('.why-not').text()).toContain('另提措施')
    expect(await db.notice.count({ where: { kind: 'measure.ineffective', subject: `measure:${id}` } })).toBe(2)
  })

  it('CMP-18: refused it ends; returned it is put right and filed again', async () => {
    const complaint = await found()
    const actor = await actorOf(people.cs_manager)
    for (const verdict of ['refuse', 'return'] as const) {
      await proposeMeasure(actor, complaint.id, proposal(), now())
      const { id, n } = await measureOf(complaint.id)
      const request = await requestAbout('complaint.measures', `measure:${id}`)
      await decideAs(people.general_manager, request, { verdict, note: '写得太宽' })
      const desk = await signIn(people.cs_manager)
      const path = `/measures/${complaint.number}-${n}`
      const acts = (await desk.visit(path)).$('.acts').text()
      if (verdict === 'refuse') {
        expect(await db.correctiveAction.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'refused' })
        expect(acts).toBe('')
        continue
      }
      expect(acts).toContain('改正')
      await desk.submit(`${path}/correction`, { measure: '只换冷库门的封条' })
      expect((await requestAbout('complaint.measures', `measure:${id}`)).id).not.toBe(request.id)
    }
  })

  it('CMP-18: two verify at once: one is written, the other hears of it', async () => {
    const { id } = await approved()
    await finishMeasure(
      await actorOf(people.logistics),
      id,
      doneForm.parse({ evidence: '做了', version: String(await versionOf(id)) }),
      now(),
    )
    const actor = await actorOf(people.sales_director)
    const version = await versionOf(id)
    const both = (['verify', 'send_back'] as const).map((verdict) =>
      refusalOf(verifyMeasure(actor, id, { verdict, verification: '看过', version }, now())),
    )
    const outcomes = await Promise.all(both)
    expect(outcomes.filter((one) => one === null)).toHaveLength(1)
    expect(outcomes.filter((one) => one !== null)).toEqual([['CMP-18 measures:refused.changedMeanwhile']])
  })

  it('CMP-18: only its owner reports it done, only its checker verifies it, and the clock goes with the person', async () => {
    const { id, number } = await approved()
    const other = await make.staff([{ role: 'logistics' }])
    expect((await (await signIn(other)).visit(`/measures/${number}`)).status).toBe(404)
    expect((await (await signIn(people.sales_director)).visit(`/measures/${number}/done`)).status).toBe(403)
    const given = {
      owner: other.number,
      checker: people.sales_director.number,
      reason: '休假',
      version: await versionOf(id),
    }
    await namePeople(await actorOf(people.general_manager), id, given, now())
    expect(
      await db.deadline.findFirstOrThrow({ where: { subject: `measure:${id}`, kind: 'measure.due' } }),
    ).toMatchObject({ ownerId: other.id })
    expect((await (await signIn(other)).visit(`/measures/${number}/done`)).status).toBe(200)
    expect((await (await signIn(other)).visit('/measures')).$('#main, main').text()).toContain(number)
  })
})

it('CMP-18: not founded, no measure; CMP-03: whom it is about knows of none', async () => {
  const actor = await actorOf(people.cs_manager)
  const open = await aComplaint({ departmentId: east })
  expect(await refusalOf(proposeMeasure(actor, open.id, proposal(), now()))).toEqual([
    'CMP-18 measures:refused.notFounded',
  ])
  const about = await found({ accused: [people.logistics.id] })
  expect(await refusalOf(proposeMeasure(actor, about.id, proposal(), now()))).toEqual([
    'CMP-03 measures:refused.accused',
  ])
  const { id, complaint, number } = await approved()
  await pool.query('update complaint set accused = array[$2::bigint] where id = $1', [
    complaint.id,
    people.logistics.id,
  ])
  expect((await (await signIn(people.logistics)).visit(`/measures/${number}`)).status).toBe(404)
  await expect(
    finishMeasure(await actorOf(people.logistics), id, { evidence: '做了', version: await versionOf(id) }, now()),
  ).rejects.toThrow('measures.use')
})

it('CMP-03, CMP-18: whose measure it was loses sight of it at once; who names others is told at once and does', async () => {
  const { id, complaint, number } = await approved()
  const path = `/measures/${number}`
  const owner = await signIn(people.logistics)
  expect((await owner.visit(path)).status).toBe(200)
  const desk = await signIn(people.front_desk)
  await desk.submit(`/complaints/${complaint.number}/correction`, { accused: people.logistics.number })
  expect((await owner.visit(path)).status).toBe(404)
  for (const page of ['/measures', '/notices']) expect((await owner.visit(page)).$('main').text()).not.toContain(number)
  const told = { staffId: people.general_manager.id, kind: 'measure.unmanned', subject: `measure:${id}` }
  expect(await db.notice.count({ where: told })).toBe(1)

  const boss = await signIn(people.general_manager)
  expect((await boss.visit(path)).$('.why-nots').text()).toContain('另行指定')
  await boss.submit(`${path}/people`, {
    owner: people.dept_head.number,
    checker: people.sales_director.number,
    reason: '换人',
  })
  expect(await measureOf(complaint.id)).toMatchObject({ ownerId: people.dept_head.id, state: 'approved' })
  expect((await boss.visit(path)).$('.why-nots').text()).not.toContain('另行指定')
  await finishMeasure(await actorOf(people.dept_head), id, { evidence: '已复查', version: await versionOf(id) }, now())
  const clock = await db.deadline.findFirstOrThrow({ where: { subject: `measure:${id}`, kind: 'measure.due' } })
  const head = await signIn(people.dept_head)
  expect((await head.visit(`/deadlines/${clock.id}`)).status).toBe(200)
  // Done by one whom it turns out to be about: another stands for it, and it can still be verified.
  await pool.query('update complaint set accused = array[$2::bigint] where id = $1', [
    complaint.id,
    people.dept_head.id,
  ])
  expect((await head.visit(`/deadlines/${clock.id}`)).status).toBe(404)
  const given = {
    owner: people.logistics.number,
    checker: people.sales_director.number,
    reason: '换人',
    version: await versionOf(id),
  }
  await namePeople(await actorOf(people.general_manager), id, given, now())
  expect(await measureOf(complaint.id)).toMatchObject({ ownerId: people.logistics.id, state: 'done' })
})
