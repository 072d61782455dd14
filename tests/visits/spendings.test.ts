import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SpendingKind, SpendingState } from '../../prisma/client/enums.ts'
import { decideRequest } from '../../src/approvals/deciding.ts'
import { withdrawRequest } from '../../src/approvals/withdrawing.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { parameters, type ParameterName } from '../../src/regulations/parameters.ts'
import { fenOf, yuanText } from '../../src/lib/money.ts'
import { cancelVisit } from '../../src/visits/changing/commands.ts'
import { limitOf } from '../../src/visits/posts.ts'
import { subjectOf, type Visit } from '../../src/visits/queries.ts'
import { actualProblems, hasBegun, totalOf, weigh, type Actual, type Spending } from '../../src/visits/spending.ts'
import { askSpending } from '../../src/visits/spendings/asking.ts'
import { askAgain, changeCosts } from '../../src/visits/spendings/commands.ts'
import { costsOf } from '../../src/visits/spendings/queries.ts'
import type { Row } from '../../src/visits/spendings/rules.ts'
import { cardOf, decide, requestAbout } from '../support/approving.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aPlan, aVisit, visitNow } from '../support/visits.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const limits = { travel: 300, other: 300, gift: 200, entertainment: 300 } as const
const limit = (kind: SpendingKind) => limits[kind]
const cost = (kind: SpendingKind, price: string, quantity = 1): Spending => ({ kind, what: '桃花糕', quantity, price })
const states = (spendings: Spending[], known: Parameters<typeof weigh>[1] = []) =>
  weigh(spendings, known, limit).map(({ state }) => state)

