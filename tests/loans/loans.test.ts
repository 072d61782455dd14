import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { NotFound } from '../../src/lib/refused.ts'
import { confirmAtCounter, confirmLoan } from '../../src/loans/confirming.ts'
import { endApplication } from '../../src/loans/ending.ts'
import { applicationFor } from '../../src/loans/applications.ts'
import { lendItem } from '../../src/loans/lending.ts'
import { loanFor } from '../../src/loans/queries.ts'
import { dueMoment } from '../../src/loans/rules.ts'
import { urgeReturn } from '../../src/loans/urging.ts'
import { agreed, anItem } from '../support/archive.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast, Person } from '../support/cast.ts'
import { decide } from '../support/approving.ts'
import { actorOf, make, password, refusalOf, theCast } from '../support/make.ts'
import { aBorrower, approved, asked, back, counted, lent } from './lending.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('loans')

// A Friday morning, by the wall clock of the company.
const friday = new Date('2026-11-27T02:00:00Z')
let now = friday
let people: Cast
let person: Person
let borrower: Actor
let clerk: Actor
beforeAll(async () => {
  moveClock(() => now)
  people = await theCast()
  clerk = await actorOf(people.archivist)
})
afterAll(() => moveClock(() => new Date()))
beforeEach(async () => {
  now = friday
  person = await aBorrower()
  borrower = await actorOf(person)
})

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const place = { department: '城东营业部' }
const item = async (more = {}) => anItem(await make.customer(place), more)
const clockOf = (id: bigint) => db.deadline.findFirstOrThrow({ where: { subject: `loan:${id}`, kind: 'loan.return' } })
const lend = (application: { number: string }, one: { number: string }, more = {}, by = clerk) =>
  lendItem(by, { item: one.number, application: application.number, ...counted(more) }, now)

describe('ARC-09: an application to borrow', () => {
  it('ARC-09: is numbered, signed by the head and then the archivist, and lends nothing by itself', async () => {
    const one = await item()
    const application = await asked(borrower, [one])
    expect(application).toMatchObject({ state: 'waiting', days: 3, exceptional: false })
    expect(application.number).toMatch(/^JS2026\d{6}$/)
    const steps = await db.approvalStep.findMany({
      where: { requestId: application.requestId! },
      orderBy: { n: 'asc' },
    })
    expect(steps.map(({ role }) => role)).toEqual(['dept_head', 'archivist'])
    expect(await refusalOf(lend(application, one))).toEqual(['ARC-09 loans:refused.notApproved'])
    const subject = `loan_application:${application.id}`
    await decide(await actorOf(people.dept_head), 'archive.loan', subject, 'approve', now)
    await decide(clerk, 'archive.loan', subject, 'approve', now)
    expect((await db.loanApplication.findUniqueOrThrow({ where: { id: application.id } })).state).toBe('approved')
    expect(await db.loan.count({ where: { applicationId: application.id } })).toBe(0)
  })

  it.each([
    ['secret', ['dept_head', 'archivist']],
    ['confidential', ['dept_head', 'cs_manager']],
    ['top_secret', ['dept_head', 'cs_manager', 'general_manager']],
  ] as const)('ARC-09: the chain grows with the level: %s', async (secrecy, roles) => {
    await agreed(person)
    const application = await asked(borrower, [await item({ secrecy })])
    const steps = await db.approvalStep.findMany({
      where: { requestId: application.requestId! },
      orderBy: { n: 'asc' },
    })
    expect(steps.map(({ role }) => role)).toEqual(roles)
  })

  it('PRV-14: above internal only with a confidentiality agreement in force', async () => {
    const secret = await item({ secrecy: 'secret' })
    expect(await refusalOf(asked(borrower, [secret]))).toEqual(['PRV-14 loans:refused.noAgreement'])
    await agreed(person)
    expect((await asked(borrower, [secret])).state).toBe('waiting')
  })

  it('ARC-09: of one customer, at most 20, no more copies than there are, a reason of some length', async () => {
    const customer = await make.customer(place)
    const [one, two, other] = [await anItem(customer), await anItem(customer), await item()]
    const refused = (items: { number: string }[], more = {}) => refusalOf(asked(borrower, items, more))
    expect(await refused([one, other])).toEqual(['ARC-09 loans:refused.otherCustomer'])
    expect(await refused([one], { copies: 2 })).toEqual(['ARC-09 loans:refused.copies'])
    expect(await refused([one], { reason: '要看' })).toEqual(['ARC-09 loans:refused.reasonShort'])
    expect(await refused([{ number: 'DA2026999999-01' }])).toEqual(['ARC-09 loans:refused.noItem'])
    expect(await refused([one, two])).toBeNull()
    expect(await refused([two])).toEqual(['ARC-09 loans:refused.askedAlready'])
  })

  it('ARC-10: three days at most, by the parameter', async () => {
    const one = await item()
    expect(await refusalOf(asked(borrower, [one], { days: 4 }))).toEqual(['ARC-10 loans:refused.days'])
  })

  it('ARC-09: beyond one’s reach there is no such item', async () => {
    const hidden = await anItem(await make.customer({ department: '城西营业部' }))
    expect(await refusalOf(asked(borrower, [hidden]))).toEqual(['ARC-09 loans:refused.noItem'])
  })

  it('ARC-09: a level raised while it waits voids it, raised afterwards it needs new signatures', async () => {
    await agreed(person)
    const [one, two] = [await item(), await item()]
    const waiting = await asked(borrower, [one])
    await pool.query(`update archive_item set secrecy = 'top_secret', keeper_id = $2 where id = any($1)`, [
      [one.id],
      people.archivist.id,
    ])
    await decide(await actorOf(people.dept_head), 'archive.loan', `loan_application:${waiting.id}`, 'approve', now)
    expect((await db.loanApplication.findUniqueOrThrow({ where: { id: waiting.id } })).state).toBe('ended')
    const signed = await approved(borrower, [two])
    await pool.query(`update archive_item set secrecy = 'top_secret', keeper_id = $2 where id = $1`, [
      two.id,
      people.archivist.id,
    ])
    expect(await refusalOf(lend(signed, two))).toEqual(['ARC-09 loans:refused.raised'])
  })

  it('ARC-09: what was approved is fetched within seven days, or given up', async () => {
    const [one, two] = [await item(), await item()]
    const late = await approved(borrower, [one])
    const given = await approved(borrower, [two])
    await endApplication(borrower, await applicationFor(borrower, given.number), given.version, now)
    expect(await refusalOf(lend(given, two))).toEqual(['ARC-09 loans:refused.notApproved'])
    now = new Date(friday.getTime() + 7 * 86_400_000 + 1)
    expect(await refusalOf(lend(late, one))).toEqual(['ARC-09 loans:refused.fetchedLate'])
  })
})

