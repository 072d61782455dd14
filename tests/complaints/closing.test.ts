import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  callBackProblems,
  closingProblems,
  outcomeOf,
  ownEndProblems,
  scoreProblems,
  triedEnough,
  wordProblems,
  type ClosingFacts,
  type Left,
} from '../../src/complaints/closing/rules.ts'
import { callBack } from '../../src/complaints/closing/calling-back.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { complaintNow } from '../support/complaints.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'
import { approvedRemedy, clocksOf, handled, trailOf } from './course.ts'

afterEach(() => moveClock(() => new Date()))

const at = () => dateTimeText(now()).replace(' ', 'T')
const called = (more: Record<string, string> = {}) => ({
  way: 'phone',
  at: at(),
  reached: 'yes',
  words: '问过了',
  ...more,
})
const calledBack = (browser: Browser, { number }: { number: string }, more: Record<string, string>) =>
  browser.submit(`/complaints/${number}/call-back`, called(more))
const closing = { carriedOut: '当天换装加厚封条', improvement: '换封条前核对型号', summary: '封条型号装错，已换' }
const close = (browser: Browser, { number }: { number: string }, more: Record<string, string> = {}) =>
  browser.submit(`/complaints/${number}/closing`, { ...closing, ...more })
const errorsOf = (page: { $: (selector: string) => { text: () => string } }) => page.$('.errors').text()
const day = 86_400_000

const facts: ClosingFacts = {
  state: 'improving',
  outcome: 'settled',
  told: true,
  asked: true,
  days: 0,
  attempts: 3,
  waiting: null,
  remedyApproved: true,
  unreported: null,
  missing: [],
}
const rulesOf = (given: Partial<ClosingFacts>) =>
  closingProblems({ ...facts, ...given }).map(({ rule, reason }) => `${rule} ${reason.split('.')[1]}`)

it.each([
  ['told, asked, approved', {}, []],
  ['not told', { told: false, state: 'telling' }, ['CMP-11 notTold']],
  ['told, not asked', { asked: false, state: 'asking' }, ['CMP-11 notAsked']],
  ['without an approved remedy', { remedyApproved: false }, ['CMP-20 noRemedy']],
  ['while an approval waits', { waiting: 'S2026000001' }, ['CMP-11 waiting']],
  ['while who passed it on knows nothing', { unreported: '蓬莱集团' }, ['CMP-13 unreported']],
  ['not reached', { outcome: 'unreachable', asked: false, told: false }, []],
  ['unresolved', { outcome: 'unresolved', asked: false, remedyApproved: false }, []],
  ['not founded, not answered', { state: 'answering', told: false }, ['CMP-11 notAnswered']],
  ['not founded, answered', { state: 'answering' }, []],
  ['not founded, tried on two days', { state: 'answering', told: false, days: 2 }, ['CMP-11 notAnswered']],
  ['not founded, tried on three days', { state: 'answering', told: false, days: 3 }, []],
])('CMP-11, CMP-20: closing %s', (_what, given, expected) => {
  expect(rulesOf(given as Partial<ClosingFacts>)).toEqual(expected)
})

it('CAL-03, CBK-02: complaints.attempts takes in the number itself', () => {
  expect([2, 3, 4].map((days) => triedEnough(days, 3))).toEqual([false, true, true])
})

it('CMP-11: nothing closes without the customer’s word, or as many days of trying as there must be', () => {
  const any = fc.record({
    told: fc.boolean(),
    asked: fc.boolean(),
    days: fc.nat(10),
    attempts: fc.integer({ min: 1, max: 10 }),
  })
  fc.assert(
    fc.property(any, ({ told, asked, days, attempts }) => {
      const open = rulesOf({ told, asked, days, attempts }).length === 0
      expect(open).toBe(told && asked)
      const answered = rulesOf({ state: 'answering', told, days, attempts }).length === 0
      expect(answered).toBe(told || days >= attempts)
    }),
  )
})

it.each([
  ['settled', { ...facts }, 'settled'],
  ['answered', { ...facts, state: 'answering', outcome: null }, 'answered'],
  ['answered to nobody', { ...facts, state: 'answering', outcome: null, told: false }, 'unreachable'],
  ['unresolved', { ...facts, outcome: 'unresolved' }, 'unresolved'],
] as const)('CMP-11: comes to %s', (_what, given, outcome) => {
  expect(outcomeOf(given)).toBe(outcome)
})

