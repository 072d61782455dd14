import { beforeAll, describe, expect, it } from 'vitest'
import { readSearch } from '../../src/complaints/list/address.ts'
import { countsOf } from '../../src/complaints/list/queries.ts'
import { monthFor } from '../../src/complaints/month/queries.ts'
import { reportMonth } from '../../src/complaints/month/commands.ts'
import { remindOfMonth } from '../../src/complaints/month/jobs.ts'
import { isLate, monthAfter, monthBounds, monthDue } from '../../src/complaints/month/rules.ts'
import { changeOf, percent, spanWords, yuanWords } from '../../src/complaints/month/saying.ts'
import { paretoOf } from '../../src/complaints/month/pareto.ts'
import { db, pool } from '../../src/db.ts'
import { translate } from '../../src/i18n.ts'
import { now } from '../../src/lib/clock.ts'
import { dayStart } from '../../src/lib/dates.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { textOf } from '../support/pdf.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

/** A month of long ago, that no other file writes into. */
const month = '2021-03'
const { from, until } = monthBounds(month)
const t = translate.zh

let people: Cast
let east: bigint
let west: bigint

type Fixed = {
  id: bigint
  kind: string
  level: string
  channel: string
  cause: string | null
  department: bigint | null
  receivedAt: Date
  closedAt: Date | null
  state: string
  satisfaction: number | null
  compensation: number
  accused: boolean
  contact: { met: Date | null; missed: boolean }
  escalated: Date[]
  reopened: Date[]
  paused: { from: Date; until: Date }[]
}
const cases: Fixed[] = []

// The same run every time, and another month for each complaint.
let seed = 20_211_103
const random = () => ((seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648), seed / 2_147_483_648)
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const hour = 3_600_000

beforeAll(async () => {
  people = await theCast()
  const id = async (name: string) => (await db.department.findFirstOrThrow({ where: { name } })).id
  east = await id('城东营业部')
  west = await id('城西营业部')
  const since = monthBounds(monthAfter(month, -1)).from
  const span = until.getTime() + 10 * 24 * hour - since.getTime()
  for (let n = 0; n < 90; n++) await aCase(new Date(since.getTime() - 24 * hour + random() * span))
  // To the millisecond: the first moment of the month belongs to it, the first of the next does not.
  for (const edge of [from, new Date(from.getTime() - 1), until, new Date(until.getTime() - 1)]) await aCase(edge)
}, 60_000)

let serial = 0
async function aCase(receivedAt: Date): Promise<void> {
  const closed = random() < 0.6
  const at = (hours: number) => new Date(receivedAt.getTime() + hours * hour)
  const one = {
    kind: oneOf(['product_quality', 'repair_quality', 'suggestion']),
    level: oneOf(['general', 'important', 'major']),
    channel: oneOf(['phone', 'visit', 'web']),
    cause: oneOf([null, 'product', 'delay', 'attitude']),
    department: oneOf([east, west, null]),
    receivedAt,
    closedAt: closed ? at(1 + random() * 900) : null,
    state: closed ? 'closed' : random() < 0.1 ? 'void' : 'investigating',
    satisfaction: closed && random() < 0.6 ? oneOf([1, 2, 3, 4, 5]) : null,
    compensation: closed && random() < 0.4 ? Math.round(random() * 100_000) / 100 : 0,
    accused: random() < 0.1,
    contact: { met: random() < 0.8 ? at(random() * 90) : null, missed: random() < 0.3 },
    escalated: random() < 0.2 ? [at(random() * 300), at(random() * 300)] : [],
    reopened: random() < 0.2 ? [at(random() * 300)] : [],
    paused: random() < 0.2 ? [{ from: at(20), until: at(20 + random() * 100) }] : [],
  }
  const { rows } = await pool.query<{ id: string }>(
    `insert into complaint (number, channel, kind, state, outcome, received_at, recorded_at, received_by_id, title, what,
       level, cause, department_id, satisfaction, compensation, closed_at, closed_by_id, accused)
     values ($1, $2::complaint_channel, $3::complaint_kind, $4::complaint_state, $5::complaint_outcome, $6, $6, $7, '镜湖水榭漏雨',
       '连下三夜', $8::complaint_level, $9::complaint_cause, $10, $11, $12, $13, $14, $15) returning id`,
    [
      `T2021${String(900_000 + ++serial).padStart(6, '0')}`,
      one.channel,
      one.kind,
      one.state,
      closed ? 'settled' : null,
      receivedAt,
      people.front_desk.id,
      one.level,
      one.cause,
      one.department,
      one.satisfaction,
      one.compensation,
      one.closedAt,
      closed ? people.cs_manager.id : null,
      one.accused ? [people.general_manager.id] : [],
    ],
  )
  const id = BigInt(rows[0]!.id)
  const { met, missed } = one.contact
  await pool.query(
    `insert into deadline (kind, subject, rule, amount, unit, started_at, due_at, soon_at, met_at, cancelled_at, breached_at, owner_id)
     values ('complaint.contact', $1, 'CMP-12', 3, 'hour', $2, $3, $3, $4, $5, $6, $7)`,
    [`complaint:${id}`, receivedAt, at(3), met, met ? null : at(200), missed ? at(3) : null, people.front_desk.id],
  )
  for (const when of one.escalated)
    await pool.query(
      `insert into complaint_escalation (complaint_id, at, way, words, by_id) values ($1, $2, '来电', '又来电', $3)`,
      [id, when, people.front_desk.id],
    )
  for (const when of one.reopened)
    await pool.query(`insert into complaint_reopening (complaint_id, at, reason, by_id) values ($1, $2, '还漏', $3)`, [
      id,
      when,
      people.front_desk.id,
    ])
  for (const { from: begun, until: ended } of one.paused)
    await pool.query(
      `insert into complaint_pause (complaint_id, from_at, most_until, until_at, reason, by_id) values ($1, $2, $3, $3, '等客户', $4)`,
      [id, begun, ended, people.front_desk.id],
    )
  cases.push({ ...one, id })
}

