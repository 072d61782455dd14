import fc from 'fast-check'
import { beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { decideRequest } from '../../src/approvals/deciding.ts'
import { fileRequest } from '../../src/approvals/filing.ts'
import { withdrawRequest } from '../../src/approvals/withdrawing.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { decideLines } from '../../src/visits/deciding/commands.ts'
import { linesOf } from '../../src/visits/deciding/queries.ts'
import {
  agreeTo,
  begunProblems,
  choiceProblems,
  outcomeOf,
  verdictOf,
  type Choice,
  type Line,
  type Verdict,
} from '../../src/visits/deciding/rules.ts'
import { decisionHref, planToDecide } from '../../src/visits/deciding/turn.ts'
import { planSubject, type Plan } from '../../src/visits/queries.ts'
import type { Spending } from '../../src/visits/spending.ts'
import { cardOf, requestAbout } from '../support/approving.ts'
import { signIn } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aPlan, aVisit, visitNow } from '../support/visits.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)

let people: Cast
let east: bigint
beforeAll(async () => {
  people = await theCast()
  east = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})
beforeEach(() => moveClock(() => at('2026-11-24 10:00')))
afterEach(() => moveClock(() => new Date()))

const gift: Spending = { kind: 'gift', what: '云雾茶', quantity: 2, price: '260.00' }
const trip: Spending = { kind: 'travel', what: '车票', quantity: 1, price: '80.00' }

async function delegate(from: Person, to: Person): Promise<void> {
  await pool.query(
    `with made as (insert into delegation (from_id, to_id, starts_at, ends_at, made_at)
       values ($1, $2, $3::timestamptz, $3::timestamptz + interval '3 days', $3) returning *)
     insert into delegation_kind (delegation_id, from_id, kind, starts_at, ends_at)
     select id, from_id, 'visit.plan', starts_at, ends_at from made`,
    [from.id, to.id, now()],
  )
}

/** A plan of somebody of 城东营业部 that waits for its head; each line with these costs. */
async function waitingPlan(lines: Spending[][], startsAt = at('2026-12-03 09:30')) {
  const seller = await make.staff([{ role: 'sales', department: '城东营业部' }])
  await pool.query('update staff set department_id = $2 where id = $1', [seller.id, east])
  const plan = await aPlan({ by: seller, month: '2026-12' })
  for (const [n, spendings] of lines.entries())
    await aVisit({
      by: seller,
      plan,
      state: 'waiting',
      party: `桃源${n + 1}号客栈`,
      target: 'potential',
      startsAt: new Date(startsAt.getTime() + n * 3_600_000),
      spendings,
    })
  await pool.query(
    `update visit_plan set state = 'waiting', submitted_at = $2, asked = 20, late = true, version = 2 where id = $1`,
    [plan.id, now()],
  )
  const actor = await actorOf(seller)
  await change(actor, (tx, audit) =>
    fileRequest(
      tx,
      audit,
      actor,
      { kind: 'visit.plan', subject: planSubject(plan), place: { departmentId: east, regionId: null }, basis: '2' },
      now(),
    ),
  )
  return { plan, seller, actor, request: await requestAbout('visit.plan', planSubject(plan)) }
}

type Waiting = Awaited<ReturnType<typeof waitingPlan>>

async function choose(plan: Plan, verdicts: [Verdict, string | null, boolean?][]): Promise<Choice[]> {
  return (await linesOf(plan.id)).map(({ id, asked }, n) => {
    const [verdict, why, agreed = true] = verdicts[n]!
    return { visit: id, verdict, why, costs: asked.map((cost) => ({ id: cost.id, agreed })) }
  })
}

const decide = async ({ plan, request }: Waiting, choices: Choice[], by = people.dept_head) =>
  decideLines(await actorOf(by), { plan, request }, { version: request.version, reason: null, choices }, now())

const stateOf = async ({ id }: Plan) => (await db.visitPlan.findUniqueOrThrow({ where: { id } })).state
const said = async ({ id }: Plan) =>
  (await linesOf(id)).map(({ state, verdict, costs }) => [state, verdict, costs.map((cost) => cost.state).join()])

