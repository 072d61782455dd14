import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { searchOf } from '../../src/complaints/list/address.ts'
import { sorts } from '../../src/complaints/list/forms.ts'
import { complaintsFor, countsOf, findComplaints, neighboursOf } from '../../src/complaints/list/queries.ts'
import { waysIn } from '../../src/complaints/list/reach.ts'
import { visibleComplaintsSql } from '../../src/complaints/policy.ts'
import { ask, db, pool } from '../../src/db.ts'
import { Prisma } from '../../prisma/client/client.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint } from '../support/complaints.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { asked, at, manyComplaints, numbersOf, oracle, walk } from './listed.ts'

let manager: Actor
let many: string
let few: string
beforeAll(async () => {
  manager = await actorOf((await theCast()).cs_manager)
  many = await manyComplaints('千嶂部', 1300)
  few = await manyComplaints('百嶂部', 90)
}, 60_000)

const here = (unit: string) => `coalesce(department_id, receiving_department_id) = ${unit}`
const open = `state not in ('closed', 'void')`
const moments = {
  due: 'due_at asc nulls last, id',
  newest: 'received_at desc, id desc',
  oldest: 'received_at, id',
  closed: 'closed_at desc nulls last, id desc',
}

const all = sorts.flatMap((sort) => ['', 'all', 'closed'].map((state) => [sort, state] as const))
// Up and down, by a moment that may be missing and by one that is always there.
const some = [
  ['due', ''],
  ['newest', 'all'],
  ['closed', 'all'],
] as const

describe.each([
  ['where an index is walked', () => many, some],
  ['where the matches are held', () => few, all],
] as const)('CMP-16: the list in pages, %s', (_what, unit, orders) => {
  it.each(orders)(
    'CMP-16: by %s, state "%s": grade A first, the whole list exactly once, forwards and back',
    { timeout: 60_000 },
    async (sort, state) => {
      const search = `unit=${unit()}&sort=${sort}&state=${state}`
      const where = { '': open, all: 'true', closed: `state = 'closed'` }[state]!
      const first = state === 'closed' ? '' : 'priority, '
      const whole = await oracle(`${here(unit())} and ${where}`, first + moments[sort])
      const pages = await walk(manager, search, 'after')
      expect(pages.flat()).toEqual(whole)
      // From there back over the end of grade A and of those without a moment; the rest is more of the same.
      const last = Math.min(whole.length - 1, 560)
      const back = await walk(manager, search, 'before', whole[last])
      expect(back.toReversed().flat()).toEqual(whole.slice(0, last))
    },
  )
})

it('CMP-16: a grade given later moves what is open to the front, one taken away sends it back', async () => {
  const { cs_manager } = await theCast()
  const [plain, dear] = [await make.customer(), await make.customer()]
  const unit = await manyComplaints('迟迟部', 1)
  const first = await aComplaint({ customerId: plain.id, departmentId: BigInt(unit) })
  const second = await aComplaint({ customerId: dear.id, departmentId: BigInt(unit) })
  const order = async () =>
    numbersOf(await complaintsFor(manager, asked(`unit=${unit}&customer=`), at)).filter((one) =>
      [first.number, second.number].includes(one),
    )
  expect(await order()).toEqual([first.number, second.number])
  const browser = await signIn(cs_manager)
  const page = await browser.submit(`/customers/${dear.number}/grade`, { grade: 'A', reason: '年度大客户' })
  expect(page.$('.grade').text()).toBe('A')
  expect(await order()).toEqual([second.number, first.number])
  await browser.submit(`/customers/${dear.number}/grade`, { grade: 'none', reason: '合同到期' })
  expect(await order()).toEqual([first.number, second.number])
})

const filters: [string, string][] = [
  ['kind=suggestion', `kind = 'suggestion'`],
  ['level=major', `level = 'major'`],
  ['channel=letter', `channel = 'letter'`],
  ['cause=delay', `cause = 'delay'`],
  ['cause=none', 'cause is null'],
  ['outcome=unresolved', `outcome = 'unresolved'`],
  ['founded=yes', 'founded'],
  ['founded=none', 'founded is null'],
  ['state=investigating.proposing', `state in ('investigating', 'proposing')`],
  ['state=valid', `state <> 'void'`],
  ['owner=none', 'owner_id is null'],
  ['customer=none', 'customer_id is null'],
  ['due=overdue', `due_at < '2026-11-22T06:00:00Z'`],
  ['due=today', `due_at >= '2026-11-22T06:00:00Z' and due_at <= '2026-11-23 00:00+08'`],
  ['from=2026-11-01&to=2026-11-10', `received_at >= '2026-11-01 00:00+08' and received_at < '2026-11-11 00:00+08'`],
  [
    'closedFrom=2026-11-10&closedTo=2026-11-20',
    `closed_at >= '2026-11-10 00:00+08' and closed_at < '2026-11-21 00:00+08'`,
  ],
  ['escalated=yes', 'escalated > 0'],
  ['escalated=no', 'escalated = 0'],
  ['reopened=yes', 'reopened > 0'],
  ['paused=now', 'paused'],
  ['satisfaction=4', 'satisfaction = 4'],
  ['satisfaction=low', 'satisfaction <= 2'],
  ['satisfaction=none', 'satisfaction is null'],
  ['compensation=some', 'compensation > 0'],
  ['compensation=600', 'compensation >= 600'],
  ['compensation=none', 'compensation = 0'],
  ['q=漏风', 'true'],
  ['q=冷库 漏风', 'true'],
  ['q=冷库 龘龘', 'false'],
]