type Seen = (one: Fixed) => boolean
const within = (at: Date | null) => at !== null && at >= from && at < until
const valid = (one: Fixed) => one.state !== 'void'
const count = (seen: Seen, of: Seen) => cases.filter((one) => seen(one) && of(one)).length

/** The same figures, counted one by one and without a database. */
function expected(seen: Seen) {
  const received: Seen = (one) => valid(one) && within(one.receivedAt)
  const closed: Seen = (one) => one.state === 'closed' && within(one.closedAt)
  const spans = cases
    .filter((one) => seen(one) && received(one) && one.contact.met)
    .map(({ contact, receivedAt }) => (contact.met!.getTime() - receivedAt.getTime()) / 1000)
    .toSorted((a, b) => a - b)
  const at = (share: number) => {
    const place = share * (spans.length - 1)
    const [low, high] = [spans[Math.floor(place)]!, spans[Math.ceil(place)]!]
    return low + (high - low) * (place - Math.floor(place))
  }
  return {
    received: count(seen, received),
    open: count(seen, (one) => received(one) && one.state !== 'closed'),
    by: (name: 'kind' | 'level' | 'channel' | 'cause', key: string | null) =>
      count(seen, (one) => received(one) && one[name] === key),
    unit: (id: bigint | null) => count(seen, (one) => received(one) && one.department === id),
    closed: count(seen, closed),
    answered: count(seen, (one) => closed(one) && one.satisfaction !== null),
    scores: cases.filter((one) => seen(one) && closed(one)).reduce((sum, one) => sum + (one.satisfaction ?? 0), 0),
    compensation: cases.filter((one) => seen(one) && closed(one)).reduce((sum, one) => sum + one.compensation, 0),
    overdue: count(
      seen,
      (one) => valid(one) && one.contact.missed && within(new Date(one.receivedAt.getTime() + 3 * hour)),
    ),
    escalated: count(seen, (one) => valid(one) && one.escalated.some(within)),
    reopened: count(seen, (one) => valid(one) && one.reopened.some(within)),
    paused: count(seen, (one) => valid(one) && one.paused.some((pause) => within(pause.from))),
    missed: count(seen, (one) => received(one) && one.contact.missed),
    median: at(0.5),
    most: at(0.9),
  }
}

const figures = async (who: { id: bigint }, department = '') =>
  monthFor(await actorOf(who), { month, department }, new Date('2021-04-02T02:00:00Z'))