describe('ARC-10: the register', () => {
  it('ARC-10: lent on a Friday for three days it is due on Monday at 24:00, with its clock, notice and trail', async () => {
    const one = await item()
    const loan = await lent(borrower, one)
    expect(loan).toMatchObject({ copies: 1, pages: 6, reason: '核对交货期与合同约定', confirmedAt: null })
    expect(loan.number).toMatch(/^JY2026\d{6}$/)
    expect(loan.dueAt).toEqual(at('2026-12-01 00:00'))
    const clock = await clockOf(loan.id)
    expect(clock).toMatchObject({ unit: 'day', amount: 3, dueAt: loan.dueAt, ownerId: person.id, customerId: null })
    const [notice] = await db.notice.findMany({ where: { subject: `loan:${loan.id}`, staffId: person.id } })
    expect(notice).toMatchObject({ kind: 'loan.lent', href: `/loans/${loan.number}/confirmation` })
    const [line] = await db.auditEntry.findMany({
      where: { subject: `customer:${loan.customerId}`, action: 'loan.lent' },
    })
    expect(line!.after).toMatchObject({ loan: loan.number, item: one.number, borrower: person.name, pages: 6 })
    expect(JSON.stringify(line!.after)).not.toContain(one.title)
  })

  it('ARC-10: the due moment is the end of the n-th calendar day, whatever the hour, the month and the year', () => {
    const moment = fc.date({
      min: new Date('2024-01-01T00:00:00Z'),
      max: new Date('2030-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 3 }), (lentAt, days) => {
        // China has had no summer time since 1991: the wall clock is eight hours ahead.
        const ahead = 8 * 3_600_000
        const day = Math.floor((lentAt.getTime() + ahead) / 86_400_000)
        expect(dueMoment(lentAt, days).getTime()).toBe((day + days + 1) * 86_400_000 - ahead)
      }),
    )
  })

  it('ARC-10: pages are counted, copies were asked for, nobody lends to himself, and the borrower is still there', async () => {
    const one = await item()
    const application = await approved(borrower, [one])
    expect(await refusalOf(lend(application, one, { pages: 5 }))).toEqual(['ARC-10 loans:refused.pages'])
    expect(await refusalOf(lend(application, one, { copies: 2 }))).toContain('ARC-09 loans:refused.moreCopies')
    expect(await refusalOf(lend(application, await item()))).toEqual(['ARC-09 loans:refused.notNamed'])
    await pool.query(`update staff set state = 'disabled' where id = $1`, [person.id])
    expect(await refusalOf(lend(application, one))).toEqual(['ARC-09 loans:refused.borrowerGone'])
    const manager = await actorOf(people.cs_manager)
    const own = await item()
    const theirs = await approvedBy(manager, own)
    expect(await refusalOf(lend(theirs, own, {}, manager))).toEqual(['ARC-10 loans:refused.ownLending'])
  })

  it('ARC-10: the borrower confirms by signing in, once; nobody else', async () => {
    const loan = await lent(borrower, await item())
    expect(await confirmLoan(clerk, loan, now).catch((error: Error) => error.constructor.name)).toBe('Forbidden')
    await confirmLoan(borrower, loan, now)
    expect((await loanFor(clerk, loan.number)).confirmedAt).toEqual(now)
    expect(await refusalOf(confirmLoan(borrower, loan, now))).toEqual(['ARC-10 loans:refused.confirmed'])
  })

  it('ARC-10: or at the counter, by staff number and password, as the borrower in the trail', async () => {
    const loan = await lent(borrower, await item())
    const typed = (staff: string, proof: string) => refusalOf(confirmAtCounter(clerk, loan, { staff, proof }, now))
    expect(await typed(people.archivist.number, password)).toEqual(['ARC-10 loans:refused.notBorrower'])
    expect(await typed(person.number, '不是这个密码')).toEqual(['ACC-01 session:refused.proof'])
    expect(await typed(person.number.toLowerCase(), password)).toBeNull()
    const [line] = await db.auditEntry.findMany({
      where: { subject: `customer:${loan.customerId}`, action: 'loan.confirmed' },
    })
    expect(line).toMatchObject({ actorId: person.id, after: { confirmedHow: 'counter' } })
  })

  it('ARC-10: no renewal: an application lends an item once, then it is applied for anew', async () => {
    const one = await item()
    const loan = await lent(borrower, one)
    await back(loan, person)
    const [used] = await db.loanApplication.findMany({ where: { number: loan.application } })
    expect(used).toMatchObject({ state: 'ended', endedAt: now })
    expect(await refusalOf(lend(used!, one))).toContain('ARC-09 loans:refused.usedAlready')
    expect((await lent(borrower, one)).number).not.toBe(loan.number)
  })

  it('ARC-10: a loan is there for borrower, head, archivist and auditor, for nobody else', async () => {
    const loan = await lent(borrower, await item())
    for (const who of [person, people.dept_head, people.archivist, people.auditor])
      expect((await loanFor(await actorOf(who), loan.number)).number).toBe(loan.number)
    for (const who of [people.front_desk, people.sales, people.finance])
      await expect(loanFor(await actorOf(who), loan.number)).rejects.toBeInstanceOf(NotFound)
  })
})