it.each([
  [{ carriedOut: '换了', improvement: '核对', noImprovement: false }, []],
  [{ carriedOut: null, improvement: '核对', noImprovement: false }, ['notCarriedOut']],
  [{ carriedOut: '换了', improvement: null, noImprovement: false }, ['noImprovement']],
  [{ carriedOut: '换了', improvement: null, noImprovement: true }, ['whyNone']],
  [{ carriedOut: '换了', improvement: '偶发', noImprovement: true }, []],
])('CMP-11: the closing form with %j', (words, expected) => {
  expect(wordProblems(words, facts).map(({ reason }) => reason.split('.')[1])).toEqual(expected)
})

it.each([
  [1n, false],
  [2n, false],
  [3n, false],
  [4n, false],
  [5n, true],
])('CMP-07: %s may call back: %s', (id, may) => {
  expect(callBackProblems({ id }, [1n, 2n, 3n, 4n], 'colleague').length === 0).toBe(may)
})

it.each([
  [true, 5, true],
  [true, 3, true],
  [true, 2, false],
  [false, 1, true],
  [false, 3, true],
  [false, 4, false],
])('CMP-11: satisfied %s with %i points goes together: %s', (satisfied, score, fits) => {
  expect(scoreProblems({ reached: true, satisfied, score }).length === 0).toBe(fits)
})

it('CMP-11: who handled it, now or before, does not end it alone when nobody asked the customer', () => {
  for (const id of [1n, 2n]) {
    expect(ownEndProblems({ id }, [1n, 2n], 'unreachable', 'colleague')).toHaveLength(1)
    expect(ownEndProblems({ id }, [1n, 2n], 'unresolved', 'colleague')).toHaveLength(1)
    expect(ownEndProblems({ id }, [1n, 2n], 'settled', 'colleague')).toEqual([])
  }
  expect(ownEndProblems({ id: 3n }, [1n, 2n], 'unreachable', 'colleague')).toEqual([])
})

it('CMP-07, CMP-11: where nobody without a part is left the manager does it, anybody else is sent there', () => {
  const reasons = (left: Left) =>
    [callBackProblems({ id: 1n }, [1n], left), ownEndProblems({ id: 1n }, [1n], 'unreachable', left)]
      .flat()
      .map(({ rule, reason }) => `${rule} ${reason}`)
  expect(reasons('oneself')).toEqual([])
  expect(reasons('manager')).toEqual(['CMP-07 closing:refused.onlyManager', 'CMP-11 closing:refused.onlyManager'])
})

describe('CMP-07: the end of the general course, over different people', () => {
  it('CMP-07, CMP-11: told, called back, closed with its clocks met, rated by a link shown once', async () => {
    const { front_desk, cs_manager } = await theCast()
    const { complaint, handler } = await handled('telling')
    const [own, desk, manager] = [await signIn(handler), await signIn(front_desk), await signIn(cs_manager)]
    const before = await desk.visit(`/complaints/${complaint.number}`)
    expect(before.$('.why-nots').text()).toContain(
      '客户还没有被告知处理结果，也没有 3 次不同日期的联系记录（现有 0 次）',
    )

    await own.submit(`/complaints/${complaint.number}/contacts/new`, called({ purpose: 'telling', reply: 'accepted' }))
    await calledBack(desk, complaint, { satisfied: 'yes', score: '4', words: '挺快的' })
    expect(await complaintNow(complaint)).toMatchObject({ state: 'improving', outcome: 'settled', satisfaction: 4 })

    const bare = await close(manager, complaint, { carriedOut: '', improvement: '' })
    expect(bare.status).toBe(422)
    expect(errorsOf(bare)).toMatch(/怎样执行的.*不需要改进，就勾选/s)
    expect(bare.$('[name=summary]').val()).toContain('封条型号装错')
    expect(bare.$(`main a[href="/complaints/${complaint.number}/measures/new"]`)).toHaveLength(1)
    const closed = await close(manager, complaint)
    expect(closed.status).toBe(200)
    const link = /\/r\/([\w-]{22})/.exec(closed.$('.secret').text())?.[1]
    expect(link).toBeDefined()
    expect(await complaintNow(complaint)).toMatchObject({ state: 'closed', closedById: cs_manager.id })
    const clocks = await clocksOf(complaint)
    expect(clocks.filter(({ metAt, cancelledAt }) => !metAt && !cancelledAt)).toEqual([])
    expect(clocks.find(({ kind }) => kind === 'complaint.done')!.metAt).not.toBeNull()
    const page = await manager.visit(`/complaints/${complaint.number}`)
    expect(page.$('#closing').text()).toMatch(/已解决.*林知夏.*4 分.*封条型号装错，已换.*换封条前核对型号/s)
    expect(page.response.text).not.toContain(link!)
    const trail = await trailOf(complaint)
    expect(trail).toEqual(
      expect.arrayContaining(['complaint.told', 'complaint.satisfied', 'complaint.closed', 'complaint.link_made']),
    )
    expect(await db.complaintProgress.count({ where: { complaintId: complaint.id, text: closing.carriedOut } })).toBe(1)
  })

  it('CMP-11: not satisfied begins another round with its own time, and counts', async () => {
    const { front_desk } = await theCast()
    const { complaint, handler } = await handled('asking')
    const desk = await signIn(front_desk)
    await calledBack(desk, complaint, { satisfied: 'no', score: '1', words: '还在漏，要换门' })
    expect(await complaintNow(complaint)).toMatchObject({ state: 'proposing', round: 2, satisfaction: 1, toldAt: null })
    expect((await clocksOf(complaint)).findLast(({ kind }) => kind === 'complaint.remedy')).toMatchObject({
      metAt: null,
      ownerId: handler.id,
    })
    const refused = await close(desk, complaint)
    expect(refused.status).toBe(422)
  })

  it('CMP-07: handler, investigator and proposer do not call back, in whatever role', async () => {
    const { complaint } = await handled('asking')
    const proposer = await make.staff([{ role: 'dept_head', department: '城东营业部' }, { role: 'cs_manager' }])
    await approvedRemedy(complaint.id, proposer.id, 2)
    await pool.query('update complaint set round = 2 where id = $1', [complaint.id])
    const browser = await signIn(proposer)
    const page = await browser.visit(`/complaints/${complaint.number}`)
    expect(page.$('.why-nots').text()).toContain('没有经手的同事')
    expect(page.$('.acts').text()).not.toContain('回访')
    const refused = await calledBack(browser, complaint, { satisfied: 'yes', score: '5' })
    expect(refused.status).toBe(422)
    expect(refused.$('.errors [data-rule="CMP-07"]').text()).toContain('不能自己回访')
    expect(await db.complaintContact.count({ where: { complaintId: complaint.id } })).toBe(0)
  })
})

