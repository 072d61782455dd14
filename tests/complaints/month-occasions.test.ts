import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { readSearch } from '../../src/complaints/list/address.ts'
import { countsOf } from '../../src/complaints/list/queries.ts'
import { monthModel } from '../../src/complaints/month/model.ts'
import { occasionQuery, occasions, type Occasion } from '../../src/complaints/month/occasion-forms.ts'
import { everyOccasion, occasionsFor, pageSize } from '../../src/complaints/month/occasions.ts'
import { monthFor } from '../../src/complaints/month/queries.ts'
import { monthBounds } from '../../src/complaints/month/rules.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { sentenceOf } from '../../src/customers/history/lines.ts'
import { readSheet } from '../../src/sheets/reading.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast, Person } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'

/** A month of long ago, that no other file writes into. */
const month = '2019-08'
const { from, until } = monthBounds(month)
const hour = 3_600_000

let people: Cast
let both: Person
let units: Record<'east' | 'west', bigint>

/** What happened once, and what the month makes of it. */
type Time = { what: Occasion; at: Date; case: Case; who: bigint; days: number; score: number }
type Case = {
  id: bigint
  number: string
  unit: bigint | null
  /** Where it lies for who reads: at the responsible department, and at the one that received it. */
  places: (bigint | null)[]
  handler: bigint
  accused: bigint[]
  valid: boolean
  mine: boolean
}
const times: Time[] = []

// The same run every time, and another month for each complaint.
let seed = 20_190_801
const random = () => ((seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648), seed / 2_147_483_648)
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const idOf = async (sql: string, values: unknown[]) =>
  BigInt((await pool.query<{ id: string }>(sql, values)).rows[0]!.id)

beforeAll(async () => {
  people = await theCast()
  // Customers of his own in another department: he sees their complaints, and his statistics do not count them.
  both = await make.staff([{ role: 'dept_head', department: '城东营业部' }, { role: 'sales' }])
  const unit = async (name: string) => (await db.department.findFirstOrThrow({ where: { name } })).id
  units = { east: await unit('城东营业部'), west: await unit('城西营业部') }
  const customer = await make.customer({ ownerId: both.id })
  for (let n = 0; n < 60; n++) await aCase(customer.id)
  // To the millisecond: the first moment of the month belongs to it, the first of the next does not.
  const edge = await aCase(customer.id, true)
  for (const at of [from, new Date(from.getTime() - 1), until, new Date(until.getTime() - 1)]) await allOf(edge, at)
}, 60_000)

const moment = () =>
  new Date(from.getTime() - 48 * hour + Math.floor(random() * (until.getTime() - from.getTime() + 96 * hour)))

async function aCase(customerId: bigint, plain = false): Promise<Case> {
  const handler = oneOf([people.sales.id, people.dept_head.id, null])
  const taker = oneOf([people.front_desk.id, people.cs_manager.id])
  const [responsible, receiving] = [oneOf([units.east, units.west, null]), oneOf([units.east, units.west, null])]
  const others = [people.dept_head.id, people.general_manager.id, people.sales.id].filter((id) => id !== handler)
  const accused = !plain && random() < 0.3 ? [oneOf(others)] : []
  const valid = plain || random() < 0.85
  const mine = random() < 0.3
  const number = `T2019${String(800_000 + times.length * 100 + Math.floor(random() * 99)).padStart(6, '0')}`
  const at = moment()
  const id = await idOf(
    `insert into complaint (number, channel, kind, state, received_at, recorded_at, received_by_id, title, what, level,
       owner_id, department_id, receiving_department_id, accused, customer_id)
     values ($1, 'phone', 'product_quality', $2::complaint_state, $3, $3, $4, '桃源漏雨', '连下三夜', 'general', $5, $6, $7, $8, $9)
     returning id`,
    [
      number,
      valid ? 'investigating' : 'void',
      at,
      taker,
      handler,
      responsible,
      receiving,
      accused,
      mine ? customerId : null,
    ],
  )
  const one = {
    id,
    number,
    unit: responsible ?? receiving,
    places: [responsible, receiving],
    handler: handler ?? taker,
    accused,
    valid,
    mine,
  }
  if (!plain) for (let n = 0; n < 3; n++) await allOf(one, moment())
  return one
}