const approvedBy = async (who: Actor, one: { number: string }) => {
  const application = await asked(who, [one])
  const subject = `loan_application:${application.id}`
  for (const by of [people.sales_director, people.archivist])
    await decide(await actorOf(by), 'archive.loan', subject, 'approve', now)
  return application
}

describe('ARC-12, ARC-04: what cannot be lent', () => {
  it.each(['missing', 'under_disposal', 'disposed'] as const)(
    'ARC-12: %s: refused when asked for and when lending',
    async (state) => {
      const one = await item()
      const application = await approved(borrower, [one])
      await pool.query(`update archive_item set state = $2::item_state where id = $1`, [one.id, state])
      expect(await refusalOf(lend(application, one))).toEqual([`ARC-12 loans:refused.${state}`])
      const other = await actorOf(await aBorrower())
      expect(await refusalOf(asked(other, [one]))).toEqual([`ARC-12 loans:refused.${state}`])
    },
  )

  it('ARC-12: electronic items are viewed, not lent', async () => {
    expect(await refusalOf(asked(borrower, [await item({ medium: 'electronic' })]))).toEqual([
      'ARC-12 loans:refused.electronic',
    ])
  })

  it('ARC-12: on loan: who knows the item hears who has it, who does not only that it is out', async () => {
    const customer = await make.customer(place)
    const [open, closed] = [await anItem(customer), await anItem(customer, { secrecy: 'confidential' })]
    await agreed(person)
    await lent(borrower, open)
    const second = await aBorrower()
    await agreed(second)
    const other = await actorOf(second)
    expect(await refusalOf(asked(other, [open]))).toEqual(['ARC-12 loans:refused.onLoanBy'])
    await lent(borrower, closed)
    expect(await refusalOf(asked(other, [closed]))).toEqual(['ARC-12 loans:refused.notNow'])
  })

  it('ARC-12: fifty clerks lend one item at once: one succeeds, the others are told who and when', async () => {
    const one = await item()
    const applications: { number: string }[] = []
    for (const who of [person, await aBorrower(), await aBorrower()])
      applications.push(await approved(await actorOf(who), [one]))
    const clerks = [clerk, await actorOf(people.cs_manager)]
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        lend(applications[n % 3]!, one, {}, clerks[n % 2]!).then(
          (number) => number,
          (error: { refusals: { reason: string; params: Record<string, string> }[] }) => error.refusals[0]!,
        ),
      ),
    )
    const done = results.filter((one) => typeof one === 'string')
    expect(done).toHaveLength(1)
    expect(await db.loan.count({ where: { itemId: one.id } })).toBe(1)
    for (const refused of results.filter((one) => typeof one !== 'string'))
      expect(refused).toMatchObject({
        reason: 'loans:refused.lentAlready',
        params: { at: '2026-11-27 10:00', by: expect.stringMatching(/温知非|林知夏/u) as string },
      })
  })

  it('ARC-04: the database itself lets an item be on one open loan only, and keeps every ended line', async () => {
    const loan = await lent(borrower, await item())
    const copy = `insert into loan (number, item_id, customer_id, application_id, borrower_id, pages, reason, lent_at,
      lent_by_id, due_at) select 'JYX' || id, item_id, customer_id, application_id, borrower_id, pages, reason, lent_at,
      lent_by_id, due_at from loan where id = $1`
    await expect(pool.query(copy, [loan.id])).rejects.toMatchObject({ constraint: 'loan_open_once' })
    await back(loan, person)
    await expect(pool.query('update loan set returned_at = null where id = $1', [loan.id])).rejects.toThrow(/stays/)
    await expect(pool.query('delete from loan where id = $1', [loan.id])).rejects.toThrow(/stays/)
  })
})