it.each(filters)('the condition %s holds what an independent query holds', async (search, where) => {
  const state = search.includes('state=') ? '' : '&state=all'
  const pages = await walk(manager, `unit=${few}&${search}${state}`, 'after')
  expect(pages.flat().toSorted()).toEqual((await oracle(`${here(few)} and ${where}`)).toSorted())
})

it('CMP-15: who missed a clock is found by it, by the days and by whose it was; paused and group too', async () => {
  const { sales } = await theCast()
  const unit = BigInt(await manyComplaints('误期部', 1))
  const [late, fine] = [
    await aComplaint({ departmentId: unit, ownerId: sales.id }),
    await aComplaint({ departmentId: unit }),
  ]
  const { rows } = await pool.query<{ id: string }>(
    `insert into complaint_group (matter, created_at, created_by_id) values ('同一批门', $1, $2) returning id`,
    [at, sales.id],
  )
  await pool.query('update complaint set group_id = $2 where id = $1', [fine.id, rows[0]!.id])
  await pool.query(
    `update deadline set breached_at = '2026-11-05T03:00:00Z' where subject = $1 and kind = 'complaint.contact'`,
    [`complaint:${late.id}`],
  )
  await pool.query(
    `insert into complaint_pause (complaint_id, from_at, most_until, until_at, reason, by_id)
     values ($1, '2026-11-06T03:00:00Z', '2026-11-09T03:00:00Z', '2026-11-07T03:00:00Z', '等客户寄回', $2)`,
    [fine.id, sales.id],
  )
  const found = async (search: string) => numbersOf(await complaintsFor(manager, asked(`unit=${unit}&${search}`), at))
  const only = [late.number]
  expect(await found('breached=any')).toEqual(only)
  expect(await found('breached=counted&breachedFrom=2026-11-05&breachedTo=2026-11-05')).toEqual(only)
  expect(await found('breached=contact&breachedFrom=2026-11-06')).toEqual([])
  expect(await found('breached=done')).toEqual([])
  expect(await found(`breached=contact&breachedOf=${sales.number}`)).toEqual(only)
  expect(await found('breached=contact&breachedOf=none')).toEqual([])
  expect(await found('breached=never&person=' + sales.number)).not.toContain(late.number)
  expect(await found('paused=ever&pausedFrom=2026-11-06&pausedTo=2026-11-06')).toEqual([fine.number])
  expect(await found(`group=${rows[0]!.id}`)).toEqual([fine.number])
  expect(await found(`person=${sales.number}`)).toContain(late.number)
})

describe('PPL-01, CMP-03: every tab holds what its person sees and nothing else', () => {
  it.each(['front_desk', 'sales', 'dept_head', 'area_manager', 'cs_manager', 'general_manager', 'auditor'] as const)(
    'PPL-01, CMP-03: %s',
    { timeout: 60_000 },
    async (role) => {
      const cast = await theCast()
      const actor = await actorOf(cast[role])
      const { id: place } = await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })
      const accused = await aComplaint({ departmentId: place, accused: [actor.id] })
      await aComplaint({ departmentId: place })
      const visible = await ask<{ number: string; ownerId: bigint | null }>`
        select number, owner_id as "ownerId" from complaint where ${visibleComplaintsSql(actor)}`
      const seen = new Set(visible.map(({ number }) => number))
      expect(seen.has(accused.number)).toBe(false)
      const ways = waysIn(actor, '', 'complaints.view')
      const union = await ask<{ number: string }>`
        select number from complaint where ${Prisma.join(ways, ' or ')}`
      expect(new Set(union.map(({ number }) => number))).toEqual(seen)
      const mine = visible.filter(({ ownerId }) => ownerId === actor.id).map(({ number }) => number)
      expect((await walk(actor, 'scope=mine&state=all', 'after')).flat().toSorted()).toEqual(mine.toSorted())
      const department = await oracle(
        `(department_id = ${actor.departmentId} or receiving_department_id = ${actor.departmentId})`,
      )
      const shown = (await walk(actor, 'scope=department&state=all&from=2026-11-20', 'after')).flat()
      expect(shown.filter((one) => !seen.has(one) || !department.includes(one))).toEqual([])
      expect(shown).not.toContain(accused.number)
      const [row] = await countsOf(actor, [asked('q=' + accused.number + '&state=all')], at)
      expect(row).toBe(0)
      expect((await findComplaints(actor, accused.number, 5)).total).toBe(0)
    },
  )
})