/** Every figure of the month against the same counted one by one. */
async function sameFor(who: { id: bigint }, seen: Seen, department = '') {
  const { received, closed, times, happened } = await figures(who, department)
  const wanted = expected(seen)
  expect(wanted.received).toBeGreaterThan(0)
  expect({
    received: received.all.now,
    open: received.open.now,
    closed: closed.n.now,
    answered: closed.answered.now,
    scores: closed.scores.now,
  }).toEqual({
    received: wanted.received,
    open: wanted.open,
    closed: wanted.closed,
    answered: wanted.answered,
    scores: wanted.scores,
  })
  expect(closed.compensation.now).toBeCloseTo(wanted.compensation, 2)
  expect(closed.byCause.reduce((sum, { now }) => sum + now, 0)).toBeCloseTo(wanted.compensation, 2)
  for (const name of ['kind', 'level', 'channel', 'cause'] as const)
    for (const { key, now } of received.by[name]) expect(now).toBe(wanted.by(name, key))
  for (const { key, now } of received.by.department) expect(now).toBe(wanted.unit(key === null ? null : BigInt(key)))
  for (const what of ['overdue', 'escalated', 'reopened', 'paused'] as const)
    expect(happened[what].cases.now).toBe(wanted[what])
  expect(times.contact.now.missed).toBe(wanted.missed)
  expect(times.contact.now.median).toBeCloseTo(wanted.median, 3)
  expect(times.contact.now.most).toBeCloseTo(wanted.most, 3)
}

describe('CMP-19: every figure equals the same counted one by one', () => {
  it('CMP-19: the whole company, and the month before beside it', async () => {
    await sameFor(people.cs_manager, () => true)
    const before = await monthFor(
      await actorOf(people.cs_manager),
      { month: monthAfter(month, -1), department: '' },
      until,
    )
    const { received, closed, happened, times } = await figures(people.cs_manager)
    expect(before.received.all.now).toBe(received.all.before)
    expect(before.closed.compensation.now).toBeCloseTo(closed.compensation.before, 2)
    expect(before.happened.overdue.cases.now).toBe(happened.overdue.cases.before)
    const { median, met, missed, inTime } = times.contact.before
    expect(before.times.contact.now).toMatchObject({ median, met, missed, inTime })
  })

  it('CMP-19, PPL-01: a department’s head counts his place, CMP-03: and nobody what is about himself', async () => {
    await sameFor(people.dept_head, ({ department }) => department === east)
    await sameFor(people.general_manager, ({ accused }) => !accused)
  })

  it('CMP-19: one department of the whole', async () => {
    await sameFor(people.cs_manager, ({ department }) => department === west, String(west))
  })

  it('CMP-15: by person and department the same cases are counted as in all', async () => {
    const { counted, happened } = await figures(people.cs_manager)
    expect(counted.all.overdue).toBe(happened.overdue.cases.now)
    expect(counted.departments.reduce((sum, { overdue }) => sum + overdue, 0)).toBe(counted.all.overdue)
  })
})

describe('CMP-19: the page', () => {
  let desk: Browser
  beforeAll(async () => {
    desk = await signIn(people.cs_manager)
  })

  it('CMP-19: every figure opens the list that counts the same', async () => {
    const page = await desk.visit(`/complaints/month?month=${month}`)
    const links = page
      .$('.month-figures a, .month-sections .month-table a')
      .toArray()
      .map((a) => ({
        href: page.$(a).attr('href')!,
        text: page.$(a).find('b').text() || page.$(a).text(),
      }))
    expect(links.length).toBeGreaterThan(15)
    const whole = links.filter(({ text, href }) => /^\d+$/.test(text) && !href.includes('satisfaction='))
    const actor = await actorOf(people.cs_manager)
    for (const { href, text } of whole) {
      expect(href).toMatch(/^\/complaints\?/)
      const [n] = await countsOf(actor, [readSearch(href.split('?')[1]!)!], now())
      expect(n, href).toBe(Number(text))
    }
    const list = await desk.visit(whole[0]!.href)
    expect(countIn(list.$('.pager').text())).toBe(Number(whole[0]!.text))
  })

  it('CMP-19: an empty month says so; a month that is none is this month; sales have no statistics', async () => {
    expect((await desk.visit('/complaints/month?month=2020-05')).$('.nothing').text()).toContain('没有投诉')
    expect((await desk.visit('/complaints/month?month=2021-13')).status).toBe(200)
    expect((await (await signIn(people.sales)).visit('/complaints/month')).status).toBe(403)
  })

  it('CMP-19, AUD-01: on paper and as a spreadsheet, each with its hash in the trail', async () => {
    const get = (path: string) =>
      desk.agent
        .get(`${path}?month=${month}`)
        .set('Host', desk.host)
        .buffer(true)
        .parse((res, done) => {
          const parts: Buffer[] = []
          res.on('data', (part: Buffer) => parts.push(part))
          res.on('end', () => done(null, Buffer.concat(parts)))
        })
    const pdf = await get('/complaints/month.pdf')
    const text = textOf(pdf.body as Buffer).replace(/\s/g, '')
    expect(text).toContain('投诉月报')
    expect(text).toContain('首次联系')
    const printed = await db.auditEntry.findFirstOrThrow({
      where: { action: 'complaint.month_printed', subject: `complaint_month:${month}` },
    })
    expect((printed.after as { sha256: string }).sha256).toMatch(/^[0-9a-f]{64}$/)
    const sheet = await get('/complaints/month.xlsx')
    expect((sheet.body as Buffer).subarray(0, 2).toString()).toBe('PK')
    const left = await db.auditEntry.findFirstOrThrow({
      where: { action: 'complaint.month_export_finished' },
      orderBy: { id: 'desc' },
    })
    expect(left.after).toMatchObject({ month })
  }, 60_000)

  it('CMP-19: reported by a button: the general manager is told, the trail keeps what was sent', async () => {
    const page = await desk.submit('/complaints/month/report', { month }, `/complaints/month?month=${month}`)
    expect(page.$('.notice').text()).toContain(month)
    expect(page.$('.callout').text()).toContain(people.cs_manager.name)
    const told = await db.notice.findFirstOrThrow({
      where: { staffId: people.general_manager.id, kind: 'complaint.month_reported' },
    })
    expect(told.href).toBe(`/complaints/month?month=${month}`)
    const line = await db.auditEntry.findFirstOrThrow({
      where: { action: 'complaint.month_reported', subject: `complaint_month:${month}` },
    })
    const { received } = await figures(people.cs_manager)
    expect((line.after as { figures: string }).figures).toContain(`受理 ${received.all.now}`)
  })
})