describe('ARC-11: returning', () => {
  it('ARC-11: ends at once: two names, pages, condition, the clock met, the item free', async () => {
    const one = await item()
    const loan = await lent(borrower, one)
    now = at('2026-11-28 09:00')
    const { incident } = await back(loan, person)
    expect(incident).toBeNull()
    expect(await loanFor(clerk, loan.number)).toMatchObject({
      returnedAt: now,
      broughtBy: { name: person.name },
      takenBy: { name: people.archivist.name },
      pagesBack: 6,
      difference: null,
    })
    expect(await clockOf(loan.id)).toMatchObject({ metAt: now, breachedAt: null })
    expect(await refusalOf(back(loan, person))).toEqual(['ARC-11 loans:refused.returnedBy'])
    expect((await asked(await actorOf(await aBorrower()), [one])).state).toBe('waiting')
  })

  it('ARC-11: overdue it is never blocked, stays late for ever, and blocks new loans until then', async () => {
    const [one, two] = [await item(), await item()]
    const waiting = await approved(borrower, [two])
    const loan = await lent(borrower, one)
    now = at('2026-12-01 00:00')
    expect(await refusalOf(asked(borrower, [await item()]))).toBeNull()
    now = new Date(now.getTime() + 1)
    expect(await refusalOf(asked(borrower, [await item()]))).toEqual(['ARC-11 loans:refused.overdue'])
    expect(await refusalOf(lend(waiting, two))).toEqual(['ARC-11 loans:refused.borrowerOverdue'])
    await pool.query(`update staff set state = 'disabled' where id = $1`, [person.id])
    await back(loan, person)
    expect(await clockOf(loan.id)).toMatchObject({ breachedAt: loan.dueAt })
    await pool.query(`update staff set state = 'active' where id = $1`, [person.id])
    expect(await refusalOf(lend(waiting, two))).toBeNull()
  })

  it('ARC-11: an exceptional loan takes one signature more and is marked in the register', async () => {
    await lent(borrower, await item())
    now = at('2026-12-01 10:00')
    const two = await item()
    const application = await asked(borrower, [two], { exceptional: true })
    const steps = await db.approvalStep.findMany({
      where: { requestId: application.requestId! },
      orderBy: { n: 'asc' },
    })
    expect(steps.map(({ role }) => role)).toEqual(['dept_head', 'archivist', 'cs_manager'])
    for (const role of ['dept_head', 'archivist', 'cs_manager'] as const)
      await decide(await actorOf(people[role]), 'archive.loan', `loan_application:${application.id}`, 'approve', now)
    const number = await lend(application, two)
    expect((await loanFor(clerk, number)).exceptional).toBe(true)
  })

  it('ARC-11: exceptional without anything overdue is an ordinary loan', async () => {
    expect((await asked(borrower, [await item()], { exceptional: true })).exceptional).toBe(false)
  })

  it('ARC-11: a colleague may bring it; the borrower never takes it, and the two are two', async () => {
    const loan = await lent(borrower, await item())
    expect(await refusalOf(back(loan, people.archivist))).toEqual(['ARC-11 loans:refused.twoNames'])
    expect(await refusalOf(back(loan, { number: 'C99999' }))).toEqual(['ARC-11 loans:refused.noBringer'])
    await back(loan, people.sales)
    expect((await loanFor(clerk, loan.number)).broughtBy!.name).toBe(people.sales.name)
  })

  it.each([
    ['pages', { pages: 5 }, 'difference'],
    ['copies', { copies: 2 }, 'difference'],
    ['condition', { condition: 'damaged' }, 'damage'],
  ])(
    'ARC-11: a difference in %s is written down, noted as an incident, and stands on the item',
    async (_name, more, kind) => {
      const one = await item()
      const loan = await lent(borrower, one)
      expect(await refusalOf(back(loan, person, more))).toEqual(['ARC-11 loans:refused.differenceNote'])
      const { incident } = await back(loan, person, { ...more, note: '末页右下角缺了一块' })
      const found = await db.incident.findUniqueOrThrow({ where: { number: incident! } })
      expect(found).toMatchObject({ kind, loanId: loan.id, itemId: one.id, reportedById: people.archivist.id })
      expect(found.what).toContain('末页右下角缺了一块')
      const { remark } = await db.archiveItem.findUniqueOrThrow({ where: { id: one.id } })
      expect(remark).toContain(incident!)
      expect((await loanFor(clerk, loan.number)).difference).toBe('末页右下角缺了一块')
    },
  )
})

