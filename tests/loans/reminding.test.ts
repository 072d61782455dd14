import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db } from '../../src/db.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { leftWith } from '../../src/handovers/things.ts'
import { finishProblems } from '../../src/handovers/rules.ts'
import { kinds } from '../../src/handovers/kinds.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { digestsOf, noticeOf } from '../../src/loans/digest.ts'
import { remindOfLoans } from '../../src/loans/jobs.ts'
import { sentenceOf } from '../../src/notices/sentences.ts'
import { anItem } from '../support/archive.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { aBorrower, back, lent } from './lending.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('loan_reminding')

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
let now = at('2026-11-25 10:00')
let people: Cast
let person: Person
let borrower: Actor
beforeAll(async () => {
  moveClock(() => now)
  people = await theCast()
})
afterAll(() => moveClock(() => new Date()))
beforeEach(async () => {
  // A Wednesday: three days are Saturday at 24:00.
  now = at('2026-11-25 10:00')
  person = await aBorrower()
  borrower = await actorOf(person)
})

const item = async () => anItem(await make.customer({ department: '城东营业部' }))
const morning = async (day: string) => {
  now = at(`${day} 08:30`)
  await remindOfLoans(now)
}
const told = (id: bigint, day: string) =>
  db.notice.findMany({
    where: {
      staffId: id,
      kind: { in: ['loan.due', 'loan.overdue'] },
      at: { gte: at(`${day} 00:00`), lte: at(`${day} 23:59`) },
    },
  })
const kindsTold = async (id: bigint, day: string) => (await told(id, day)).map(({ kind }) => kind)

describe('ARC-11: reminders', () => {
  it('ARC-11: on the last working morning before, on the day, and each working morning after, once each', async () => {
    // Lent on a Monday for two days: due on Wednesday at 24:00.
    now = at('2026-11-23 10:00')
    const loan = await lent(borrower, await item(), { days: 2 })
    expect(loan.dueAt).toEqual(at('2026-11-26 00:00'))
    const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30']
    for (const day of days.slice(1)) await morning(day)
    await morning('2026-11-30')
    const kinds = []
    for (const day of days) kinds.push(await kindsTold(person.id, day))
    expect(kinds).toEqual([[], ['loan.due'], ['loan.due'], ['loan.overdue'], ['loan.overdue'], ['loan.overdue']])
  })

  it('ARC-11: what is due over the weekend is told of on Friday; head and archivist hear of what is overdue', async () => {
    const loan = await lent(borrower, await item())
    await morning('2026-11-27')
    expect(await kindsTold(person.id, '2026-11-27')).toEqual(['loan.due'])
    const [before] = await told(people.dept_head.id, '2026-11-27')
    expect(before?.params ?? {}).not.toMatchObject({ number: loan.number })
    await morning('2026-11-30')
    expect(await kindsTold(person.id, '2026-11-30')).toEqual(['loan.overdue'])
    for (const who of [people.dept_head, people.archivist]) {
      const found = await told(who.id, '2026-11-30')
      expect(found).toHaveLength(1)
      expect(found[0]!.kind).toBe('loan.overdue')
    }
  })

  it('ARC-11: one notice for one person, however many loans; nothing after the return, and a new loan begins anew', async () => {
    const customer = await make.customer({ department: '城东营业部' })
    const items = [await anItem(customer), await anItem(customer), await anItem(customer)]
    const loans = []
    for (const one of items) loans.push(await lent(borrower, one))
    await morning('2026-12-02')
    const [notice, ...more] = await told(person.id, '2026-12-02')
    expect(more).toEqual([])
    expect(notice).toMatchObject({
      kind: 'loan.overdue',
      href: '/loans',
      params: { n: 3, soon: 0, due: '2026-11-28 24:00' },
    })
    expect(sentenceOf('zh', notice as never, null)).toBe(
      '3 份借阅逾期未还，最早应于 2026-11-28 24:00 前归还；另有 0 份将到期',
    )
    for (const loan of loans) await back(loan, person)
    await morning('2026-12-03')
    expect(await told(person.id, '2026-12-03')).toEqual([])
    now = at('2026-12-03 10:00')
    const anew = await lent(borrower, items[0]!, { days: 1 })
    await morning('2026-12-04')
    expect(await told(person.id, '2026-12-04')).toMatchObject([{ kind: 'loan.due', params: { number: anew.number } }])
  })

  it('ARC-11: run twice at once on a morning it reminds once', async () => {
    await lent(borrower, await item())
    now = at('2026-12-07 08:30')
    await Promise.all([remindOfLoans(now), remindOfLoans(now)])
    expect(await told(person.id, '2026-12-07')).toHaveLength(1)
  })

  it('ARC-11: the clock records the breach and climbs the ladder, but tells no one twice', async () => {
    const loan = await lent(borrower, await item())
    await sweep(at('2026-11-28 10:00'))
    await sweep(at('2026-11-29 00:01'))
    const clock = await db.deadline.findFirstOrThrow({
      where: { subject: `loan:${loan.id}` },
      include: { events: true },
    })
    expect(clock.breachedAt).toEqual(loan.dueAt)
    expect(clock.events.map(({ kind }) => kind).toSorted()).toEqual(['escalated', 'escalated', 'overdue', 'soon'])
    expect(await db.notice.count({ where: { deadlineId: clock.id } })).toBe(0)
    // Three working days later the customer service manager hears of it.
    await sweep(at('2026-12-04 10:00'))
    const [higher] = await db.notice.findMany({ where: { deadlineId: clock.id } })
    expect(higher).toMatchObject({
      kind: 'deadline.escalated',
      staffId: people.cs_manager.id,
      href: `/loans/${loan.number}`,
      params: { number: loan.number },
    })
  })

  it('ARC-11: where nobody is head there, the next rung hears of it', () => {
    const due = {
      borrowerId: 1n,
      borrower: '鹿鸣野',
      departmentId: null,
      overdue: 1,
      soon: 0,
      first: now,
      number: 'JY2026000001',
    }
    const staffing = {
      nameOf: (id: bigint | null) => (id === 1n ? '鹿鸣野' : null),
      holders: (role: string) => (role === 'archivist' ? [7n] : []),
      deputies: () => [],
    }
    const ladder = [
      { to: 'dept_head', days: 0 },
      { to: 'archivist', days: 0 },
    ] as const
    const digests = digestsOf([due], staffing, ladder)
    expect([...digests.keys()]).toEqual([1n, 7n])
    expect(noticeOf(7n, digests.get(7n)!)).toMatchObject({ kind: 'loan.overdue', href: '/loans/JY2026000001' })
  })
})

describe('ACC-02: a leaver’s loans', () => {
  it('ACC-02, ARC-10: are listed, cannot be handed on, and keep the handover from ending until they are back', async () => {
    const loan = await lent(borrower, await item())
    const left = await leftWith(db, person.id, now)
    expect(left).toMatchObject({ loan: 1, deadline: 0 })
    expect(finishProblems({ papersAt: now }, left)).toMatchObject([
      { rule: 'ACC-02', params: { what: { word: 'handovers:thing.loan' }, n: 1 } },
    ])
    expect(await refusalOf(kinds.loan.hand({} as never, (() => {}) as never, {} as never))).toEqual([
      'ARC-10 loans:refused.mustReturn',
    ])
    await back(loan, people.sales)
    expect((await leftWith(db, person.id, now)).loan).toBe(0)
  })
})
