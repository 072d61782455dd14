import { beforeAll, describe, expect, it } from 'vitest'
import { countsOf, findItems, itemsFor } from '../../src/archive/list/queries.ts'
import { pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { acknowledged, anItem, windowOn } from '../support/archive.ts'
import { signIn } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { aCanary, asked } from './shelf.ts'

let cast: Cast
let canary: Awaited<ReturnType<typeof aCanary>>
beforeAll(async () => {
  cast = await theCast()
  canary = await aCanary()
})

const seeing = [
  'front_desk',
  'sales',
  'dept_head',
  'area_manager',
  'archivist',
  'info_supervisor',
  'cs_manager',
  'finance',
  'sales_director',
  'general_manager',
  'auditor',
] as const
const knowing: readonly string[] = ['info_supervisor', 'cs_manager', 'general_manager']

/** By what tells something of the item: each finds it, for whoever may know. */
const telling = () => ({
  q: canary.title,
  customer: canary.customer.name,
  type: 'report',
  state: 'in_place',
  room: String(canary.place.room),
  place: '7-6',
  medium: 'paper',
  retention: 'permanent',
  from: '2019-03-01',
  to: '2019-03-31',
})

describe.each(seeing)('ARC-02: a 机密 item to %s', (role) => {
  const knows = knowing.includes(role)

  it('ARC-02: by number and mark it is listed with its keeper, and with nothing else unless it is theirs to know', async () => {
    const actor = await actorOf(cast[role])
    for (const query of [
      ['q', canary.item.number],
      ['secrecy', 'confidential'],
    ] as const) {
      const { rows, count } = await itemsFor(actor, asked({ [query[0]]: query[1], keeper: canary.keeper.number }))
      expect(count).toBe(1)
      expect(rows).toMatchObject([{ number: canary.item.number, secrecy: 'confidential', keeper: canary.keeper.name }])
      expect(rows[0]!.told !== null).toBe(knows)
      const said = JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
      if (!knows) for (const word of canary.told) expect(said).not.toContain(word)
    }
  })

  it('ARC-02: no condition, order, count or search tells more (wish 16)', async () => {
    const actor = await actorOf(cast[role])
    const [keeper, found] = [canary.keeper.number, knows ? 1 : 0]
    const queries = [
      ...Object.entries(telling()).map(([name, value]) => ({ keeper, [name]: value })),
      ...['title', 'title_reversed', 'dated', 'dated_reversed'].map((sort) => ({ keeper, sort })),
    ]
    for (const query of queries) expect([query, (await itemsFor(actor, asked(query))).count]).toEqual([query, found])
    expect(await countsOf(actor, queries.map(asked))).toEqual(queries.map(() => found))
    expect((await findItems(actor, canary.title, 5)).total).toBe(found)
    expect((await findItems(actor, canary.item.number, 5)).rows).toMatchObject([{ told: knows ? {} : null }])
  })

  it('ARC-02: what is not to be known is no place to start from', async () => {
    const actor = await actorOf(cast[role])
    for (const sort of ['title', 'dated']) {
      const from = await itemsFor(actor, asked({ sort, after: canary.item.number }))
      expect(from.earlier).toBe(knows)
    }
  })
})

describe('ARC-02: what makes it known', () => {
  const toldTo = async (person: { id: bigint }) => {
    const { rows } = await itemsFor(await actorOf(person), asked({ q: canary.item.number }))
    return rows[0]?.told?.title ?? null
  }

  it('ARC-02: an open window, an open loan, and having it in keeping', async () => {
    const [viewer, borrower] = [await make.staff([{ role: 'finance' }]), await make.staff([{ role: 'finance' }])]
    expect(await toldTo(viewer)).toBeNull()
    await windowOn(viewer, [canary.item])
    expect(await toldTo(viewer)).toBe(canary.title)
    expect(await toldTo(borrower)).toBeNull()
    await lend(borrower.id, canary.item.id)
    expect(await toldTo(borrower)).toBe(canary.title)
    const keeper = await make.staff([{ role: 'archivist' }])
    expect(await toldTo(keeper)).toBeNull()
    await pool.query('update archive_item set keeper_id = $1 where id = $2', [keeper.id, canary.item.id])
    expect(await toldTo(keeper)).toBe(canary.title)
    await pool.query('update archive_item set keeper_id = $1 where id = $2', [canary.keeper.id, canary.item.id])
  })

  it('ARC-06: of customers beyond one’s reach there is no item at all', async () => {
    const stranger = await make.staff([{ role: 'sales', department: '城西营业部' }])
    const actor = await actorOf(stranger)
    expect((await itemsFor(actor, asked({ q: canary.item.number }))).count).toBe(0)
    expect((await itemsFor(actor, asked({ secrecy: 'confidential' }))).rows).toEqual([])
    expect((await findItems(actor, canary.item.number, 5)).total).toBe(0)
  })
})

describe('ARC-02: on the pages', () => {
  it('ARC-02: the index and the search show number, mark and keeper, and say where others are left out', async () => {
    await acknowledged(cast.finance)
    const browser = await signIn(cast.finance)
    const page = await browser.visit(`/archive?keeper=${canary.keeper.number}`)
    expect(page.$('tbody tr').text()).toContain(canary.item.number)
    expect(page.$('tbody tr .seal').text()).toBe('商密·机密')
    expect(page.$('tbody tr').text()).toContain(canary.keeper.name)
    for (const word of canary.told) expect(page.$('#list tbody').text()).not.toContain(word)
    await anItem(await make.customer())
    const sorted = await browser.visit('/archive?sort=title')
    expect(sorted.$('.callout').text()).toContain('题名不能让你知道的材料不列出')
    const found = await browser.visit(`/search?q=${canary.item.number}`)
    expect(found.$('.hit').text()).toContain('商密·机密')
    for (const word of canary.told) expect(found.$('.hits').text()).not.toContain(word)
    const byTitle = await browser.visit(`/search?q=${encodeURIComponent(canary.title)}`)
    expect(byTitle.$('.hits').text()).not.toContain(canary.item.number)
  })

  it('ARC-19: the search finds nothing of the archive for whoever has not acknowledged', async () => {
    const person = await make.staff([{ role: 'cs_manager' }])
    const browser = await signIn(person)
    const path = `/search?q=${canary.item.number}`
    expect((await browser.visit(path)).$('.hit')).toHaveLength(0)
    await acknowledged(person)
    expect((await browser.visit(path)).$('.hit').text()).toContain(canary.title)
  })
})

async function lend(borrower: bigint, item: bigint): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into loan_application (number, customer_id, applicant_id, state, purpose, reason, days, filed_at)
     values ('JS' || gen_random_uuid(), $1, $2, 'approved', 'service', '核对', 2, $3) returning id`,
    [canary.customer.id, borrower, now()],
  )
  await pool.query(
    `insert into loan (number, item_id, customer_id, application_id, borrower_id, pages, reason, lent_at, lent_by_id, due_at)
     values ('J' || gen_random_uuid(), $1, $2, $3, $4, 77, '核对', $5, $6, $5::timestamptz + interval '2 days')`,
    [item, canary.customer.id, rows[0]!.id, borrower, now(), cast.archivist.id],
  )
}
