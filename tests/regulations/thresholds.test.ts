import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { undoProblems } from '../../src/assignments/rules.ts'
import { change } from '../../src/audit/change.ts'
import { printedPage } from '../../src/customers/file.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { db, pool } from '../../src/db.ts'
import { startDeadlines } from '../../src/deadlines/commands.ts'
import { stateOf } from '../../src/deadlines/rules.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { regulationAt } from '../../src/regulations/in-force.ts'
import { unmask } from '../../src/unmaskings/commands.ts'
import { shownPage } from '../../src/unmaskings/pages.ts'
import { customerFieldFor, shownCustomerField } from '../../src/unmaskings/queries.ts'
import { reasonProblems } from '../../src/unmaskings/rules.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

let people: Cast
let director: Actor
beforeAll(async () => {
  people = await theCast()
  director = await actorOf(people.sales_director)
})
afterEach(() => moveClock(() => new Date()))

const now = new Date()
const after = (milliseconds: number, from = now) => new Date(from.getTime() + milliseconds)
const minute = 60_000

async function withPhone() {
  const customer = await make.customer()
  await pool.query(`update customer set phone = '13800001234' where id = $1`, [customer.id])
  return customer
}

describe('CAL-03, PRV-02: seeing what is masked', () => {
  it('CAL-03 privacy.reason_length: four characters are a reason, three are none', () => {
    const judge = (reason: string, least = 4) => reasonProblems({ purpose: 'other', reason }, least)
    expect(judge('约期对账')).toEqual([])
    expect(judge('约对账')).toMatchObject([{ rule: 'PRV-02', params: { least: 4 } }])
  })

  it('CAL-03 privacy.reason_length: a version that asks for six is told and held', async () => {
    const { number } = await withPhone()
    const browser = await signIn(people.cs_manager)
    const ask = (reason: string) => browser.submit(`/customers/${number}/unmaskings/phone`, { reason })
    await under({ 'privacy.reason_length': 6 }, async () => {
      expect((await ask('约周五对账')).$('.errors').text()).toContain('至少写 6 个字')
      expect((await ask('约下周五对账')).$('.secret').text()).toBe('13800001234')
    })
  })

  it.each([60, 3])('CAL-03 privacy.unmaskings_an_hour: the %ith is shown, one more is not', async (most) => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const [actor, { number }] = [await actorOf(person), await withPhone()]
    await pool.query(
      `insert into audit_entry (kind, actor_id, actor_name, action, subject, at)
       select 'read', $1, $2, 'customer.unmasked', 'customer:0', $4 from generate_series(1, $3::int)`,
      [person.id, person.name, most - 1, after(-59 * minute)],
    )
    const ask = async () =>
      refusalOf(unmask(actor, await customerFieldFor(actor, number, 'phone'), { purpose: 'call', reason: null }, now))
    await under({ 'privacy.unmaskings_an_hour': most }, async () => {
      expect(await ask()).toBe(null)
      expect(await ask()).toEqual(['PRV-02 unmaskings:refused.tooMany'])
    })
  })

  it.each([60, 10])('CAL-03 privacy.shown_seconds: shown until %i seconds are over', async (seconds) => {
    const [actor, { number }] = [await actorOf(people.cs_manager), await withPhone()]
    await under({ 'privacy.shown_seconds': seconds }, async () => {
      const masked = await customerFieldFor(actor, number, 'phone')
      const line = await unmask(actor, masked, { purpose: 'call', reason: null }, now)
      const shown = await shownCustomerField(actor, number, 'phone', String(line))
      expect(shownPage(actor, shown, after(seconds * 1000 - 1))).toMatchObject({ value: '13800001234', left: 1 })
      expect(shownPage(actor, shown, after(seconds * 1000)).value).toBe(null)
    })
  })
})

describe('CAL-03, CUS-06: taking back a change of owner', () => {
  const made = { by: 7n, at: now, version: 2 }
  const judge = (milliseconds: number, seconds: number) =>
    undoProblems(made, { version: 2 }, { id: 7n } as Actor, after(milliseconds), seconds)

  it.each([10, 30])('CAL-03 customers.undo_seconds: %i seconds, and five for the way', (seconds) => {
    expect(judge((seconds + 5) * 1000, seconds)).toEqual([])
    expect(judge((seconds + 5) * 1000 + 1, seconds)).toMatchObject([{ rule: 'CUS-06', params: { seconds } }])
  })

  it('CAL-03 customers.undo_seconds: the notice counts down what the version allows', async () => {
    const [browser, { number }] = [await signIn(people.sales_director), await make.customer()]
    await under({ 'customers.undo_seconds': 30 }, async () => {
      const page = await browser.submit(`/customers/${number}/assignment`, { owner: people.sales.number })
      expect(page.$('.notice').attr('data-seconds')).toBe('30')
      const later = after(40_000, new Date())
      moveClock(() => later)
      const token = page.$('.notice [name=_csrf]').attr('value')!
      const late = await browser.post(`/customers/${number}/assignment/undo`, { _csrf: token })
      expect(late.text).toContain('已经超过 30 秒')
    })
  })
})