describe('VIS-04: what a post spends without asking, at the limit itself', () => {
  it.each`
    spendings                                                    | expected
    ${[cost('travel', '300.00')]}                                | ${['within']}
    ${[cost('travel', '300.01')]}                                | ${['asked']}
    ${[cost('travel', '150.00'), cost('other', '150.00')]}       | ${['within', 'within']}
    ${[cost('travel', '150.00'), cost('other', '150.01')]}       | ${['asked', 'asked']}
    ${[cost('travel', '100.00', 3)]}                             | ${['within']}
    ${[cost('travel', '100.01', 3)]}                             | ${['asked']}
    ${[cost('gift', '200.00', 9)]}                               | ${['within']}
    ${[cost('gift', '200.01')]}                                  | ${['asked']}
    ${[cost('gift', '200.01'), cost('gift', '200.00')]}          | ${['asked', 'within']}
    ${[cost('entertainment', '300.00'), cost('travel', '9.00')]} | ${['within', 'within']}
  `('$expected', ({ spendings, expected }) => {
    expect(states(spendings)).toEqual(expected)
  })

  it('VIS-05: what was approved before counts, and a further cost over the sum is asked for by itself', () => {
    const known = weigh([cost('travel', '250.00')], [], limit)
    expect(states([cost('travel', '50.00')], known)).toEqual(['within'])
    expect(states([cost('other', '50.01')], known)).toEqual(['asked'])
    expect(states([cost('other', '50.01')], [{ ...known[0]!, state: 'refused' }])).toEqual(['within'])
  })

  const money = fc.integer({ min: 1, max: 60_000 }).map(yuanText)
  const kinds = fc.constantFrom<SpendingKind>('travel', 'other', 'gift', 'entertainment')
  const some = fc.array(
    fc.record({ kind: kinds, what: fc.constant('茶'), quantity: fc.integer({ min: 1, max: 5 }), price: money }),
    { maxLength: 6 },
  )

  it('never lets more through than the limit, whatever the order, and never asks for less', () => {
    fc.assert(
      fc.property(some, (spendings) => {
        const weighed = weigh(spendings, [], limit)
        for (const group of [['travel', 'other'], ['entertainment']]) {
          const within = weighed.filter(({ kind, state }) => group.includes(kind) && state === 'within')
          const asked = weighed.filter(({ kind, state }) => group.includes(kind) && state === 'asked')
          const fen = [...within, ...asked].reduce((sum, one) => sum + fenOf(totalOf(one)), 0)
          expect(asked.length === 0).toBe(fen <= 30_000)
          expect(within.length === 0 || asked.length === 0).toBe(true)
        }
        const back = weigh(spendings.toReversed(), [], limit).toReversed()
        expect(back).toEqual(weighed)
      }),
    )
  })

  it('a single gift is asked for exactly when its price is over the limit, however many there are', () => {
    fc.assert(
      fc.property(money, fc.integer({ min: 1, max: 50 }), (price, quantity) => {
        expect(states([cost('gift', price, quantity)])).toEqual([fenOf(price) <= 20_000 ? 'within' : 'asked'])
      }),
    )
  })

  const actual = (kind: SpendingKind, state: SpendingState, spent: string | null, price = '100.00', n = 1): Actual => ({
    ...cost(kind, price, n),
    total: totalOf({ price, quantity: n }),
    state,
    actual: spent,
    field: 'actual1',
  })
  const refused = (...spent: Actual[]) => actualProblems(spent, limit).map(({ reason }) => reason.split('.')[1])

  it.each`
    kind               | state         | spent       | problems
    ${'travel'}        | ${'asked'}    | ${'0.01'}   | ${['spendingWaits']}
    ${'travel'}        | ${'refused'}  | ${'0.01'}   | ${['spendingRefused']}
    ${'travel'}        | ${'refused'}  | ${'0.00'}   | ${[]}
    ${'travel'}        | ${'asked'}    | ${null}     | ${[]}
    ${'travel'}        | ${'approved'} | ${'100.00'} | ${[]}
    ${'travel'}        | ${'approved'} | ${'100.01'} | ${['spentMore']}
    ${'travel'}        | ${'within'}   | ${'300.00'} | ${[]}
    ${'travel'}        | ${'within'}   | ${'300.01'} | ${['spentOverLimit']}
    ${'gift'}          | ${'within'}   | ${'200.00'} | ${[]}
    ${'gift'}          | ${'within'}   | ${'200.01'} | ${['spentOverLimit']}
    ${'entertainment'} | ${'within'}   | ${'300.01'} | ${['spentOverLimit']}
  `('afterwards: $kind $state, $spent spent: $problems', ({ kind, state, spent, problems }) => {
    expect(refused(actual(kind, state, spent))).toEqual(problems)
  })

  it('afterwards nothing passes that was not approved, and nothing over what was', () => {
    const state = fc.constantFrom<SpendingState>('within', 'asked', 'approved', 'refused')
    fc.assert(
      fc.property(kinds, state, money, money, (kind, one, price, spent) => {
        const problems = actualProblems([actual(kind, one, spent, price)], limit)
        if (one === 'asked' || one === 'refused') expect(problems).toHaveLength(1)
        if (one === 'approved') expect(problems.length === 0).toBe(fenOf(spent) <= fenOf(price))
        if (one === 'within') expect(problems.length === 0).toBe(fenOf(spent) <= limits[kind] * 100)
      }),
    )
  })

  it('before the visit is before its hour, or with the hour open before the day is over', () => {
    const visit = { startsAt: at('2026-12-03 09:00'), timed: true, arrivedAt: null }
    expect(hasBegun(visit, at('2026-12-03 08:59'))).toBe(false)
    expect(hasBegun(visit, at('2026-12-03 09:00'))).toBe(true)
    expect(hasBegun({ ...visit, timed: false }, at('2026-12-03 23:59'))).toBe(false)
    expect(hasBegun({ ...visit, timed: false }, at('2026-12-04 00:00'))).toBe(true)
  })
})

describe('CAL-03: at the number itself', () => {
  const firsts = { value: (name: ParameterName) => parameters[name].first } as unknown as Parameters<typeof limitOf>[0]
  const figures = {
    sales: { expense: 300, gift: 200, entertainment: 300 },
    dept_head: { expense: 800, gift: 300, entertainment: 800 },
    area_manager: { expense: 800, gift: 300, entertainment: 800 },
    sales_director: { expense: 2000, gift: 500, entertainment: 2000 },
  } as const
  const bound = (role: keyof typeof figures, name: 'expense' | 'gift' | 'entertainment') => {
    const kind = name === 'expense' ? 'travel' : name
    const most = (one: SpendingKind) => limitOf(firsts, [role, 'front_desk'], one)
    const fen = figures[role][name] * 100
    return [fen, fen + 1].map((price) => weigh([cost(kind, yuanText(price))], [], most)[0]!.state)
  }
  const both = ['within', 'asked']
  it('CAL-03: visits.expense_sales, visits.gift_sales and visits.entertainment_sales take the number itself in', () => {
    for (const name of ['expense', 'gift', 'entertainment'] as const) expect(bound('sales', name)).toEqual(both)
  })
  it('CAL-03: visits.expense_head, visits.gift_head and visits.entertainment_head take the number itself in', () => {
    for (const name of ['expense', 'gift', 'entertainment'] as const) expect(bound('dept_head', name)).toEqual(both)
  })
  it('CAL-03: visits.expense_area, visits.gift_area and visits.entertainment_area take the number itself in', () => {
    for (const name of ['expense', 'gift', 'entertainment'] as const) expect(bound('area_manager', name)).toEqual(both)
  })
  it('CAL-03: visits.expense_director, visits.gift_director and visits.entertainment_director take the number itself in', () => {
    for (const name of ['expense', 'gift', 'entertainment'] as const)
      expect(bound('sales_director', name)).toEqual(both)
  })
})

