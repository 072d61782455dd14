import { afterEach, describe, expect, it } from 'vitest'
import { withdrawRequest } from '../../src/approvals/withdrawing.ts'
import { change } from '../../src/audit/change.ts'
import { pastOf } from '../../src/credit/deciding/queries.ts'
import { askOverride } from '../../src/credit/overrides/commands.ts'
import { weighOverdue } from '../../src/credit/overrides/jobs.ts'
import { daysAhead, usedIn } from '../../src/credit/overrides/queries.ts'
import { releaseWhatPasses } from '../../src/credit/paying.ts'
import { lockRelease, releaseSubject, trailOf } from '../../src/credit/queries.ts'
import { payPart } from '../../src/credit/releases/commands.ts'
import { cancelRelease, shipRelease } from '../../src/credit/releasing.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { Refused } from '../../src/lib/refused.ts'
import { cardOf, requestAbout } from '../support/approving.ts'
import { aCreditCustomer, aRelease, daysAgo, paid, received, releaseOf, shipped } from '../support/credit.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { ask, heldOver, sign, signed, withLimit } from '../support/overrides.ts'
import { under } from '../support/regulation.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
afterEach(() => moveClock(() => new Date()))

const overridesOf = ({ id }: { id: bigint }) =>
  db.creditOverride.findMany({ where: { releaseId: id }, orderBy: { id: 'asc' } })
