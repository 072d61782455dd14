import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addWorkingDays } from '../../src/calendar/reckoning.ts'
import { db, pool } from '../../src/db.ts'
import { dueOf, stateOf } from '../../src/deadlines/rules.ts'
import { handListsOver, handTakingsOver } from '../../src/transfers/handing.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { dayStart } from '../../src/lib/dates.ts'
import { carriers } from '../../src/transfers/rules.ts'
import { carrierFrom, carrierOf, countProblems, isLate, limitOf, partyProblems } from '../../src/transfers/rules.ts'
import { checkTransfer, handOver } from '../../src/transfers/signing.ts'
import { createTransfer } from '../../src/transfers/making.ts'
import { saveItems } from '../../src/transfers/listing.ts'
import { takeTransfer } from '../../src/transfers/taking.ts'
import { change } from '../../src/audit/change.ts'
import { at, office } from '../calendar/office.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import type { Cast } from '../support/cast.ts'
import { aRoom } from './walk.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('transfer_signing')

const now = at('2026-02-13 10:00')
let people: Cast
let room: string
let safe: string
beforeAll(async () => {
  moveClock(() => now)
  people = await theCast()
  room = await aRoom()
  safe = await aRoom(true)
})
afterAll(() => moveClock(() => new Date()))

const line = (title: string, pages: number, more: object = {}) => ({
  title,
  type: 'other' as const,
  part: 'general' as const,
  datedOn: null,
  pages,
  copies: 1,
  secrecy: 'internal' as const,
  carrier: 'printed' as const,
  attachment: false,
  certificate: false,
  certKind: null,
  certNumber: null,
  certOwner: null,
  ...more,
})
type Line = ReturnType<typeof line>

/** Listed, handed over and checked: what is left is to take it in. */
async function checked(lines: Line[]) {
  const customer = await make.customer({ ownerId: people.sales.id, department: '城东营业部' })
  const [officer, checker] = await Promise.all([actorOf(people.sales), actorOf(people.front_desk)])
  const parties = { checker: people.front_desk.number, archivist: people.archivist.number }
  const head = { title: '银河渡口项目', fileKind: 'general' as const, endedOn: '2026-02-13', template: null }
  const number = await createTransfer(officer, { customer: customer.number, ...head, ...parties }, now)
  const { id } = await db.transfer.findUniqueOrThrow({ where: { number } })
  const rows = Object.fromEntries(lines.map((one, n) => [String(n + 1), one]))
  await saveItems(officer, id, { rows, version: 1 }, now)
  await handOver(officer, id, 2, now)
  await checkTransfer(checker, id, { rows: countsOf(lines), sign: 'on', version: 3 }, now)
  return { id, customer, number }
}

const countsOf = (lines: Line[]) =>
  Object.fromEntries(
    lines.map(({ pages, copies }, n) => [String(n + 1), { pages, copies, same: true, place: null }] as const),
  )
const taking = (lines: Line[]) => ({
  rows: countsOf(lines),
  sign: 'on' as const,
  version: 4,
  keeper: null,
  place: `${room} 1-1-2`,
  safe: `${safe} 1-1-2`,
})