/** Each thing that can happen, now and then, at this moment. */
async function allOf(one: Case, at: Date): Promise<void> {
  const by = oneOf([people.front_desk.id, people.cs_manager.id])
  const keep = (what: Occasion, who: bigint, more: { days?: number; score?: number } = {}) =>
    times.push({ what, at, case: one, who, days: 0, score: 0, ...more })
  if (random() < 0.7) {
    await pool.query(
      `insert into complaint_escalation (complaint_id, at, way, words, unrecorded, by_id) values ($1, $2, 'audit', '还漏', $3, $4)`,
      [one.id, at, random() < 0.3, by],
    )
    keep('escalated', one.handler)
  }
  if (random() < 0.7) {
    const days = oneOf([1, 2.5, 4])
    await pool.query(
      `insert into complaint_pause (complaint_id, from_at, most_until, until_at, reason, by_id) values ($1, $2, $3, $3, '等客户', $4)`,
      [one.id, at, new Date(at.getTime() + days * 24 * hour), by],
    )
    keep('paused', by, { days })
  }
  if (random() < 0.7) {
    const score = oneOf([1, 3, 5])
    await pool.query(
      `insert into complaint_rating (complaint_id, token_hash, made_at, made_by_id, expires_at, used_at, score, words)
       values ($1, md5(random()::text) || md5(random()::text), $2, $3, $4, $2, $5, '好')`,
      [one.id, at, by, new Date(at.getTime() + 720 * hour), score],
    )
    keep('rated', one.handler, { score })
  }
  for (const what of ['contact', 'done', 'progress'] as const) if (random() < 0.3) await aClock(one, what, at, keep)
}

/** CMP-15: it is counted for whose it was when its moment passed, whoever got it since; else for whose the case is. */
async function aClock(
  one: Case,
  what: 'contact' | 'done' | 'progress',
  at: Date,
  keep: (what: Occasion, who: bigint) => unknown,
) {
  const owner = oneOf([people.sales.id, null])
  const then = oneOf([people.front_desk.id, null])
  const id = await idOf(
    `insert into deadline (kind, subject, rule, amount, unit, started_at, due_at, soon_at, met_at, breached_at, owner_id)
     values ($1, $2, 'CMP-12', 3, 'hour', $3, $4, $4, $5, $4, $6) returning id`,
    [
      `complaint.${what}`,
      `complaint:${one.id}`,
      new Date(at.getTime() - 3 * hour),
      at,
      new Date(at.getTime() + hour),
      owner,
    ],
  )
  if (then !== null)
    await pool.query(`insert into deadline_event (deadline_id, at, kind, detail) values ($1, $2, 'overdue', $3)`, [
      id,
      at,
      { to: 'owner', state: 'sent', staff: [Number(then)] },
    ])
  keep(what, then ?? owner ?? one.handler)
}

type Seen = (one: Case) => boolean
const within = (at: Date) => at >= from && at < until
/** The same, one by one and without a database. */
const expected = (seen: Seen, what: Occasion, also: (one: Time) => boolean = () => true) =>
  times.filter((one) => one.what === what && within(one.at) && one.case.valid && seen(one.case) && also(one))

const queryOf = (values: Record<string, string>) => occasionQuery.parse({ month, ...values })
const found = (actor: Actor, values: Record<string, string>) => occasionsFor(actor, queryOf(values), now())

/** Who reads, and what of it the reader's statistics count. */
const readers: [string, () => Person, (person: Person) => Seen][] = [
  ['customer service sees everything', () => people.cs_manager, () => () => true],
  [
    'the general manager, nothing about himself',
    () => people.general_manager,
    ({ id }) =>
      ({ accused }) =>
        !accused.includes(id),
  ],
  [
    'a department’s head his place, and nothing about himself',
    () => people.dept_head,
    ({ id }) =>
      ({ places, accused }) =>
        places.includes(units.east) && !accused.includes(id),
  ],
  [
    'a department’s head with customers elsewhere',
    () => both,
    () =>
      ({ places }) =>
        places.includes(units.east),
  ],
  ['the auditor', () => people.auditor, () => () => true],
]