const trail = async (release: { customerId: bigint }) =>
  (await db.auditEntry.findMany({ where: { subject: trailOf(release) }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )
const noticesOf = ({ id }: { id: bigint }, subject: string) =>
  db.notice.findMany({ where: { staffId: id, subject }, orderBy: { id: 'asc' } })

async function cancelled(release: { id: bigint }) {
  const { sales } = await theCast()
  const actor = await actorOf(sales)
  await change(actor, async (tx, audit) =>
    cancelRelease(tx, audit, actor, await lockRelease(tx, release.id), '客户不要了', now()),
  )
}

async function ship(release: { id: bigint }, amount: string) {
  const actor = await actorOf((await theCast()).logistics)
  const goods = { amount, shippedOn: daysAgo(0), document: null, invoice: null, source: 'release' as const }
  return change(actor, async (tx, audit) =>
    shipRelease(tx, audit, actor, await lockRelease(tx, release.id), goods, now()),
  )
}

describe('the first override', () => {
  it('CRD-07, CRD-19: asked, signed by the area manager, released, told; the trail says so', async () => {
    const { sales, area_manager } = await theCast()
    const { release } = await heldOver('3000.00', '3999.99')
    const number = await ask(release, 'first')
    const card = await cardOf(await actorOf(area_manager), 'credit.first_override', releaseSubject(release), now())
    expect(card.problems).toEqual([])
    expect(card.list!.rows).toHaveLength(12)
    expect(card.asked.map(({ after }) => after).join()).toContain('¥999.99')
    expect(card.facts.map(({ value }) => value).join()).toContain('授信额 ¥3,000.00 − 占用额 ¥0.00 ＝ 可用额 ¥3,000.00')
    await sign(release, 'first')
    expect(await releaseOf(release)).toMatchObject({ state: 'released', ground: 'first_override' })
    const [override] = await overridesOf(release)
    expect(override).toMatchObject({ state: 'approved', signedById: area_manager.id, request: number })
    expect([override!.amount.toFixed(2), override!.limitThen!.toFixed(2)]).toEqual(['999.99', '3000.00'])
    expect(await trail(release)).toEqual(
      expect.arrayContaining(['override.first_asked', 'override.first_approved', 'release.released']),
    )
    expect(
      (await db.notice.findMany({ where: { staffId: sales.id, kind: 'credit.signed' } })).map(({ href }) => href),
    ).toContain(`/releases/${release.number}`)
  })

  it('CRD-07, CRD-20, wish 55: what went out before an override leaves the gate as if that were not there', async () => {
    const customer = await withLimit('3000.00')
    const before = await aRelease(customer, { amount: '3000.00' })
    const over = await signed(await aRelease(customer, { amount: '500.00' }), 'first')
    expect([before.state, over.state]).toEqual(['released', 'released'])
    expect((await ship(over, '500.00')).release.state).toBe('shipped')
    expect((await ship(before, '3000.00')).release.state).toBe('shipped')
    expect((await aRelease(customer, { amount: '0.01' })).holds).toEqual(['over'])
  })

  it('CRD-20: a limit that fell meanwhile stops it at the gate as it would have without the override', async () => {
    const customer = await withLimit('3000.00')
    const before = await aRelease(customer, { amount: '3000.00' })
    await signed(await aRelease(customer, { amount: '500.00' }), 'first')
    const later = new Date(now().getTime() + 26 * 86_400_000)
    moveClock(() => later)
    expect((await ship(before, '3000.00')).release).toMatchObject({ state: 'held', holds: ['over'] })
  })

  it('CRD-07: a third itself is too much, whoever asks', async () => {
    const { release } = await heldOver('3000.00', '4000.00')
    expect(await refusalOf(ask(release, 'first'))).toEqual(['CRD-07 overrides:refused.tooMuch'])
    const { release: fen } = await heldOver('3000.00', '3999.99')
    expect(await ask(fen, 'first')).toMatch(/^S/)
  })

  it('CRD-07: once per customer and calendar month of the signing, used also when the release is cancelled', async () => {
    moveClock(() => at('2027-03-30 10:00'))
    const { customer, release } = await heldOver('3000.00', '3500.00')
    expect((await signed(release, 'first')).state).toBe('released')
    await cancelled(release)
    const second = await aRelease(customer, { amount: '3500.00' })
    expect(await refusalOf(ask(second, 'first'))).toEqual(['CRD-07 overrides:refused.firstUsed'])
    moveClock(() => at('2027-03-31 23:59'))
    expect(await refusalOf(ask(second, 'first'))).toEqual(['CRD-07 overrides:refused.firstUsed'])
    moveClock(() => at('2027-04-01 00:00'))
    expect((await signed(second, 'first')).state).toBe('released')
  })

  it('CRD-20: whose month it is says the day of signing, not of asking', async () => {
    moveClock(() => at('2027-04-30 16:00'))
    const { customer, release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first')
    moveClock(() => at('2027-05-03 09:00'))
    await sign(release, 'first')
    expect((await overridesOf(release))[0]!.month).toEqual(new Date('2027-05-01'))
    expect(await usedIn(db, customer.id, at('2027-04-30 20:00'))).toEqual({ first: null, final: null })
    expect((await usedIn(db, customer.id, now())).first!.release).toBe(release.number)
  })

  it('CRD-20: more is over by the time of signing: refused with what to do, nothing is used', async () => {
    const { customer, release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first')
    expect((await aRelease(customer, { amount: '1.00' })).state).toBe('released')
    const { area_manager } = await theCast()
    const card = await cardOf(await actorOf(area_manager), 'credit.first_override', releaseSubject(release), now())
    expect(card.problems).toMatchObject([
      { reason: 'overrides:refused.moved', params: { asked: '500.00', short: '501.00' } },
    ])
    expect(await refusalOf(sign(release, 'first'))).toEqual(['CRD-07 overrides:refused.moved'])
    expect(await overridesOf(release)).toMatchObject([{ state: 'waiting', month: null }])
    expect((await releaseOf(release)).state).toBe('held')
    await sign(release, 'first', { verdict: 'return' })
    expect(await overridesOf(release)).toMatchObject([{ state: 'ended' }])
    await ask(release, 'first')
    expect((await requestAbout('credit.first_override', releaseSubject(release))).amount).toBe('501.00')
  })

  it.each([
    ['refuse', 'refused'],
    ['return', 'ended'],
  ] as const)('CRD-07: %s leaves it held, and it may be asked again', async (verdict, state) => {
    const { release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first')
    expect(await refusalOf(ask(release, 'first'))).toEqual(['CRD-07 overrides:refused.waiting'])
    await sign(release, 'first', { verdict })
    expect(await overridesOf(release)).toMatchObject([{ state }])
    expect((await releaseOf(release)).state).toBe('held')
    expect(await ask(release, 'first')).toMatch(/^S/)
  })

  it('CRD-07: taken back it cannot be signed', async () => {
    const { sales } = await theCast()
    const { release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first')
    const request = await requestAbout('credit.first_override', releaseSubject(release))
    await withdrawRequest(await actorOf(sales), request.id, { reason: null, version: request.version }, now())
    expect(await overridesOf(release)).toMatchObject([{ state: 'ended' }])
    await expect(sign(release, 'first')).rejects.toThrow('APR-02')
    expect((await releaseOf(release)).state).toBe('held')
  })

  it('CRD-09: what was released or given up meanwhile needs no signature any more', async () => {
    const { customer, release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first')
    await paid(customer, { amount: '500.00', releaseId: release.id })
    const { finance } = await theCast()
    const actor = await actorOf(finance)
    await change(actor, (tx, audit) => releaseWhatPasses(tx, audit, actor, customer.id, now()))
    const after = await releaseOf(release)
    const request = await requestAbout('credit.first_override', releaseSubject(release))
    expect([after.state, request.state]).toEqual(['released', 'void'])
    expect(await overridesOf(release)).toMatchObject([{ state: 'ended' }])
    const other = (await heldOver('3000.00', '3500.00')).release
    await ask(other, 'first')
    await cancelled(other)
    expect((await requestAbout('credit.first_override', releaseSubject(other))).state).toBe('void')
  })

  it('CRD-07: two releases of one customer signed at the same moment: one wins, the other hears who', async () => {
    const { area_manager } = await theCast()
    const customer = await withLimit('3000.00')
    const one = await aRelease(customer, { amount: '3500.00' })
    const two = await aRelease(customer, { amount: '3600.00' })
    await ask(one, 'first')
    await ask(two, 'first')
    const done = await Promise.allSettled([sign(one, 'first'), sign(two, 'first')])
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = done.find((each) => each.status === 'rejected')!.reason as Refused
    expect(refused.refusals).toMatchObject([
      { rule: 'CRD-07', reason: 'overrides:refused.firstUsed', params: { by: area_manager.name } },
    ])
    const states = [(await releaseOf(one)).state, (await releaseOf(two)).state]
    expect(states.toSorted()).toEqual(['held', 'released'])
  })
})

describe('who signs', () => {
  it('CRD-07: the area manager of the customer’s region, no other', async () => {
    const other = await make.staff([{ role: 'area_manager', region: '西区' }])
    const { release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first')
    expect(await refusalOf(sign(release, 'first', { by: other }))).toEqual(['APR-01 approvals:refused.notYours'])
  })

  it('CRD-07, APR-02: moved to another region meanwhile, it is asked for anew and signed there', async () => {
    const { customer, release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first')
    const west = await make.staff([{ role: 'area_manager', region: '西区' }])
    await pool.query(`update customer set region_id = (select id from region where name = '西区') where id = $1`, [
      customer.id,
    ])
    expect(await sign(release, 'first')).toBe('void')
    expect([(await releaseOf(release)).state, (await overridesOf(release))[0]!.state]).toEqual(['held', 'ended'])
    await ask(release, 'first')
    expect(await sign(release, 'first', { by: west })).toBe('approved')
    expect((await releaseOf(release)).state).toBe('released')
    await pool.query('update staff set state = $2 where id = $1', [west.id, 'disabled'])
  })

  it('CRD-07, CAL-03 credit.first_role: by the regulation as it is when it is asked', async () => {
    const { area_manager, sales_director } = await theCast()
    await under({ 'credit.first_role': 'sales_director' }, async () => {
      const { release } = await heldOver('3000.00', '3500.00')
      await ask(release, 'first')
      expect(await refusalOf(sign(release, 'first', { by: area_manager }))).toEqual([
        'APR-01 approvals:refused.notYours',
      ])
      await sign(release, 'first', { by: sales_director })
      expect((await releaseOf(release)).state).toBe('released')
    })
  })

  it('CAL-03 credit.first_part, credit.final_part, credit.final_role, credit.overdue_role: the figures of the regulation', async () => {
    const { general_manager } = await theCast()
    await under({ 'credit.first_part': 6 }, async () => {
      const { release } = await heldOver('3000.00', '3500.00')
      expect(await refusalOf(ask(release, 'first'))).toEqual(['CRD-07 overrides:refused.tooMuch'])
    })
    await under({ 'credit.final_part': 6, 'credit.final_role': 'general_manager' }, async () => {
      const { customer, release } = await heldOver('3000.00', '3500.00')
      await signed(release, 'first')
      const wide = await aRelease(customer, { amount: '500.00' })
      expect(await refusalOf(ask(wide, 'final'))).toEqual(['CRD-08 overrides:refused.tooMuch'])
      const next = await aRelease(customer, { amount: '499.99' })
      await ask(next, 'final')
      await sign(next, 'final', { by: general_manager })
      expect((await releaseOf(next)).ground).toBe('final_override')
    })
    await under({ 'credit.overdue_role': 'general_manager' }, async () => {
      const late = await overdueRelease()
      await ask(late, 'overdue', { on: daysAgo(0) })
      await sign(late, 'overdue', { by: general_manager })
      expect((await releaseOf(late)).state).toBe('released')
    })
  })

  it('PPL-02: nobody signs what they asked, nor for their own goods or customer', async () => {
    const both = await make.staff([
      { role: 'area_manager', region: '东区' },
      { role: 'dept_head', department: '城东营业部' },
      { role: 'sales' },
    ])
    const { release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first', { by: both })
    expect(await refusalOf(sign(release, 'first', { by: both }))).toEqual(['PPL-02 approvals:refused.own'])
    const own = await aCreditCustomer({ ownerId: both.id, region: '东区', department: '城东营业部' })
    await shipped(own, { amount: '3000.00', on: daysAgo(5), unpaid: false })
    const { dept_head } = await theCast()
    const asked = await aRelease(own, { amount: '3500.00', by: dept_head })
    await ask(asked, 'first', { by: dept_head })
    await expect(sign(asked, 'first', { by: both })).rejects.toThrow('PPL-02')
    await pool.query('update staff set state = $2 where id = $1', [both.id, 'disabled'])
  })

  it('APR-04: a deputy signs for the area manager, and is the one who signed', async () => {
    const { area_manager } = await theCast()
    const deputy = await make.staff([{ role: 'area_manager', region: '西区' }])
    await pool.query(
      `with made as (insert into delegation (from_id, to_id, starts_at, ends_at, made_at)
         values ($1, $2, $3::timestamptz - interval '1 day', $3::timestamptz + interval '1 day', $3) returning id, from_id, starts_at, ends_at)
       insert into delegation_kind (delegation_id, kind, from_id, starts_at, ends_at)
         select id, 'credit.first_override', from_id, starts_at, ends_at from made`,
      [area_manager.id, deputy.id, now()],
    )
    const { release } = await heldOver('3000.00', '3500.00')
    await ask(release, 'first')
    await sign(release, 'first', { by: deputy })
    expect(await overridesOf(release)).toMatchObject([{ state: 'approved', signedById: deputy.id }])
  })

  it('PPL-01: a sales person asks for their own customers alone', async () => {
    const other = await make.staff([{ role: 'sales' }])
    const { release } = await heldOver('3000.00', '3500.00')
    await expect(ask(release, 'first', { by: other })).rejects.toThrow('credit.ask')
  })
})

describe('the final override', () => {
  it('CRD-08: after the first, signed by the sales director, due by the month’s last moment', async () => {
    moveClock(() => at('2027-06-10 10:00'))
    const { customer, release } = await heldOver('3000.00', '3300.00')
    expect(await refusalOf(ask(release, 'final'))).toEqual(['CRD-08 overrides:refused.firstFirst'])
    await signed(release, 'first')
    const second = await aRelease(customer, { amount: '400.00' })
    expect((await signed(second, 'final')).ground).toBe('final_override')
    const [override] = await overridesOf(second)
    expect(override).toMatchObject({ month: new Date('2027-06-01'), validOn: new Date('2027-06-30') })
    const clock = { kind: 'credit.repayment', subject: `credit_override:${override!.id}` }
    const [due] = await db.deadline.findMany({ where: clock })
    expect(due).toMatchObject({
      customerId: customer.id,
      dueAt: new Date('2027-06-30T15:59:59.999Z'),
      cancelledAt: null,
    })
    const third = await aRelease(customer, { amount: '10.00' })
    expect(await refusalOf(ask(third, 'final'))).toEqual(['CRD-08 overrides:refused.finalUsed'])
    await cancelled(second)
    expect((await db.deadline.findMany({ where: clock }))[0]!.cancelledAt).not.toBeNull()
  })
})

/** It ends today, or pays in cash from today on. */
const creditEnds = {
  contract: `update contract set ended_on = $2, ended_reason = '停止合作' where customer_id = $1`,
  method: `insert into credit_terms (customer_id, method, starts_on, reason, state, asked_at, asked_by_id, signed_at)
    select $1, 'cash_only', $2, '改为现款', 'approved', $3::timestamptz, min(id), $3::timestamptz from staff`,
}

it.each(['contract', 'method'] as const)(
  'CRD-04, CRD-20: what was signed while there was credit lets nothing out once there is none: %s',
  async (what) => {
    const customer = await aCreditCustomer({ region: '东区', department: '城东营业部' })
    await shipped(customer, { amount: '3000.00', on: daysAgo(5) })
    const release = await aRelease(customer, { amount: '500.00' })
    expect((await signed(release, 'first')).state).toBe('released')
    await pool.query(
      `with made as (insert into repayment_plan (number, customer_id, filed_at, filed_by_id)
         values ($1, $2, $3, (select min(id) from staff)) returning id)
       insert into repayment_line (plan_id, n, due_on, amount) select id, 1, $4, 3500 from made`,
      [`HL-${release.number}`, customer.id, now(), daysAgo(-20)],
    )
    const { rowCount } = await pool.query(
      creditEnds[what],
      what === 'contract' ? [customer.id, daysAgo(0)] : [customer.id, daysAgo(0), now()],
    )
    expect(rowCount).toBe(1)
    const { release: stopped, shipmentId } = await ship(release, '500.00')
    expect([shipmentId, stopped.state, stopped.holds]).toEqual([null, 'held', ['unpaid']])
    const part = { version: (await releaseOf(release)).version, amount: '100.00' }
    const sales = await actorOf((await theCast()).sales)
    expect(await refusalOf(payPart(sales, release.id, part, now()))).toEqual(['CRD-09 releases:refused.nothingCarried'])
  },
)

/** Held for one yuan that is owed for forty days; within the limit otherwise. */
async function overdueRelease(amount = '100.00') {
  const customer = await withLimit('3000.00')
  await shipped(customer, { amount: '1.00', on: daysAgo(40) })
  const release = await aRelease(customer, { amount })
  expect(release.holds).toEqual(['overdue'])
  return release
}

describe('the overdue approval', () => {
  it('CRD-05: for that release and day alone; the next day it holds no more', async () => {
    moveClock(() => at('2027-07-05 10:00'))
    const release = await overdueRelease()
    expect((await signed(release, 'overdue', '2027-07-05')).state).toBe('released')
    const other = await aRelease({ id: release.customerId }, { amount: '5.00' })
    expect(other.holds).toEqual(['overdue'])
    moveClock(() => at('2027-07-06 08:00'))
    const { release: stopped } = await ship(release, '100.00')
    expect([stopped.state, stopped.holds]).toEqual(['held', ['overdue']])
  })

  it('CRD-05: given for a coming day it lets out on that day, and holds again after it', async () => {
    moveClock(() => at('2027-08-02 10:00'))
    const release = await overdueRelease()
    expect(await refusalOf(ask(release, 'overdue', { on: '2027-08-07' }))).toEqual(['CRD-05 overrides:refused.day'])
    expect((await signed(release, 'overdue', '2027-08-04')).state).toBe('held')
    moveClock(() => at('2027-08-04 00:10'))
    await weighOverdue(now())
    expect((await releaseOf(release)).state).toBe('released')
    moveClock(() => at('2027-08-05 00:10'))
    await weighOverdue(now())
    expect((await releaseOf(release)).state).toBe('held')
    expect(await refusalOf(ask(release, 'overdue', { on: '2027-08-05' }))).toBeNull()
    moveClock(() => at('2027-08-06 09:00'))
    expect(await refusalOf(sign(release, 'overdue'))).toEqual(['CRD-05 overrides:refused.dayOver'])
  })

  it('CRD-05: lifts the stop alone: what is over the limit is held on', async () => {
    const release = await (async () => {
      const customer = await withLimit('3000.00')
      await shipped(customer, { amount: '1.00', on: daysAgo(40) })
      return aRelease(customer, { amount: '3100.00' })
    })()
    expect(release.holds.toSorted()).toEqual(['over', 'overdue'])
    expect((await signed(release, 'overdue', daysAgo(0))).holds).toEqual(['over'])
    expect((await signed(release, 'first')).state).toBe('released')
  })

  it('CRD-05: today, and the working days of the coming week', async () => {
    expect(await daysAhead(at('2027-07-10 12:00'))).toEqual([
      '2027-07-10',
      '2027-07-12',
      '2027-07-13',
      '2027-07-14',
      '2027-07-15',
      '2027-07-16',
    ])
  })
})

it('CRD-07: a stale form is refused, and asking again with what stands is not', async () => {
  const { sales } = await theCast()
  const { release } = await heldOver('3000.00', '3500.00')
  const actor = await actorOf(sales)
  const stale = askOverride(actor, release.id, 'first', { version: release.version - 1, reason: '蓬莱开业' }, now())
  expect(await refusalOf(stale)).toEqual(['CRD-07 overrides:refused.changedMeanwhile'])
  expect(await noticesOf(sales, releaseSubject(release))).toEqual([])
})

it.each([
  ['first', '2027-04-09', false],
  ['first', '2027-04-10', true],
  ['final', '2027-03-31', false],
  ['final', '2027-04-01', true],
] as const)('CRD-19: what was sent on a %s override and paid on %s was paid late: %s', async (kind, on, late) => {
  moveClock(() => at('2027-03-10 10:00'))
  const { customer, release: used } = await heldOver('3000.00', '3500.00')
  const first = await signed(used, 'first')
  let goods = first
  if (kind === 'final') {
    await cancelled(first)
    goods = await signed(await aRelease(customer, { amount: '3500.00' }), 'final')
  }
  await ship(goods, '3500.00')
  moveClock(() => at('2027-04-20 10:00'))
  await received(customer, { amount: '3500.00', on })
  const past = await pastOf(customer.id, now())
  expect(past.find(({ release }) => release === goods.number)).toMatchObject({ kind, open: '0.00', late })
})