describe('ARC-03: rules of the three signatures', () => {
  it('the limit is 3 + 2 working days after the end, over weekends, holidays and 补班', () => {
    const days = { handOver: 3, check: 2 }
    expect(limitOf(office(), '2026-02-13', days)).toEqual(at('2026-02-27 17:30'))
    // 02-28 is a working Saturday, 03-01 a Sunday.
    expect(limitOf(office(), '2026-02-26', days)).toEqual(at('2026-03-04 17:30'))
    expect(limitOf(office(), '2026-02-27', { handOver: 1, check: 0 })).toEqual(at('2026-02-28 17:30'))
    const limit = at('2026-02-27 17:30')
    expect(isLate({ limit, lateApprovedAt: null }, limit)).toBe(false)
    expect(isLate({ limit, lateApprovedAt: null }, new Date(limit.getTime() + 1))).toBe(true)
    expect(isLate({ limit, lateApprovedAt: limit }, new Date(limit.getTime() + 1))).toBe(false)
  })

  it('CAL-03: archive.hand_over_days ≤ 3 and archive.check_days ≤ 2 take the close of their last day in', () => {
    const dueAt = dueOf(office(), { amount: 3, unit: 'working_day' }, dayStart('2026-02-13'))
    expect(dueAt).toEqual(at('2026-02-25 17:30'))
    const until = dueOf(office(), { amount: 2, unit: 'working_day' }, at('2026-02-13 16:00'))
    expect(until).toEqual(at('2026-02-24 17:30'))
    for (const due of [dueAt, until]) {
      const moments = { dueAt: due, soonAt: due, pausedAt: null, metAt: null, cancelledAt: null }
      expect(stateOf(moments, due)).not.toBe('overdue')
      expect(stateOf(moments, new Date(due.getTime() + 1))).toBe('overdue')
    }
  })

  it('whatever the figures, the limit is never before either period ends', () => {
    const day = fc.date({ min: new Date('2026-01-05'), max: new Date('2026-12-01'), noInvalidDate: true })
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }), (date, handOver, check) => {
        const endedOn = date.toISOString().slice(0, 10)
        const limit = limitOf(office(), endedOn, { handOver, check })
        expect(limit > addWorkingDays(office(), dayStart(endedOn), handOver)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('three different people: by the rule, and by the database', async () => {
    const reasons = (...ids: [bigint, bigint, bigint]) => partyProblems(...ids).map(({ field }) => field)
    expect(reasons(1n, 2n, 3n)).toEqual([])
    expect(reasons(1n, 1n, 3n)).toEqual(['checker'])
    expect(reasons(1n, 2n, 2n)).toEqual(['archivist'])
    const { id } = await checked([line('甲', 1)])
    const same = pool.query('update transfer set checker_id = officer_id where id = $1', [id])
    await expect(same).rejects.toThrow('transfer_three')
  })

  it('counts stand for themselves: uncounted and differing ones are each named', () => {
    const item = { n: 1, title: '甲', pages: 3, copies: 1, certificate: true }
    const told = (counted: number | null, countedCopies: number | null) =>
      countProblems([{ ...item, counted, countedCopies }]).map(({ rule, reason }) => `${rule} ${reason}`)
    expect(told(3, 1)).toEqual([])
    expect(told(null, 1)).toEqual(['ARC-23 transfers:refused.uncounted'])
    expect(told(2, 2)).toEqual(['ARC-03 transfers:refused.pagesDiffer', 'ARC-23 transfers:refused.copiesDiffer'])
  })
})

describe('ARC-22: carrier and ink', () => {
  it('only what lasts is durable, and each choice reads back as it was made', () => {
    for (const carrier of carriers) {
      expect(carrierOf(carrier).durable).toBe(['printed', 'carbon', 'blue_black'].includes(carrier))
      expect(carrierFrom(carrierOf(carrier))).toBe(carrier)
    }
  })
})

describe('ARC-03, ARC-24: taking in', () => {
  it('two archivists at once: one takes it in, the other is told who was first', async () => {
    const lines = [line('甲', 1), line('乙', 2)]
    const { id, customer } = await checked(lines)
    const another = await make.staff([{ role: 'archivist' }])
    const actors = await Promise.all([actorOf(people.archivist), actorOf(another)])
    const outcomes = await Promise.all(actors.map((actor) => refusalOf(takeTransfer(actor, id, taking(lines), now))))
    expect(outcomes.filter((one) => one === null)).toHaveLength(1)
    expect(outcomes).toContainEqual(['ARC-03 transfers:refused.moved'])
    expect(await db.archiveItem.count({ where: { customerId: customer.id } })).toBe(2)
  })

  it('whoever signed as A or B does not take it in, whatever roles they hold', async () => {
    const lines = [line('甲', 1)]
    const { id } = await checked(lines)
    const officer = await actorOf(people.sales)
    await expect(takeTransfer(officer, id, taking(lines), now)).rejects.toThrow('transfers.take')
  })

  it('property: every item of a taken transfer is in the archive exactly once, with the pages counted', async () => {
    const one = fc.record({
      title: fc.constantFrom('合同', '收据', '函件', '照片'),
      pages: fc.integer({ min: 1, max: 400 }),
      attachment: fc.boolean(),
      carrier: fc.constantFrom(...carriers),
      secrecy: fc.constantFrom('internal' as const, 'secret' as const),
    })
    const archivist = await actorOf(people.archivist)
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 6 }), async (made) => {
        const lines = made.map(({ title, pages, ...more }) => line(title, pages, more)) as Line[]
        const { id } = await checked(lines)
        const taken = await takeTransfer(archivist, id, taking(lines), now)
        const listed = await db.transferItem.findMany({
          where: { transferId: id },
          orderBy: { n: 'asc' },
          include: { item: true },
        })
        const numbered = listed.filter(({ attachment }) => !attachment)
        expect(new Set(numbered.map(({ itemId }) => itemId)).size).toBe(numbered.length)
        expect(numbered.map(({ item }) => item!.pages)).toEqual(numbered.map(({ takenPages }) => takenPages))
        expect(numbered.map(({ item }) => item!.number)).toEqual(numbered.map((_, at) => `${taken!.file}-0${at + 1}`))
        expect(listed.filter(({ attachment }) => attachment).every(({ itemId }) => itemId === null)).toBe(true)
      }),
      { numRuns: 4 },
    )
  })

  it('a second transfer goes on in the same file; another kind of file is refused', async () => {
    const lines = [line('甲', 1)]
    const { id, customer } = await checked(lines)
    const archivist = await actorOf(people.archivist)
    const first = await takeTransfer(archivist, id, taking(lines), now)
    await pool.query(`update customer_file set kind = 'loan' where customer_id = $1`, [customer.id])
    const officer = await actorOf(people.sales)
    const parties = { checker: people.front_desk.number, archivist: people.archivist.number }
    const again = { customer: customer.number, title: '二期', endedOn: '2026-02-13', template: null, ...parties }
    expect(await refusalOf(createTransfer(officer, { ...again, fileKind: 'mall' }, now))).toEqual([
      'ARC-24 transfers:refused.otherKind',
    ])
    expect(first!.file).toMatch(/^DA2026\d{6}$/u)
  })
})

describe('ACC-02: open transfers of somebody who leaves', () => {
  it('go to another who may sign, and stay with the leaver where the other one signs already', async () => {
    const { id } = await checked([line('甲', 1)])
    const another = await make.staff([{ role: 'archivist' }])
    const actor = await actorOf(people.dept_head)
    const give = (to: { id: bigint; name: string }) =>
      change(actor, async (tx, audit) => {
        await audit('transfer.handed_on', 'transfer:test', {})
        const work = { actor, ids: [id], from: people.archivist, to, why: '离职交接' }
        return [...(await handTakingsOver(tx, work)), ...(await handListsOver(tx, { ...work, from: people.sales }))]
      })
    expect(await give(people.front_desk)).toEqual([])
    expect(await give(another)).toEqual([id])
    expect((await db.transfer.findUniqueOrThrow({ where: { id } })).archivistId).toBe(another.id)
  })
})