describe('CBK-02: who cannot be reached', () => {
  it('CBK-02: three different days, each entered on its day; two are refused; the handler does not end it', async () => {
    const { front_desk } = await theCast()
    const { complaint, handler } = await handled('asking')
    const start = new Date(now().getTime() + day)
    const unreachable = `/complaints/${complaint.number}/unreachable`
    const actor = await actorOf(front_desk)
    const tryAgain = async (words: string) =>
      callBack(
        actor,
        complaint,
        {
          version: (await complaintNow(complaint)).version,
          way: 'phone',
          at: now(),
          reached: false,
          satisfied: null,
          score: null,
          words,
        },
        now(),
      )
    for (const n of [0, 1]) {
      moveClock(() => new Date(start.getTime() + n * day))
      await tryAgain(`第 ${n + 1} 天没人接`)
      await tryAgain('同一天再打')
    }
    const desk = await signIn(front_desk)
    const late = await calledBack(desk, complaint, { reached: 'no', at: dateTimeText(start).replace(' ', 'T') })
    expect(errorsOf(late)).toContain('不能补记')
    const early = await desk.submit(unreachable, { words: '都没人接' })
    expect(early.$('.errors [data-rule="CBK-02"]').text()).toContain('现有 2 个')
    moveClock(() => new Date(start.getTime() + 2 * day))
    await tryAgain('第 3 天没人接')
    const later = await signIn(front_desk)
    await pool.query(`insert into role_grant (staff_id, role, scope) values ($1, 'front_desk', 'company')`, [
      handler.id,
    ])
    const alone = await (await signIn(handler)).submit(unreachable, { words: '都没人接' })
    expect(errorsOf(alone)).toContain('承办过的人不能自己结束')
    await later.submit(unreachable, { words: '换了两个号码，都没人接' })
    expect(await complaintNow(complaint)).toMatchObject({ state: 'improving', outcome: 'unreachable' })
    const closed = await close(later, complaint, { carriedOut: '', improvement: '偶发', noImprovement: 'on' })
    expect(closed.$('h1').text()).toBe('客户评价链接')
    expect(await complaintNow(complaint)).toMatchObject({ state: 'closed', outcome: 'unreachable', satisfaction: null })
  })
})