describe('CMP-19: every time that the month counts is a row of its list', () => {
  it.each(readers)('CMP-19, CMP-15, CMP-21, SAT-03, CMP-03: %s', async (_, who, seenBy) => {
    const person = who()
    await sameFor(person, seenBy(person))
  })

  it('CMP-19: of a department alone, of its people alone', async () => {
    const west = String(units.west)
    const actor = await actorOf(people.cs_manager)
    for (const what of occasions) {
      const wanted = expected(
        () => true,
        what,
        ({ case: { unit } }) => unit === units.west,
      )
      expect((await found(actor, { what, department: west })).count, what).toBe(wanted.length)
    }
    await figuresAreRows(actor, west)
  })

  it('CMP-19: an address that says nothing sensible shows what it can', async () => {
    const actor = await actorOf(people.cs_manager)
    expect((await found(actor, { what: 'escalated', person: 'S999999999' })).count).toBe(0)
    const query = queryOf({ what: 'nonsense', person: "'; drop", unit: 'x', page: '-1' })
    expect(query).toMatchObject({ what: 'escalated', person: '', unit: '', page: 1 })
    expect((await found(actor, { page: '999999' })).rows).toEqual([])
  })
})

async function sameFor(person: { id: bigint }, seen: Seen) {
  const actor = await actorOf(person)
  for (const what of occasions) {
    const wanted = expected(seen, what)
    const { count, sum } = await found(actor, { what })
    expect(wanted.length, what).toBeGreaterThan(0)
    expect(count, what).toBe(wanted.length)
    if (what === 'paused')
      expect(sum).toBeCloseTo(
        wanted.reduce((all, { days }) => all + days, 0),
        3,
      )
    if (what === 'rated') expect(sum).toBe(wanted.reduce((all, { score }) => all + score, 0))
    const rows = await everyRow(actor, what)
    expect(rows.map(({ number, at }) => `${number} ${at.toISOString()}`).toSorted(), what).toEqual(
      wanted.map((one) => `${one.case.number} ${one.at.toISOString()}`).toSorted(),
    )
    for (const who of new Set(wanted.map((one) => one.who))) {
      const { number } = await db.staff.findUniqueOrThrow({ where: { id: who } })
      const n = wanted.filter((one) => one.who === who).length
      expect((await found(actor, { what, person: number })).count, `${what} ${number}`).toBe(n)
    }
    for (const unit of [units.east, units.west, null]) {
      const n = wanted.filter((one) => one.case.unit === unit).length
      expect((await found(actor, { what, unit: unit === null ? 'none' : String(unit) })).count).toBe(n)
    }
  }
  await figuresAreRows(actor, '')
}

/** All pages, one after the other. */
async function everyRow(actor: Actor, what: Occasion) {
  const { count } = await found(actor, { what })
  const pages = Array.from({ length: Math.ceil(count / pageSize) }, (_, at) =>
    found(actor, { what, page: String(at + 1) }),
  )
  const rows = (await Promise.all(pages)).flatMap((page) => page.rows)
  expect(rows).toHaveLength(count)
  return rows
}

/** Every number of the month with an address: the list there counts the same. */
async function figuresAreRows(actor: Actor, department: string) {
  const model = monthModel(actor, await monthFor(actor, { month, department }, now()))
  const who = [...model.people, ...model.departments]
  const figures = [
    ...[...model.head, ...model.sections.flatMap(({ lines }) => lines)].map(({ n, href }) => ({ n, href: href! })),
    ...model.times.map(({ missed, href }) => ({ n: missed, href })),
    ...model.head.flatMap(({ share, more }) => (more ? [{ n: /\d+/.exec(share)![0], href: more }] : [])),
    ...who.map(({ overdue, href }) => ({ n: String(overdue), href })),
    ...who.flatMap(({ detail, escalated, paused }) =>
      [...detail, escalated, paused].map(({ n, href }) => ({ n: String(n), href })),
    ),
  ].filter(({ n }) => /^\d+$/.test(n))
  expect(figures.length).toBeGreaterThan(20)
  expect(figures.filter(({ href }) => href.includes('/occasions')).length).toBeGreaterThan(5)
  for (const { n, href } of figures) expect(await lengthOf(actor, href), href).toBe(Number(n))
}

