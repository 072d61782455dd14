import { beforeAll, describe, expect, it } from 'vitest'
import { forgetCounts } from '../../src/archive/list/views.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { acknowledged, anItem } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { aPlace, manyItems } from './shelf.ts'

let cast: Cast
let browser: Browser
beforeAll(async () => {
  cast = await theCast()
  await acknowledged(cast.cs_manager)
  browser = await signIn(cast.cs_manager)
})

const headsOf = ({ $ }: Awaited<ReturnType<Browser['visit']>>) =>
  $('thead th')
    .toArray()
    .map((th) => $(th).text().trim())
    .filter(Boolean)
const numbersOf = ({ $ }: Awaited<ReturnType<Browser['visit']>>) =>
  $('tbody th a')
    .toArray()
    .map((link) => $(link).text())

describe('ARC-02: the index on the page', () => {
  it('ARC-02: finds by customer, number, title, type, place, secrecy and period, each alone and together', async () => {
    const customer = await make.customer()
    const place = await aPlace(`摘星阁${customer.number}`, [9, 8, 7])
    const item = await anItem(customer, { title: '云锦屏风供货合同', type: 'contract', placeId: place.id })
    await anItem(customer, { title: '墨玉棋盘往来函件', type: 'letter' })
    await pool.query(`update archive_item set dated_on = '2024-02-29' where id = $1`, [item.id])
    const ways = [
      `q=${item.number}`,
      `q=${item.number.toLowerCase()}`,
      `customer=${customer.number}&q=屏风`,
      `customer=${encodeURIComponent(customer.name)}&q=yjpf`,
      `customer=${customer.number}&type=contract`,
      `customer=${customer.number}&room=${place.room}`,
      `customer=${customer.number}&place=9-8-7`,
      `customer=${customer.number}&place=${encodeURIComponent('９–８')}`,
      `customer=${customer.number}&place=9`,
      `customer=${customer.number}&from=2024-02-29&to=2024-02-29`,
      `customer=${customer.number}&q=云锦 合同&type=contract&secrecy=internal&medium=paper&retention=years10&state=in_place`,
    ]
    for (const way of ways)
      expect([way, numbersOf(await browser.visit(`/archive?${way}`))]).toEqual([way, [item.number]])
    for (const way of [
      'place=9-8-6',
      'from=2024-03-01',
      'to=2024-02-28',
      'secrecy=secret',
      'state=missing',
      'type=letter',
    ])
      expect(numbersOf(await browser.visit(`/archive?customer=${customer.number}&q=云锦&${way}`))).toEqual([])
    expect(numbersOf(await browser.visit(`/archive?customer=${customer.number}&q=无此题名`))).toEqual([])
  })

  it('ARC-01: on loan, overdue and copied follow from what is out, and end with it', async () => {
    const customer = await make.customer()
    const item = await anItem(customer)
    const found = async (state: string) =>
      numbersOf(await browser.visit(`/archive?customer=${customer.number}&state=${state}`))
    expect([await found('in_place'), await found('on_loan')]).toEqual([[item.number], []])
    const loan = await lend(customer.id, item.id)
    expect([await found('in_place'), await found('on_loan'), await found('overdue')]).toEqual([[], [item.number], []])
    await pool.query(`update loan set due_at = $2::timestamptz - interval '1 hour' where id = $1`, [loan, now()])
    expect(await found('overdue')).toEqual([item.number])
    expect((await browser.visit(`/archive?customer=${customer.number}`)).$('.status-tag').text()).toContain('逾期未还')
    await pool.query(
      `update loan set returned_at = $2, brought_by_id = $3, taken_by_id = $4, pages_back = 6, condition_back = '完好' where id = $1`,
      [loan, now(), cast.sales.id, cast.archivist.id],
    )
    expect([await found('in_place'), await found('on_loan'), await found('overdue')]).toEqual([[item.number], [], []])
    expect(await found('copied')).toEqual([])
  })

  it('has the columns that were chosen, in the menu and in the address alike', async () => {
    const chosen = await browser.visit('/archive?boxes=on&col-title=on&col-retention=on')
    expect(headsOf(chosen)).toEqual(['编号', '题名', '保管期限'])
    expect(headsOf(await browser.visit('/archive?cols=retention.title'))).toEqual(['编号', '题名', '保管期限'])
    expect(headsOf(await browser.visit('/archive?boxes=on'))).toEqual(['编号'])
  })

  it('each condition is a chip that takes itself off and leaves the others', async () => {
    const page = await browser.visit('/archive?type=contract&secrecy=secret&keeper=mine&sort=number')
    const chips = page
      .$('.filter')
      .toArray()
      .map((chip) => page.$(chip).text().replace(/\s+/g, ' ').trim())
    expect(chips).toEqual(['类型 合同×', '密级 商密·秘密×', '保管人 本人×'])
    expect(page.$('.filter').first().find('a').last().attr('href')).toBe(
      '/archive?secrecy=secret&keeper=mine&sort=number',
    )
    expect(page.$('a:contains("全部去掉")').attr('href')).toBe('/archive?sort=number')
    const form = await browser.visit('/archive/conditions?type=contract&keeper=mine')
    expect(form.$('[name=type]').val()).toBe('contract')
    expect(form.$('[name=keeper]').val()).toBe('mine')
  })

  it('goes on and back by page, keeping what it holds, and says how many', async () => {
    const { customer } = await manyItems(60)
    const first = await browser.visit(`/archive?customer=${customer.number}&sort=title`)
    expect(first.$('.pager').text()).toContain('共 60 件')
    const second = await browser.visit(first.$('a[rel=next]').attr('href')!)
    expect(second.$('tbody tr')).toHaveLength(25)
    const back = await browser.visit(second.$('a[rel=prev]').attr('href')!)
    expect(numbersOf(back)).toEqual(numbersOf(first))
    const empty = await browser.visit(`/archive?customer=${customer.number}&type=photo`)
    expect(empty.$('.nothing').text()).toContain('没有符合的材料')
    expect(empty.$('.nothing a').text()).toMatch(/去掉“.*”就有 \d+\+? 件/)
  })

  it('the views that are always there hold what they say', async () => {
    const keeper = await make.staff([{ role: 'archivist' }])
    await acknowledged(keeper)
    const customer = await make.customer()
    await anItem(customer, { secrecy: 'top_secret', keeperId: keeper.id })
    forgetCounts()
    const page = await (await signIn(keeper)).visit('/archive?keeper=mine')
    expect(page.$('.views [aria-current=page]').text().replace(/\s+/g, ' ').trim()).toBe('我保管的 1')
    expect(page.$('tbody tr')).toHaveLength(1)
  })

  it('an unknown value is refused, a place that is none finds nothing, and neither breaks the page', async () => {
    for (const search of ['type=nonsense', 'sort=up', 'after=K2026000001', 'from=2026-02-30', 'keeper=x y'])
      expect([search, (await browser.visit(`/archive?${search}`)).status]).toEqual([search, 400])
    const page = await browser.visit(`/archive?place=${encodeURIComponent('三号柜')}`)
    expect([page.status, page.$('tbody tr').length]).toEqual([200, 0])
    expect(page.$('.filter').text()).toContain('三号柜')
  })

  it('AUD-01: what finds very many is in the trail, once and not with its pages', async () => {
    const { customer } = await manyItems(30)
    await under({ 'audit.search_results': 20 }, async () => {
      const before = await searched()
      const first = await browser.visit(`/archive?customer=${customer.number}`)
      expect(await searched()).toBe(before + 1)
      await browser.visit(first.$('a[rel=next]').attr('href')!)
      await browser.visit('/archive')
      expect(await searched()).toBe(before + 1)
    })
  })
})

const searched = () => db.auditEntry.count({ where: { action: 'items.searched', actorId: cast.cs_manager.id } })

async function lend(customer: bigint, item: bigint): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `with asked as (
       insert into loan_application (number, customer_id, applicant_id, state, purpose, reason, days, filed_at)
       values ('JS' || gen_random_uuid(), $1, $2, 'approved', 'service', '核对', 2, $3) returning id)
     insert into loan (number, item_id, customer_id, application_id, borrower_id, pages, reason, lent_at, lent_by_id, due_at)
     select 'J' || gen_random_uuid(), $4, $1, id, $2, 6, '核对', $3, $5, $3::timestamptz + interval '2 days' from asked
     returning id`,
    [customer, cast.sales.id, now(), item, cast.archivist.id],
  )
  return rows[0]!.id
}