describe('CMP-11: who takes no remedy', () => {
  it('CMP-12, CMP-13: was spoken to, and who passed the complaint on hears of that end before it is closed', async () => {
    const { cs_manager } = await theCast()
    const { complaint, handler } = await handled('telling', { reportingUnit: '蓬莱集团客服' })
    await pool.query('update complaint set round = 2 where id = $1', [complaint.id])
    await approvedRemedy(complaint.id, handler.id, 2)
    const manager = await signIn(cs_manager)
    const words = { way: 'phone', at: at(), words: '不接受任何方案，已告知 12315' }
    await manager.submit(`/complaints/${complaint.number}/unresolved`, { ...words, consumers: 'on' })
    const subject = `complaint:${complaint.id}`
    const clocks = await db.deadline.findMany({ where: { subject, metAt: null }, select: { kind: true } })
    expect(clocks.map(({ kind }) => kind)).toContain('complaint.report')
    expect(clocks.map(({ kind }) => kind)).not.toContain('complaint.contact')
    expect(errorsOf(await close(manager, complaint, { carriedOut: '' }))).toContain('蓬莱集团客服')
    expect((await complaintNow(complaint)).state).toBe('improving')
  })

  it('CMP-11: is told the ways outside, by the manager, and not before a remedy was refused', async () => {
    const { cs_manager, front_desk } = await theCast()
    const { complaint, handler } = await handled('telling')
    const path = `/complaints/${complaint.number}/unresolved`
    const manager = await signIn(cs_manager)
    const words = { way: 'phone', at: at(), words: '不接受任何方案，已告知 12315' }
    expect(errorsOf(await manager.submit(path, { ...words, consumers: 'on' }))).toContain('还没有拒绝过任何方案')
    await pool.query('update complaint set round = 2 where id = $1', [complaint.id])
    await approvedRemedy(complaint.id, handler.id, 2)
    expect(errorsOf(await manager.submit(path, words))).toContain('至少一项')
    expect((await (await signIn(front_desk)).visit(path)).status).toBe(403)
    await manager.submit(path, { ...words, consumers: 'on' })
    expect(await complaintNow(complaint)).toMatchObject({ state: 'improving', outcome: 'unresolved' })
    await close(manager, complaint, { carriedOut: '' })
    expect(await complaintNow(complaint)).toMatchObject({ state: 'closed', outcome: 'unresolved' })
  })
})

it('CMP-08: a major complaint is not closed while brand and legal know nothing', async () => {
  const { cs_manager } = await theCast()
  const { complaint } = await handled('improving', { hazard: true })
  await pool.query(`update complaint set outcome = 'settled', asked_at = recorded_at where id = $1`, [complaint.id])
  const manager = await signIn(cs_manager)
  const refused = await close(manager, complaint)
  expect(refused.$('.errors [data-rule="CMP-08"]').text()).toContain('还没有向品牌方')
  for (const unit of ['brand', 'legal'])
    await pool.query(
      `insert into told_line (complaint_id, unit, at, person, way, recorded_at, by_id)
       select id, $2::told_unit, recorded_at, '扶摇', 'phone', recorded_at, $3 from complaint where id = $1`,
      [complaint.id, unit, cs_manager.id],
    )
  expect((await close(manager, complaint)).$('h1').text()).toBe('客户评价链接')
})

/** Closed by the front desk, as the course leaves it. */
async function closed(more: { founded?: boolean } = {}) {
  const { complaint, handler } = await handled('improving')
  const { front_desk } = await theCast()
  await pool.query(
    `update complaint set outcome = 'settled', told_at = recorded_at, asked_at = recorded_at, satisfaction = null, founded = $2 where id = $1`,
    [complaint.id, more.founded ?? true],
  )
  const browser = await signIn(front_desk)
  const page = await close(browser, complaint)
  expect(page.$('h1').text()).toBe('客户评价链接')
  return { complaint, handler, browser }
}