describe('VIS-01: what becomes of a plan by the choices for its lines', () => {
  it.each`
    choices                           | verdict
    ${['approve', 'return']}          | ${'approve'}
    ${['refuse', 'approve']}          | ${'approve'}
    ${['return', 'return']}           | ${'return'}
    ${['refuse', 'return', 'refuse']} | ${'return'}
    ${['refuse', 'refuse']}           | ${'refuse'}
  `('$choices: $verdict', ({ choices, verdict }) => {
    expect(verdictOf(choices.map((one: Verdict) => ({ visit: 1n, verdict: one, why: null, costs: [] })))).toBe(verdict)
  })

  const line = fc.record({
    id: fc.bigInt({ min: 1n, max: 10_000n }),
    party: fc.constant('蓬莱'),
    startsAt: fc.date({ min: at('2026-12-01 08:00'), max: at('2026-12-31 18:00'), noInvalidDate: true }),
    timed: fc.boolean(),
    arrivedAt: fc.constant(null),
    asked: fc.uniqueArray(fc.record({ id: fc.bigInt({ min: 1n, max: 999n }), what: fc.constant('茶') }), {
      selector: ({ id }) => id,
      maxLength: 3,
    }),
  })
  const lines = fc.uniqueArray(line, { selector: ({ id }) => id, maxLength: 6 })
  const mind = fc.constantFrom<Verdict>('approve', 'return', 'refuse')

  it('what is agreed whole needs no word; whatever is not does, and nothing may be left out', () => {
    fc.assert(
      fc.property(lines, fc.infiniteStream(mind), fc.boolean(), (all: Line[], minds, agreed) => {
        const choices = all.map((one) => ({
          ...agreeTo(one),
          verdict: minds.next().value!,
          costs: one.asked.map(({ id }) => ({ id, agreed })),
        }))
        const open = choices.filter(({ verdict, costs }) => verdict !== 'approve' || (!agreed && costs.length > 0))
        expect(choiceProblems(all, choices).map(({ field }) => field)).toEqual(open.map(({ visit }) => `why_${visit}`))
        if (all.length > 0)
          expect(choiceProblems(all, choices.slice(1))[0]?.reason).toBe('visitDecisions:refused.lineMissing')
        const { agreed: yes, left } = outcomeOf(choices)
        expect(yes + left).toBe(all.length)
      }),
    )
  })

  it('VIS-04: a cost over the limit is approved before the visit, to the minute', () => {
    const one: Line = {
      id: 1n,
      party: '蓬莱',
      startsAt: at('2026-12-03 09:30'),
      timed: true,
      arrivedAt: null,
      asked: [{ id: 7n, what: '茶' }],
    }
    const problems = (moment: string, more: Partial<Line> = {}, agreed = true) =>
      begunProblems([{ ...one, ...more }], [{ ...agreeTo(one), costs: [{ id: 7n, agreed }] }], at(moment)).map(
        ({ rule, field }) => `${rule} ${field}`,
      )
    expect(problems('2026-12-03 09:29')).toEqual([])
    expect(problems('2026-12-03 09:30')).toEqual(['VIS-04 cost_1_7'])
    expect(problems('2026-12-03 18:00', {}, false)).toEqual([])
    expect(problems('2026-12-03 18:00', { timed: false })).toEqual([])
    expect(problems('2026-12-04 00:00', { timed: false })).toEqual(['VIS-04 cost_1_7'])
    expect(problems('2026-12-01 08:00', { arrivedAt: at('2026-12-01 07:50') })).toEqual(['VIS-04 cost_1_7'])
  })
})