async function lengthOf(actor: Actor, href: string): Promise<number> {
  const [path, search = ''] = href.split('?')
  if (path === '/complaints/month/occasions')
    return (await occasionsFor(actor, occasionQuery.parse(Object.fromEntries(new URLSearchParams(search))), now()))
      .count
  const query = readSearch(search)
  expect(query, href).not.toBeNull()
  return (await countsOf(actor, [query!], now()))[0]!
}

describe('CMP-19: who has customers of his own elsewhere', () => {
  it('CMP-19: sees more complaints than he counts, and a figure opens those that it counts', async () => {
    const actor = await actorOf(both)
    const [all, counted] = await countsOf(
      actor,
      ['', '&reach=counted'].map((more) => readSearch(`state=valid&from=2019-07-01&to=2019-09-30${more}`)!),
      now(),
    )
    expect(all).toBeGreaterThan(counted!)
    await figuresAreRows(actor, '')
  })
})

describe('CMP-19: the page of the times', () => {
  let desk: Browser
  const path = (values: Record<string, string>) =>
    `/complaints/month/occasions?${new URLSearchParams({ month, ...values })}`
  beforeAll(async () => {
    desk = await signIn(people.cs_manager)
  })

  it('CMP-19: from the month by a click: a row for each time, its case linked; pages go on and back', async () => {
    const page = await desk.visit(`/complaints/month?month=${month}`)
    const link = page.$('.month-figures small a').filter((_, a) => page.$(a).attr('href')!.includes('what=escalated'))
    const wanted = expected(() => true, 'escalated')
    expect(link.text()).toBe(`${wanted.length} 次`)
    const first = await desk.visit(link.attr('href')!)
    expect(first.$('#list tbody tr')).toHaveLength(Math.min(pageSize, wanted.length))
    expect(first.$('.pager').text()).toContain(`${wanted.length} 次`)
    expect(first.$('#list tbody tr a').first().attr('href')).toMatch(/^\/complaints\/T2019\d{6}$/)
    expect(first.$('#list').text()).toContain('监审')
    const next = await desk.visit(first.$('a[rel=next]').attr('href')!)
    expect(next.$('#list tbody tr')).toHaveLength(Math.min(pageSize, wanted.length - pageSize))
    expect(next.$('a[rel=prev]').attr('href')).toContain('what=escalated')
  })

  it('CMP-19: whose it is stands as a condition that can be taken away; nothing found says so', async () => {
    const page = await desk.visit(path({ what: 'paused', person: people.front_desk.number }))
    expect(page.$('.filter').text()).toContain(people.front_desk.name)
    expect(page.$('.filter a').attr('href')).not.toContain('person=')
    expect((await desk.visit(path({ what: 'rated', person: 'S1' }))).$('.nothing a').attr('href')).not.toContain(
      'person',
    )
  })

  it('CMP-03, ACC-02: nobody reads what is about himself; sales have no statistics', async () => {
    const actor = await actorOf(people.general_manager)
    const page = await (await signIn(people.general_manager)).visit(path({ what: 'paused' }))
    const numbers = page
      .$('#list th a')
      .toArray()
      .map((a) => page.$(a).text())
    expect(numbers.length).toBeGreaterThan(0)
    const about = new Set(
      times
        .map((one) => one.case)
        .filter(({ accused }) => accused.includes(actor.id))
        .map(({ number }) => number),
    )
    expect(numbers.filter((number) => about.has(number))).toEqual([])
    expect((await (await signIn(people.sales)).visit(path({}))).status).toBe(403)
  })

  it('CUS-15, AUD-01: as a file the same rows, in the trail before and after; who may not export has no button', async () => {
    const file = await desk.agent
      .get(path({ what: 'paused' }).replace('?', '/file?') + '&format=csv')
      .set('Host', desk.host)
    const lines = file.text.trim().split('\r\n')
    const wanted = expected(() => true, 'paused')
    // A header before them, and at the end who took them out and when.
    expect(lines).toHaveLength(wanted.length + 2)
    const left = await db.auditEntry.findFirstOrThrow({
      where: { action: 'complaint.occasions_export_finished' },
      orderBy: { id: 'desc' },
    })
    expect(left.after).toMatchObject({ what: 'paused', month, rows: wanted.length })
    const auditor = await signIn(people.auditor)
    expect((await auditor.visit(path({ what: 'paused' }))).$('.page-head .btn')).toHaveLength(0)
    expect((await auditor.visit(path({ what: 'paused' }).replace('?', '/file?'))).status).toBe(403)
  })

  it('CMP-19: all of them in pieces are the same as on the pages', async () => {
    const actor = await actorOf(people.cs_manager)
    const all: string[] = []
    for await (const { number, at } of everyOccasion(actor, queryOf({ what: 'escalated' }), now(), 7))
      all.push(`${number} ${at.toISOString()}`)
    expect(all).toEqual((await everyRow(actor, 'escalated')).map(({ number, at }) => `${number} ${at.toISOString()}`))
  })
})