describe('ARC-11: urging', () => {
  it('ARC-11: told to the borrower, from the second time to the head, once an hour, counted in the trail', async () => {
    const loan = await lent(borrower, await item())
    const told = (id: bigint) =>
      db.notice.count({ where: { kind: 'loan.urged', subject: `loan:${loan.id}`, staffId: id } })
    expect(await urgeReturn(clerk, loan, now)).toBe(1)
    expect([await told(person.id), await told(people.dept_head.id)]).toEqual([1, 0])
    now = new Date(friday.getTime() + 3_599_999)
    expect(await refusalOf(urgeReturn(clerk, loan, now))).toEqual(['ARC-11 loans:refused.urgedLately'])
    now = new Date(friday.getTime() + 3_600_000)
    expect(await urgeReturn(clerk, loan, now)).toBe(2)
    expect([await told(person.id), await told(people.dept_head.id)]).toEqual([2, 1])
    const lines = await db.auditEntry.findMany({
      where: { subject: `customer:${loan.customerId}`, action: 'loan.urged' },
      orderBy: { id: 'asc' },
    })
    expect(lines.map(({ after }) => (after as { n: number }).n)).toEqual([1, 2])
    await back(loan, person)
    now = new Date(friday.getTime() + 3 * 3_600_000)
    expect(await refusalOf(urgeReturn(clerk, loan, now))).toEqual(['ARC-11 loans:refused.returned'])
  })
})