describe('VIS-01: a plan is decided line by line', () => {
  it('agrees to one, refuses another and a cost of a third, in one decision that its owner hears of once', async () => {
    const waiting = await waitingPlan([[gift, trip], [], [gift]])
    const choices = await choose(waiting.plan, [
      ['approve', null],
      ['refuse', '上周刚去过'],
      ['approve', '茶叶不送', false],
    ])
    expect(await decide(waiting, choices)).toBe('approved')
    expect(await stateOf(waiting.plan)).toBe('approved')
    expect(await said(waiting.plan)).toEqual([
      ['approved', null, 'approved,within'],
      ['refused', '上周刚去过', ''],
      ['approved', '茶叶不送', 'refused'],
    ])
    const told = await db.notice.findMany({ where: { staffId: waiting.seller.id, kind: { not: 'deadline.soon' } } })
    expect(told.map(({ kind, params }) => [kind, params])).toEqual([
      ['visit.plan_decided', expect.objectContaining({ agreed: 2, left: 1, costs: 1, number: waiting.plan.number })],
    ])
    const [, refused] = choices
    const trail = await db.auditEntry.findMany({ where: { action: 'visit.decided', why: '上周刚去过' } })
    expect(trail.map(({ subject, actorName }) => [subject, actorName])).toEqual([
      [`visit:${refused!.visit}`, people.dept_head.name],
    ])
  })

  it('sends the plan back when no line is agreed, with what was said of each; all refused, it is refused', async () => {
    const back = await waitingPlan([[gift], []])
    expect(
      await decide(
        back,
        await choose(back.plan, [
          ['return', '改到下旬'],
          ['refuse', '不必去'],
        ]),
      ),
    ).toBe('returned')
    expect(await said(back.plan)).toEqual([
      ['draft', '改到下旬', 'asked'],
      ['draft', '不必去', ''],
    ])
    expect((await db.visitPlan.findUniqueOrThrow({ where: { id: back.plan.id } })).decision).toContain('改到下旬')
    const no = await waitingPlan([[]])
    expect(await decide(no, await choose(no.plan, [['refuse', '不必去']]))).toBe('refused')
    expect(await stateOf(no.plan)).toBe('refused')
  })

  it('is agreed whole from the inbox with all costs, or sent back whole', async () => {
    const whole = await waitingPlan([[gift], []])
    const inbox = { verdict: 'approve', reason: null, version: 1 } as const
    expect(await decideRequest(await actorOf(people.dept_head), whole.request.id, inbox, now())).toBe('approved')
    expect(await said(whole.plan)).toEqual([
      ['approved', null, 'approved'],
      ['approved', null, ''],
    ])
    const back = await waitingPlan([[gift]])
    const how = { ...inbox, verdict: 'return', reason: '排满再报' } as const
    expect(await decideRequest(await actorOf(people.dept_head), back.request.id, how, now())).toBe('returned')
    expect(await said(back.plan)).toEqual([['draft', null, 'asked']])
  })

  it('VIS-04: does not agree to costs of a visit that has begun, neither whole nor by itself, but to the visit', async () => {
    const waiting = await waitingPlan([[gift]], at('2026-11-24 09:00'))
    const head = await actorOf(people.dept_head)
    const inbox = { verdict: 'approve', reason: null, version: 1 } as const
    const refusal = ['VIS-04 visitDecisions:refused.begunLine']
    expect(await refusalOf(decideRequest(head, waiting.request.id, inbox, now()))).toEqual(refusal)
    expect(await refusalOf(decide(waiting, await choose(waiting.plan, [['approve', null]])))).toEqual(refusal)
    expect((await cardOf(head, 'visit.plan', planSubject(waiting.plan), now())).problems).toHaveLength(1)
    expect(await decide(waiting, await choose(waiting.plan, [['approve', '时间已过', false]]))).toBe('approved')
    expect(await said(waiting.plan)).toEqual([['approved', '时间已过', 'refused']])
  })

  it('APR-02: nobody signs twice, a plan changed since is void, and taking it back races with signing it', async () => {
    const signed = await waitingPlan([[]])
    const choices = await choose(signed.plan, [['approve', null]])
    await decide(signed, choices)
    const again = planToDecide(await actorOf(people.dept_head), signed.plan.number)
    expect(await refusalOf(decide({ ...signed, request: (await again).request as never }, choices))).toEqual([
      'APR-02 approvals:refused.decided',
    ])
    const changed = await waitingPlan([[]])
    await pool.query('update visit_plan set version = version + 1 where id = $1', [changed.plan.id])
    expect(await decide(changed, await choose(changed.plan, [['approve', null]]))).toBe('void')
    expect(await stateOf(changed.plan)).toBe('draft')
    const raced = await waitingPlan([[], []])
    const both = await Promise.allSettled([
      decide(
        raced,
        await choose(raced.plan, [
          ['approve', null],
          ['approve', null],
        ]),
      ),
      withdrawRequest(raced.actor, raced.request.id, { reason: '再排', version: 1 }, now()),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const won = both[0].status === 'fulfilled'
    expect(await stateOf(raced.plan)).toBe(won ? 'approved' : 'draft')
    expect((await said(raced.plan)).map(([state]) => state)).toEqual(Array(2).fill(won ? 'approved' : 'draft'))
  })

  it('refuses choices that leave out a line or say no reason, and nothing is decided', async () => {
    const waiting = await waitingPlan([[], []])
    const [first] = await choose(waiting.plan, [
      ['approve', null],
      ['approve', null],
    ])
    expect(await refusalOf(decide(waiting, [first!]))).toEqual(['VIS-01 visitDecisions:refused.lineMissing'])
    const bare = await choose(waiting.plan, [
      ['return', null],
      ['approve', null],
    ])
    expect(await refusalOf(decide(waiting, bare))).toEqual(['VIS-01 visitDecisions:refused.whyNeeded'])
    expect(await stateOf(waiting.plan)).toBe('waiting')
  })
})

describe('VIS-01, PPL-02: who decides', () => {
  it('is the head of the owner’s department, for themselves or by a deputy, and never the owner', async () => {
    const waiting = await waitingPlan([[]])
    const deputy = await make.staff()
    await delegate(people.dept_head, deputy)
    const isTheirs = async (who: { id: bigint }) => {
      const href = await decisionHref(await actorOf(who), { ...waiting.plan, state: 'waiting' }, now())
      return href !== null
    }
    expect(await isTheirs(people.dept_head)).toBe(true)
    expect(await isTheirs(deputy)).toBe(true)
    for (const who of [waiting.seller, people.sales, people.front_desk, people.area_manager, people.auditor])
      expect(await isTheirs(who)).toBe(false)
    const choices = await choose(waiting.plan, [['approve', null]])
    expect(await refusalOf(decide(waiting, choices, waiting.seller))).toEqual(['PPL-02 approvals:refused.own'])
    expect(await refusalOf(decide(waiting, choices, people.area_manager))).toEqual([
      'APR-01 approvals:refused.notYours',
    ])
    const { forName } = await planToDecide(await actorOf(deputy), waiting.plan.number)
    expect(forName).toBe(people.dept_head.name)
    expect(await decide(waiting, choices, deputy)).toBe('approved')
    const step = await db.approvalStep.findFirstOrThrow({ where: { requestId: waiting.request.id } })
    expect([step.decidedById, step.forId]).toEqual([deputy.id, people.dept_head.id])
  })

  it('finds all of it on one page: the card, then every line with its choice, and is told what was missing', async () => {
    const waiting = await waitingPlan([[gift], [trip]])
    const due = await make.customer({ ownerId: waiting.seller.id, department: '城东营业部' }, '九色鹿待访公司')
    await pool.query(`update customer set grade = 'A' where id = $1`, [due.id])
    const browser = await signIn(people.dept_head)
    const card = await browser.visit(`/approvals/${waiting.request.number}`)
    const text = card.$('#request').text()
    for (const one of ['要求 20 次，排了 2 次', '限额每件 ¥200.00', '云雾茶 2 × ¥260.00', '九色鹿待访公司', '迟交'])
      expect(text).toContain(one)
    expect(card.$('.objects tbody tr')).toHaveLength(2)
    const address = `/visits/plans/${waiting.plan.number}/decision`
    expect(card.$(`a[href="${address}"]`).length).toBeGreaterThan(0)
    const [first, second] = await linesOf(waiting.plan.id)
    const cost = `cost_${first!.id}_${first!.asked[0]!.id}`
    const sent = { [`line_${first!.id}`]: 'approve', [cost]: 'refuse', [`line_${second!.id}`]: 'approve', reason: '' }
    const wrong = await browser.submit(address, { ...sent, [`why_${first!.id}`]: '' })
    expect(wrong.status).toBe(422)
    expect(wrong.$(`#f-why_${first!.id}`).attr('aria-invalid')).toBe('true')
    expect(wrong.$(`input[name="${cost}"][value="refuse"]`).attr('checked')).toBeDefined()
    const done = await browser.submit(address, { ...sent, [`why_${first!.id}`]: '不送礼' })
    expect(done.$('.notice').text()).toContain('2 条全部同意')
    expect((await visitNow(first!)).verdict).toBe('不送礼')
    expect(await said(waiting.plan)).toEqual([
      ['approved', '不送礼', 'refused'],
      ['approved', null, 'within'],
    ])
  })
})