it.each([20, 25])('CAL-03 customers.printed_history: of more lines the latest %i are printed', async (most) => {
  const { id, number } = await make.customer()
  await pool.query(
    `insert into audit_entry (kind, actor_name, action, subject, after)
     select 'change', '云', 'customer.corrected', 'customer:' || $1, jsonb_build_object('remark', n) from generate_series(1, $2::int) n`,
    [id, most],
  )
  const printed = async () => {
    const { paper } = await printedPage(director, await customerFor(director, number), now)
    const blocks = paper.sections.at(-1)!.blocks
    const table = blocks.find((block) => block.kind === 'table')!
    return { rows: table.rows.length, note: blocks.some((block) => block.kind === 'text') }
  }
  await under({ 'customers.printed_history': most }, async () => {
    expect(await printed()).toEqual({ rows: most, note: false })
    await pool.query(
      `insert into audit_entry (kind, actor_name, action, subject) values ('change', '云', 'customer.confirmed', 'customer:' || $1)`,
      [id],
    )
    expect(await printed()).toEqual({ rows: most, note: true })
  })
})

describe('CAL-03, CAL-02: deadlines', () => {
  type Start = Parameters<typeof startDeadlines>
  const monday = new Date('2026-11-23T10:00:00+08:00')
  /** When it is due, and how it stands just before, at and just after a moment. */
  async function clock(kind: Start[1], options: Start[4] = {}) {
    const { id } = await make.customer()
    await change(director, async (tx, audit) => {
      await startDeadlines(tx, kind, [{ subject: `customer:${id}`, customerId: id }], monday, options)
      await audit('customer.confirmed', `customer:${id}`)
    })
    const held = await db.deadline.findFirstOrThrow({ where: { subject: `customer:${id}`, kind } })
    const around = (moment: Date) => [-1, 0, 1].map((by) => stateOf(held, after(by, moment)))
    return {
      due: dateTimeText(held.dueAt),
      soon: dateTimeText(held.soonAt),
      atDue: around(held.dueAt),
      atSoon: around(held.soonAt),
    }
  }
  const inclusive = ['soon', 'soon', 'overdue']

  it('CAL-03 customers.confirm_days: the close of the day is in time, a millisecond later is late', async () => {
    expect(await clock('customer.confirmation')).toMatchObject({ due: '2026-11-24 17:30', atDue: inclusive })
    await under({ 'customers.confirm_days': 3 }, async () => {
      expect(await clock('customer.confirmation')).toMatchObject({ due: '2026-11-26 17:30', atDue: inclusive })
    })
  })

  it('CAL-03 customers.confirm_imported_days: counts for what was imported, and only for that', async () => {
    const parameter = 'customers.confirm_imported_days'
    expect(await clock('customer.confirmation', { parameter })).toMatchObject({ due: '2026-12-21 17:30' })
    await under({ 'customers.confirm_imported_days': 2 }, async () => {
      const imported = await clock('customer.confirmation', { parameter })
      expect(imported).toMatchObject({ due: '2026-11-25 17:30', atDue: inclusive })
      expect(await clock('customer.confirmation')).toMatchObject({ due: '2026-11-24 17:30' })
    })
  })

  it('CAL-03 customers.verify_months: the whole of the last day is in time', async () => {
    expect(await clock('customer.verification')).toMatchObject({ due: '2027-11-24 00:00', atDue: inclusive })
    await under({ 'customers.verify_months': 3 }, async () => {
      expect(await clock('customer.verification')).toMatchObject({ due: '2027-02-24 00:00', atDue: inclusive })
    })
  })

  it('CAL-03 deadlines.soon_share: due soon from the moment when the last share begins', async () => {
    const before = ['ontime', 'soon', 'soon']
    const quarter = await clock('customer.verification')
    expect(quarter.atSoon).toEqual(before)
    await under({ 'deadlines.soon_share': 50 }, async () => {
      const half = await clock('customer.verification')
      expect(half.atSoon).toEqual(before)
      expect(half.due).toBe(quarter.due)
      expect(half.soon < quarter.soon).toBe(true)
    })
  })
})

it('RULE-02: a version holds from its moment on; what began before keeps the values it began with', async () => {
  const from = new Date('2026-12-01T00:00:00+08:00')
  await under(
    { 'customers.confirm_days': 5 },
    async () => {
      const valueAt = async (moment: Date) => (await regulationAt(moment)).value('customers.confirm_days')
      expect(await valueAt(after(-1, from))).toBe(1)
      expect(await valueAt(from)).toBe(5)
      expect((await regulationAt(after(-1, from))).versionOf('CUS-05')).toBe(null)
      expect((await regulationAt(from)).versionOf('CUS-05')).toMatchObject({ n: 2 })
    },
    from,
  )
})