describe('CMP-19: the page, its print and its spreadsheet', () => {
  it('CMP-19: say the same of everything, number by number', async () => {
    const desk = await signIn(people.cs_manager)
    const get = async (kind: 'pdf' | 'xlsx') => {
      const { body } = await desk.agent
        .get(`/complaints/month.${kind}?month=${month}`)
        .set('Host', desk.host)
        .buffer(true)
        .parse((res, done) => {
          const parts: Buffer[] = []
          res.on('data', (part: Buffer) => parts.push(part))
          res.on('end', () => done(null, Buffer.concat(parts)))
        })
      return body as Buffer
    }
    const page = await desk.visit(`/complaints/month?month=${month}`)
    const text = (at: string) => (within: Parameters<typeof page.$>[0]) => page.$(within).find(at).first().text().trim()
    const said = [
      ...page
        .$('.month-figures > *')
        .toArray()
        .map((one) => [text('span')(one), text('b')(one).replace('—', '')]),
      ...page
        .$('.month-sections tbody tr')
        .toArray()
        .map((one) => [text('th')(one), text('td')(one)]),
      ...page
        .$('.month-narrow')
        .first()
        .find('tbody tr')
        .toArray()
        .map((one) => [`${text('th')(one)} 逾期件数`, text('td:nth-child(5)')(one)]),
      ...page
        .$('.month-narrow')
        .slice(1)
        .find('tbody tr')
        .toArray()
        .flatMap((one) => [
          [`${text('th')(one)} 逾期件数`, text('td:nth-child(2)')(one)],
          [`${text('th')(one)} 升级（次）`, text('td:nth-child(4)')(one)],
          [`${text('th')(one)} 暂停（次）`, text('td:nth-child(5)')(one)],
        ]),
    ]
    expect(said.length).toBeGreaterThan(30)
    const sheet = await readSheet(Readable.from([await get('xlsx')]), { filename: 'month.xlsx', isHeader: () => true })
    const lines: string[] = []
    for await (const { cells } of sheet.rows) lines.push(`${cells[1]}|${cells[2] ?? ''}`)
    for (const [word, n] of said) expect(lines).toContain(`${word}|${n}`)
    const printed = textOf(await get('pdf')).replace(/[\s|]/g, '')
    const { head, people: persons } = monthModel(
      await actorOf(people.cs_manager),
      await monthFor(await actorOf(people.cs_manager), { month, department: '' }, now()),
    )
    for (const { word, n, before } of head) expect(printed).toContain(`${word}${n}${before}`.replace(/\s/g, ''))
    for (const { name, escalated, paused } of persons) {
      expect(printed).toContain(name)
      expect(printed).toContain(`${escalated.n}${paused.n}`)
    }
  }, 60_000)
})

it('AUD-03: amounts in the history of a complaint stand in thousands, other numbers as they were written', () => {
  const line = {
    id: 1n,
    at: from,
    actorName: '',
    why: null,
    other: null,
    before: {},
    action: 'complaint.remedy_submitted',
  }
  const said = (after: Record<string, unknown>) => sentenceOf({ ...line, after } as never, 'zh')
  expect(said({ total: '12345.60' })).toContain('12,345.60')
  expect(said({ total: '999' })).toContain('999.00')
  expect(said({ round: 1234 })).not.toContain('1,234')
})