describe('CMP-19: by the 10th', () => {
  it('CMP-19, CAL-03 complaints.report_day: the month before is due, the 10th is in time and the 11th late', () => {
    expect(monthDue(new Date('2026-01-10T04:00:00Z'))).toBe('2025-12')
    expect(isLate(new Date('2026-01-10T15:59:59Z'), 10)).toBe(false)
    expect(isLate(new Date('2026-01-10T16:00:00Z'), 10)).toBe(true)
    expect(monthBounds('2026-12').until).toEqual(dayStart('2027-01-01'))
  })

  it('CMP-19: a month that is not over is not reported', async () => {
    const actor = await actorOf(people.cs_manager)
    expect(
      await refusalOf(reportMonth(actor, '2026-11', new Date(monthBounds('2026-11').until.getTime() - 1))),
    ).toEqual(['CMP-19 complaintMonth:refused.notOver'])
  })

  it('CMP-19: reminded from some days before until it is reported, once a day; late, the general manager too', async () => {
    const late = '2021-04'
    const on = (day: string) => dayStart(day, 0)
    const told = async () =>
      (await db.notice.findMany({ where: { kind: 'complaint.month_due', subject: `complaint_month:${late}` } })).map(
        ({ staffId }) => staffId,
      )
    expect(await remindOfMonth(on('2021-05-04'))).toEqual({ told: 0 })
    expect((await remindOfMonth(on('2021-05-05'))).told).toBeGreaterThan(0)
    expect((await remindOfMonth(on('2021-05-05'))).told).toBe(0)
    expect(await told()).not.toContain(people.general_manager.id)
    await remindOfMonth(on('2021-05-11'))
    expect(await told()).toContain(people.general_manager.id)
    const colleague = await make.staff([{ role: 'cs_manager' }])
    await reportMonth(await actorOf(colleague), late, on('2021-05-12'))
    expect(await remindOfMonth(on('2021-05-13'))).toEqual({ told: 0 })
  })
})

it('CMP-19: in words: spans, shares, changes and the causes in order', () => {
  expect([59, 3600, 5 * 3600 + 1200, 47 * 3600, 76 * 3600].map((one) => spanWords(t, one))).toEqual([
    '1 分',
    '1 小时',
    '5 小时 20 分',
    '47 小时',
    '3 天 4 小时',
  ])
  expect([
    percent(1, 3),
    percent(0, 0),
    changeOf({ now: 2, before: 5 }),
    changeOf({ now: 5, before: 2 }),
    yuanWords(12_345.6),
  ]).toEqual(['33.3%', '', '−3', '+3', '12,345.60'])
  const causes = [6, 3, 1].map((now, at) => ({ key: String(at), now, before: 0, word: `因${at}` }))
  const pareto = paretoOf(t, causes)!
  expect(pareto.columns.map(({ word }) => word.match(/累计 (.*)/)![1])).toEqual(['60.0%', '90.0%', '100.0%'])
  expect(paretoOf(t, [])).toBeNull()
})

const countIn = (text: string) => Number(/\d[\d,]*/.exec(text.replace(/第.*?页/, ''))?.[0].replaceAll(',', '') ?? 0)