let people: Cast
beforeAll(async () => {
  people = await theCast()
})
beforeEach(() => moveClock(() => at('2026-11-24 10:00')))
afterEach(() => moveClock(() => new Date()))

const row = (n: number, kind: SpendingKind, price: string | null, what: string | null = '云雾茶'): Row => ({
  n,
  kind,
  what,
  quantity: 1,
  price,
})
const arranged = (more: Parameters<typeof aVisit>[0] = {}) =>
  aVisit({ party: '蓬莱渔具行', target: 'potential', startsAt: at('2026-11-26 14:00'), ...more })
const write = async (visit: Visit, rows: Row[], removed: bigint[] = []) =>
  changeCosts(await actorOf(people.sales), visit, { version: visit.version, removed, rows, reason: '节日' }, now())
const told = async (visit: Visit) => (await costsOf(visit)).map(({ total, state }) => `${total} ${state}`)
const about = (visit: Visit) => requestAbout('visit.spending', subjectOf(visit))

describe('VIS-04, VIS-05: costs of an arranged visit', () => {
  it('within the limit hold at once; over it they go to the head, who approves them', async () => {
    const visit = await arranged()
    expect(await write(visit, [row(1, 'travel', '300.00')])).toEqual({ over: 0, asked: null })
    const { over, asked } = await write(await visitNow(visit), [row(1, 'gift', '260.00')])
    expect([over, asked]).toEqual([1, (await about(visit)).number])
    expect((await about(visit)).amount).toBe('260.00')
    const head = await actorOf(people.dept_head)
    const card = await cardOf(head, 'visit.spending', subjectOf(visit), now())
    expect(card.asked.map(({ after }) => after)).toEqual(['礼品 云雾茶 ¥260.00；限额每件 ¥200.00'])
    expect(card.problems).toEqual([])
    expect(await decide(head, 'visit.spending', subjectOf(visit), 'approve', now())).toBe('approved')
    expect(await told(visit)).toEqual(['300.00 within', '260.00 approved'])
    const notice = await db.notice.findFirstOrThrow({
      where: { staffId: people.sales.id, subject: `approval:${(await about(visit)).id}` },
    })
    expect(notice.kind).toBe('approval.decided')
  })

  it('refused they stay refused; sent back they are asked for again, as the same matter', async () => {
    const visit = await arranged({ spendings: [cost('gift', '260.00')] })
    const sales = await actorOf(people.sales)
    const number = await askAgain(sales, visit, visit.version, now())
    expect(number).toBe((await about(visit)).number)
    const head = await actorOf(people.dept_head)
    await decide(head, 'visit.spending', subjectOf(visit), 'return', now(), '换便宜的')
    expect(await told(visit)).toEqual(['260.00 asked'])
    const before = await about(visit)
    await askAgain(sales, visit, visit.version, now())
    const { followsId } = await db.approvalRequest.findUniqueOrThrow({ where: { id: (await about(visit)).id } })
    expect(followsId).toBe(before.id)
    await decide(head, 'visit.spending', subjectOf(visit), 'refuse', now(), '不送')
    expect(await told(visit)).toEqual(['260.00 refused'])
    expect(await refusalOf(askAgain(sales, await visitNow(visit), (await visitNow(visit)).version, now()))).toEqual([
      'VIS-04 visitDecisions:refused.nothingAsked',
    ])
  })

  it('changed meanwhile, what was asked is void and asked anew; taken out, nobody is asked any more', async () => {
    const visit = await arranged()
    await write(visit, [row(1, 'gift', '260.00')])
    const first = await about(visit)
    await write(await visitNow(visit), [row(1, 'entertainment', '500.00')])
    const second = await about(visit)
    expect([(await db.approvalRequest.findUniqueOrThrow({ where: { id: first.id } })).state, second.amount]).toEqual([
      'void',
      '760.00',
    ])
    const all = (await costsOf(visit)).map(({ id }) => id)
    expect(await write(await visitNow(visit), [], all)).toEqual({ over: 0, asked: null })
    expect((await about(visit)).state).toBe('void')
    expect(await told(visit)).toEqual([])
    const removed = await db.visitSpending.count({ where: { visitId: visit.id, removedAt: { not: null } } })
    expect(removed).toBe(2)
  })

  it('PPL-02: costs of a visit that was handed on to the head meanwhile are not the head’s to approve', async () => {
    const visit = await arranged()
    await write(visit, [row(1, 'gift', '260.00')])
    await pool.query('update visit set owner_id = $2 where id = $1', [visit.id, people.dept_head.id])
    const head = await actorOf(people.dept_head)
    expect(await refusalOf(decide(head, 'visit.spending', subjectOf(visit), 'approve', now()))).toEqual([
      'PPL-02 approvals:refused.own',
    ])
    expect(await told(visit)).toEqual(['260.00 asked'])
  })

  it('VIS-04: a sum that no visit costs is refused in words', async () => {
    const visit = await arranged()
    const absurd = write(visit, [{ ...row(1, 'gift', '999999999.99'), quantity: 9999 }])
    expect(await refusalOf(absurd)).toEqual(['VIS-04 visits:refused.costsTooMuch'])
  })

  it('a visit that is cancelled is asked for no more', async () => {
    const visit = await arranged()
    await write(visit, [row(1, 'gift', '260.00')])
    const { version } = await visitNow(visit)
    await cancelVisit(await actorOf(people.sales), visit, { version, reason: '客户出差' }, now())
    expect((await about(visit)).state).toBe('void')
  })

  it('taking one out brings the others back within the limit', async () => {
    const visit = await arranged()
    await write(visit, [row(1, 'travel', '200.00'), row(2, 'other', '150.00')])
    expect(await told(visit)).toEqual(['200.00 asked', '150.00 asked'])
    const [first] = await costsOf(visit)
    await write(await visitNow(visit), [], [first!.id])
    expect(await told(visit)).toEqual(['150.00 within'])
    expect((await about(visit)).state).toBe('void')
  })

  it('nothing is asked for or approved once the visit has begun', async () => {
    const visit = await arranged()
    await write(visit, [row(1, 'gift', '260.00')])
    moveClock(() => at('2026-11-26 14:00'))
    const head = await actorOf(people.dept_head)
    const begun = ['VIS-04 visitDecisions:refused.begun']
    expect(await refusalOf(decide(head, 'visit.spending', subjectOf(visit), 'approve', now()))).toEqual(begun)
    expect((await cardOf(head, 'visit.spending', subjectOf(visit), now())).problems).toHaveLength(1)
    expect(await refusalOf(write(await visitNow(visit), [row(1, 'travel', '9.00')]))).toEqual(begun)
    const late = await arranged({ spendings: [cost('gift', '260.00')], startsAt: at('2026-11-26 13:00') })
    const ask = change(await actorOf(people.sales), async (tx, audit) =>
      askSpending(tx, audit, await actorOf(people.sales), late, now()),
    )
    expect(await refusalOf(ask)).toEqual(begun)
    expect(await told(late)).toEqual(['260.00 asked'])
  })

  it('in a plan that is made only the rows change; while it waits, none; and rows say what and how much', async () => {
    const plan = await aPlan({ month: '2027-03' })
    const visit = await arranged({ plan, startsAt: at('2027-03-03 14:00') })
    expect(await write(visit, [row(1, 'gift', '260.00')])).toEqual({ over: 1, asked: null })
    expect(await told(visit)).toEqual(['260.00 asked'])
    const wrong = write(await visitNow(visit), [row(2, 'gift', null), row(3, 'gift', '9.00', null)])
    expect(await refusalOf(wrong)).toEqual([
      'VIS-04 visitDecisions:refused.noPrice',
      'VIS-04 visitDecisions:refused.noWhat',
    ])
    expect(await refusalOf(write(await visitNow(visit), []))).toEqual(['VIS-05 visitDecisions:refused.nothing'])
    expect(await refusalOf(write(visit, [row(1, 'gift', '9.00')]))).toEqual(['VIS-05 visits:refused.changedMeanwhile'])
    await pool.query(`update visit set state = 'waiting' where id = $1`, [visit.id])
    expect(await refusalOf(write(await visitNow(visit), [row(1, 'gift', '9.00')]))).toEqual([
      'VIS-04 visitDecisions:refused.planWaits',
    ])
  })

  it('a decision and a change of the costs at the same moment: one of the two, never both', async () => {
    const visit = await arranged()
    await write(visit, [row(1, 'gift', '260.00')])
    const { id, version } = await about(visit)
    const head = await actorOf(people.dept_head)
    const current = await visitNow(visit)
    const [decided, changed] = await Promise.allSettled([
      decideRequest(head, id, { verdict: 'approve', reason: null, version }, now()),
      write(
        current,
        [],
        (await costsOf(visit)).map((one) => one.id),
      ),
    ])
    expect([decided, changed].filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await told(visit)).toEqual(changed.status === 'fulfilled' ? [] : ['260.00 approved'])
  })

  it('APR-04, PPL-02: whoever stands in for the head decides them, but never those of a visit of their own', async () => {
    const deputy = await make.staff([{ role: 'sales', department: '城东营业部' }])
    await pool.query('update staff set department_id = (select department_id from staff where id = $2) where id = $1', [
      deputy.id,
      people.dept_head.id,
    ])
    await pool.query(
      `with made as (insert into delegation (from_id, to_id, starts_at, ends_at, made_at)
         values ($1, $2, $3::timestamptz, $3::timestamptz + interval '3 days', $3) returning *)
       insert into delegation_kind (delegation_id, from_id, kind, starts_at, ends_at)
       select id, from_id, 'visit.spending', starts_at, ends_at from made`,
      [people.dept_head.id, deputy.id, now()],
    )
    const acting = await actorOf(deputy)
    const visit = await arranged()
    await write(visit, [row(1, 'gift', '260.00')])
    const own = await arranged({ by: deputy })
    const input = { version: own.version, removed: [], rows: [row(1, 'gift', '260.00')], reason: null }
    await changeCosts(acting, own, input, now())
    expect(await decide(acting, 'visit.spending', subjectOf(visit), 'approve', now())).toBe('approved')
    expect(await told(visit)).toEqual(['260.00 approved'])
    const { id } = await about(visit)
    const step = await db.approvalStep.findFirstOrThrow({ where: { requestId: id } })
    expect([step.decidedById, step.forId]).toEqual([deputy.id, people.dept_head.id])
    expect(await refusalOf(decide(acting, 'visit.spending', subjectOf(own), 'approve', now()))).toEqual([
      'PPL-02 approvals:refused.own',
    ])
    await pool.query('update delegation set ended_at = $2 where to_id = $1', [deputy.id, now()])
    await pool.query('delete from delegation_kind where from_id = $1', [people.dept_head.id])
  })

  it('is the owner’s to change and to take back, and nobody else’s', async () => {
    const visit = await arranged()
    await write(visit, [row(1, 'gift', '260.00')])
    const current = await visitNow(visit)
    const input = { version: current.version, removed: [], rows: [row(1, 'travel', '9.00')], reason: null }
    for (const who of [people.dept_head, people.front_desk, people.general_manager]) {
      const error = await changeCosts(await actorOf(who), current, input, now()).catch((one: Error) => one)
      expect(error).toHaveProperty('message', 'visits.plan')
    }
    const { id, version } = await about(visit)
    await withdrawRequest(await actorOf(people.sales), id, { reason: '不送了', version }, now())
    expect(await told(visit)).toEqual(['260.00 asked'])
  })

  it('on the page: what stands, what is over, and the form that keeps what was typed', async () => {
    const visit = await arranged({ spendings: [cost('gift', '260.00')] })
    const browser = await signIn(people.sales)
    const before = await browser.visit(`/visits/${visit.number}`)
    expect(before.$('#spendings').text()).toContain('还没有申请')
    const form = `/visits/${visit.number}/spendings`
    const wrong = await browser.submit(form, { what1: '车票', price1: '十二' })
    expect([wrong.status, wrong.$('#f-what1').val()]).toEqual([422, '车票'])
    const done = await browser.submit(form, { kind1: 'travel', what1: '车票', price1: '80' })
    expect(done.$('.notice').text()).toContain('已提交审批')
    const { number } = await about(visit)
    expect(done.$('#spendings').text()).toContain(number)
    expect(done.$('#spendings tbody tr')).toHaveLength(3)
  })
})