it('CUS-14: number, customer, initials, product and complainant find it; a telephone only for who may unmask', async () => {
  const { cs_manager, auditor, front_desk } = await theCast()
  const customer = await make.customer({}, `九色鹿云栖${Math.floor(Math.random() * 1e6)}琴社`)
  const digits = `1990${Math.floor(1e6 + Math.random() * 8e6)}`
  const made = await aComplaint({
    customerId: customer.id,
    product: '浙A·8F3Q7',
    title: '琴身开裂',
    complainant: '云不归',
    phone: digits,
    phoneDigits: digits,
    by: front_desk,
  })
  const [desk, reader] = [await actorOf(cs_manager), await actorOf(auditor)]
  const name = (await db.customer.findUniqueOrThrow({ where: { id: customer.id } })).name
  for (const typed of [made.number, made.number.toLowerCase(), name, '琴身', '浙A8F3Q7', `云不归 琴身`])
    expect(numbersOf(await complaintsFor(desk, { ...asked('state=all'), q: typed }, at)), typed).toContain(made.number)
  expect(numbersOf(await complaintsFor(desk, asked(`q=${digits.slice(2, 9)}`), at))).toContain(made.number)
  expect(numbersOf(await complaintsFor(reader, asked(`q=${digits.slice(2, 9)}`), at))).not.toContain(made.number)
  const page = await (await signIn(cs_manager)).visit(`/search?q=${made.number}`)
  expect(page.$(`a.hit[href="/complaints/${made.number}"]`).text()).toContain('琴身开裂')
  expect(page.$('main').text()).not.toContain(digits)
})

it('the neighbours in a list are those before and after, also where it holds it no more', async () => {
  const whole = await oracle(`${here(few)} and ${open}`, `priority, ${moments.due}`)
  const { previous, next } = await neighboursOf(manager, asked(`unit=${few}`), whole[30]!, at)
  expect([previous?.number, next?.number]).toEqual([whole[29], whole[31]])
  const browser = await signIn((await theCast()).cs_manager)
  const page = await browser.visit(`/complaints/${whole[30]}?in=${encodeURIComponent(`unit=${few}`)}`)
  expect(page.$('.neighbours a[rel=next]').attr('href')).toContain(whole[31])
})

it('the page: what it asks stands as chips, an empty list says what to drop, a bad address is refused', async () => {
  const browser = await signIn((await theCast()).cs_manager)
  const page = await browser.visit(`/complaints?unit=${few}&level=major`)
  expect(page.$('.filter').text()).toContain('重大')
  expect(page.$('tbody tr').length).toBe(
    Math.min(25, (await oracle(`${here(few)} and ${open} and level = 'major'`)).length),
  )
  const empty = await browser.visit(`/complaints?unit=${few}&level=major&kind=suggestion&q=龘龘`)
  expect(empty.$('.nothing a').attr('href')).not.toContain('q=')
  expect((await browser.visit('/complaints?level=huge')).status).toBe(400)
  const boxes = await browser.visit(`/complaints?boxes=on&unit=${few}&state-closed=on&state-void=on`)
  expect(boxes.$('.filter').text()).toContain('已结案')
  const stranger = await signIn(await make.staff([{ role: 'archivist' }]))
  expect((await stranger.visit('/complaints')).status).toBe(403)
})

it('a view of complaints stands above their list alone, with its count', async () => {
  const person = await make.staff([{ role: 'cs_manager' }])
  const browser = await signIn(person)
  const kept = await browser.submit(`/complaints/views/new?in=${encodeURIComponent(`unit=${few}&level=major`)}`, {
    name: '百嶂重大',
  })
  expect(kept.url).toBe(`/complaints?${searchOf(asked(`unit=${few}&level=major`))}`)
  const n = (await oracle(`${here(few)} and ${open} and level = 'major'`)).length
  expect(kept.$('.views [aria-current]').text().replace(/\s+/g, ' ').trim()).toBe(`百嶂重大 ${n}`)
  expect((await browser.visit('/customers')).$('.views').text()).not.toContain('百嶂重大')
  expect((await browser.visit('/complaints/views')).$('tbody').text()).toContain('百嶂重大')
})

it('CUS-15: the file holds the list, masked, and is in the trail with its hash', async () => {
  const { cs_manager } = await theCast()
  const browser = await signIn(cs_manager)
  const answer = await browser.visit(`/complaints/export/file?unit=${few}&state=all&format=csv`)
  const lines = answer.response.text.replace('\uFEFF', '').trim().split('\r\n')
  const whole = await oracle(here(few))
  expect(
    lines
      .slice(1, -1)
      .map((line) => line.split(',')[0])
      .toSorted(),
  ).toEqual(whole.toSorted())
  expect(answer.response.text).not.toMatch(/1990005\d{4}/)
  const lately = await db.auditEntry.findFirstOrThrow({
    where: { action: 'complaint.export_finished', actorId: cs_manager.id },
    orderBy: { id: 'desc' },
  })
  expect(lately.after).toMatchObject({ rows: whole.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown })
  const desk = await signIn((await theCast()).front_desk)
  expect((await desk.visit('/complaints/export')).status).toBe(403)
})
