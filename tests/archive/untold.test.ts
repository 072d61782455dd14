import { beforeAll, describe, expect, it } from 'vitest'
import { titlesFor } from '../../src/approvals/titles.ts'
import { requestOf } from '../../src/approvals/queries.ts'
import { calendarAt } from '../../src/calendar/queries.ts'
import { nextOpening } from '../../src/calendar/reckoning.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { createTransfer } from '../../src/transfers/making.ts'
import { asked, lent } from '../loans/lending.ts'
import { asking } from '../viewings/support.ts'
import { askToView } from '../../src/viewings/commands.ts'
import { acknowledged, agreed, anItem } from '../support/archive.ts'
import { signIn } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

// Who signs is whoever holds a role: here nobody else does.
await ownDatabase('untold')

let people: Cast
beforeAll(async () => {
  people = await theCast()
  await acknowledged(...Object.values(people))
  await agreed(...Object.values(people))
})

const place = () => ({ ownerId: people.sales.id, department: '城东营业部', region: '东区一片' })

describe('ARC-02: what is done with an item above its reader', () => {
  it('the timeline of the customer tells of viewing and lending by number alone', async () => {
    const customer = await make.customer(place())
    const closed = await anItem(customer, { secrecy: 'confidential', pages: 6 })
    const open = await anItem(customer, { secrecy: 'secret', pages: 6 })
    const head = await actorOf(people.dept_head)
    const reason = (word: string) => ({ reason: `${word}金丝雀，须与原件核对` })
    const loan = await lent(head, closed, reason('借走'))
    await askToView(head, asking([closed], { ...reason('查阅'), ...(await nextDay()) }), now())
    await lent(head, open, reason('公开'))
    const told = async (who: keyof Cast) =>
      (await (await signIn(people[who])).visit(`/customers/${customer.number}/history`)).$('.history').text()
    const seen = await told('sales')
    for (const said of [closed.number, loan.number, '公开金丝雀']) expect(seen).toContain(said)
    for (const canary of ['借走金丝雀', '查阅金丝雀']) expect(seen).not.toContain(canary)
    const cleared = await told('cs_manager')
    for (const said of ['借走金丝雀', '查阅金丝雀', '公开金丝雀']) expect(cleared).toContain(said)
    const page = async (who: keyof Cast) =>
      (await (await signIn(people[who])).visit(`/loans/${loan.number}`)).$('main').text()
    expect(await page('dept_head')).toContain('借走金丝雀')
    const register = await page('auditor')
    expect(register).toContain(closed.number)
    expect(register).not.toContain('金丝雀')
  })

  it('a request to lower it names no customer', async () => {
    const customer = await make.customer(place())
    const keeper = people.archivist.id
    const item = await anItem(customer, { secrecy: 'confidential', medium: 'electronic', keeperId: keeper })
    const desk = await signIn(people.archivist)
    await desk.submit(`/archive/items/${item.number}/level`, { secrecy: 'secret', reason: '已过保密期' })
    const row = await db.approvalRequest.findFirstOrThrow({ where: { subject: `item:${item.id}` } })
    expect(row.customerId).toBeNull()
    const request = requestOf(row)
    const auditor = await titlesFor(await actorOf(people.auditor), [request], now())
    expect(auditor.get(row.id)).toBe(item.number)
    const cleared = await titlesFor(await actorOf(people.cs_manager), [request], now())
    expect(cleared.get(row.id)).toContain(item.title)
  })

  it('whoever asks to borrow it learns neither how many there are, nor what it is on, nor where', async () => {
    const customer = await make.customer(place())
    const clerk = await actorOf(people.dept_head)
    const why = async (given: object, more = {}) =>
      refusalOf(asked(clerk, [await anItem(customer, { secrecy: 'confidential', ...given })], more))
    expect(await why({ medium: 'electronic' })).toEqual(['ARC-12 loans:refused.notNow'])
    const gone = await anItem(customer, { secrecy: 'confidential' })
    await pool.query(`update archive_item set state = 'missing' where id = $1`, [gone.id])
    expect(await refusalOf(asked(clerk, [gone]))).toEqual(['ARC-12 loans:refused.notNow'])
    const plenty = await asked(clerk, [await anItem(customer, { secrecy: 'confidential' })], { copies: 9 })
    expect(plenty.state).toBe('waiting')
    expect(await refusalOf(asked(clerk, [await anItem(customer)], { copies: 9 }))).toEqual([
      'ARC-09 loans:refused.copies',
    ])
  })

  it('a list of transfer taken from an earlier one leaves out what its maker does not know', async () => {
    const customer = await make.customer(place())
    const officer = await actorOf(people.sales)
    const input = {
      customer: customer.number,
      title: '九色鹿画坊秋季合作',
      fileKind: 'loan' as const,
      endedOn: '2026-02-13',
      checker: people.front_desk.number,
      archivist: people.archivist.number,
      template: null,
    }
    const first = await createTransfer(officer, input, now())
    const { id } = await db.transfer.findUniqueOrThrow({ where: { number: first } })
    await pool.query(
      `insert into transfer_item (transfer_id, n, title, type, part, pages, secrecy)
       values ($1, 1, '并购底价金丝雀', 'report', 'contracts', 3, 'confidential'),
         ($1, 2, '借款合同', 'contract', 'contracts', 12, 'internal')`,
      [id],
    )
    const copy = async () => {
      const number = await createTransfer(officer, { ...input, template: first }, now())
      const { items } = await db.transfer.findUniqueOrThrow({ where: { number }, include: { items: true } })
      return items.map(({ n, title }) => `${n} ${title}`).toSorted()
    }
    expect(await copy()).toEqual(['1 并购底价金丝雀', '2 借款合同'])
    // Signed by all three, it is its keeper's to know.
    await pool.query(`update transfer set state = 'taken' where id = $1`, [id])
    expect(await copy()).toEqual(['1 借款合同'])
  })
})

/** Any working day ahead. */
async function nextDay() {
  const tomorrow = dayStart(dateText(now()), 1)
  return { day: dateText(nextOpening(await calendarAt(now()), tomorrow)) }
}