describe('CMP-11: reopening', () => {
  it('CMP-11: needs a reason, counts, begins time anew, tells the handler and ends an unused link', async () => {
    const { complaint, handler, browser } = await closed()
    const path = `/complaints/${complaint.number}/reopening`
    expect((await browser.submit(path, { reason: '' })).status).toBe(422)
    moveClock(() => new Date(Date.now() + 3 * 3_600_000))
    const again = await signIn((await theCast()).front_desk)
    await again.submit(path, { reason: '夜里又漏风' })
    expect(await complaintNow(complaint)).toMatchObject({
      state: 'proposing',
      round: 2,
      reopened: 1,
      closedAt: null,
      outcome: null,
    })
    const running = (await clocksOf(complaint)).filter(({ metAt, cancelledAt }) => !metAt && !cancelledAt)
    expect(running.map(({ kind }) => kind).toSorted()).toEqual([
      'complaint.done',
      'complaint.first_result',
      'complaint.progress',
      'complaint.remedy',
    ])
    for (const { startedAt } of running) expect(now().getTime() - startedAt.getTime()).toBeLessThan(60_000)
    expect(await db.complaintReopening.findFirst({ where: { complaintId: complaint.id } })).toMatchObject({
      reason: '夜里又漏风',
      outcome: 'settled',
    })
    expect(await db.complaintRating.count({ where: { complaintId: complaint.id, withdrawnAt: null } })).toBe(0)
    expect(await db.notice.count({ where: { staffId: handler.id, kind: 'complaint.reopened' } })).toBe(1)
    expect((await again.submit(path, { reason: '再来' })).status).toBe(422)
  })

  it('CMP-11: what was not founded is judged anew', async () => {
    const { complaint, browser } = await closed({ founded: false })
    await browser.submit(`/complaints/${complaint.number}/reopening`, { reason: '带来了照片' })
    expect(await complaintNow(complaint)).toMatchObject({ state: 'received', round: 1, reopened: 1, founded: null })
  })
})

describe('SAT-03: the closing letter', () => {
  it('SAT-03, CMP-26: tells result and ways; without an address of the product there is no code', async () => {
    const { complaint, browser } = await closed()
    await pool.query(`update company set complaint_phone = '400-000-0317', complaint_person = '林知夏'`)
    const path = `/complaints/${complaint.number}/letter`
    expect((await browser.visit(path)).$('.callout').text()).toContain('没有设置对外地址')
    const { _csrf } = await browser.fieldsOf(path)
    const answer = await browser
      .post(path, { _csrf: _csrf!, as: 'letter' })
      .buffer(true)
      .parse(bytes as never)
    expect(answer.headers['content-type']).toBe('application/pdf')
    const text = textOf(answer.body as Buffer)
    expect(text).toMatch(/投诉结案函/)
    expect(text).toContain('换装加厚封条')
    expect(text).toContain('400-000-0317')
    expect(await trailOf(complaint)).toContain('complaint.letter_printed')
  })

  it('SAT-03: another link ends the one before; of an open complaint there is none', async () => {
    const { complaint, browser } = await closed()
    const path = `/complaints/${complaint.number}/letter`
    const { _csrf } = await browser.fieldsOf(path)
    const answer = await browser.post(path, { _csrf: _csrf!, as: 'link' })
    expect(answer.text).toMatch(/\/r\/[\w-]{22}/)
    const links = await db.complaintRating.findMany({ where: { complaintId: complaint.id }, orderBy: { id: 'asc' } })
    expect(links.map(({ withdrawnAt }) => withdrawnAt !== null)).toEqual([true, false])
    const { complaint: open } = await handled('telling')
    const refused = await browser.post(`/complaints/${open.number}/letter`, { _csrf: _csrf!, as: 'link' })
    expect(refused.status).toBe(422)
  })
})

const bytes = (res: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) => {
  const parts: Buffer[] = []
  res.on('data', (part: Buffer) => parts.push(part))
  res.on('end', () => done(null, Buffer.concat(parts)))
}

it('CMP-03, CMP-07: each form is opened by those of the table, and by nobody it is about', async () => {
  const opens: Record<string, string[]> = {
    'contacts/new': ['front_desk', 'dept_head', 'cs_manager'],
    'call-back': ['front_desk', 'cs_manager'],
    closing: ['front_desk', 'cs_manager'],
    unreachable: ['front_desk', 'cs_manager'],
    unresolved: ['cs_manager'],
    reopening: ['front_desk', 'dept_head', 'cs_manager'],
    letter: ['front_desk', 'cs_manager'],
  }
  const people = await theCast()
  const accused = await make.staff([{ role: 'cs_manager' }])
  const { complaint } = await handled('asking', { accused: [accused.id] })
  const found = Object.fromEntries(Object.keys(opens).map((end) => [end, [] as string[]]))
  for (const role of ['front_desk', 'dept_head', 'area_manager', 'cs_manager', 'general_manager', 'auditor'] as const) {
    const browser = await signIn(people[role])
    for (const end of Object.keys(opens))
      // Of a step that has not come yet the address says so (422): it is theirs all the same.
      if ([200, 422].includes((await browser.visit(`/complaints/${complaint.number}/${end}`)).status))
        found[end]!.push(role)
  }
  expect(found).toEqual(opens)
  const about = await signIn(accused)
  for (const end of Object.keys(opens))
    expect((await about.visit(`/complaints/${complaint.number}/${end}`)).status).toBe(404)
})
