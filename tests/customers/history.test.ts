import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { addContact, correctContact } from '../../src/contacts/commands.ts'
import { correctCustomer, createCustomer } from '../../src/customers/commands.ts'
import { changesOf } from '../../src/customers/history/changes.ts'
import { sentenceOf } from '../../src/customers/history/lines.ts'
import { linesOnPage } from '../../src/customers/history/queries.ts'
import { changeLife } from '../../src/customers/life.ts'
import { db, pool } from '../../src/db.ts'
import { addLink } from '../../src/links/commands.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { factsWith, make, theCast, known } from '../support/make.ts'
import { actorOf } from '../unmaskings/canary.ts'

const line = (action: string, before: object, after: object, why: string | null = null) => ({
  id: 1n,
  at: new Date('2026-11-24T06:05:00Z'),
  actorName: '何以宁',
  action,
  before: before as Record<string, unknown>,
  after: after as Record<string, unknown>,
  why,
})

describe('AUD-03: a line in plain words', () => {
  it.each([
    [
      line('customer.corrected', { phone: '138****0317', version: 1 }, { phone: '139****0655', version: 2 }),
      '更正：电话 138****0317 → 139****0655',
      'corrected: Phone 138****0317 → 139****0655',
    ],
    [
      line('customer.corrected', { email: '' }, { email: 'l***@penglai.example' }),
      '更正：补上邮箱 l***@penglai.example',
      null,
    ],
    [line('customer.corrected', { remark: '旧' }, { remark: '' }), '更正：去掉备注 旧', null],
    [line('customer.corrected', { phone: '138****0317' }, { phone: '138****0317' }), '更正：改了电话', null],
    [line('customer.corrected', { creditNote: '******' }, { creditNote: '******' }), '更正：改了信用说明', null],
    [line('customer.corrected', { creditNote: '' }, { creditNote: '******' }), '更正：补上信用说明', null],
    [line('customer.corrected', { source: 'visit' }, { source: 'referral' }), '更正：来源 走访 → 介绍', null],
    [line('customer.life_changed', { life: 'potential' }, { life: 'signed' }), '变更阶段：潜在 → 已签约', null],
    [
      line('approval.filed', {}, { number: 'S2026000035', kind: 'customer.key_fields' }),
      '提交审批：客户关键字段 S2026000035',
      null,
    ],
    [line('customer.confirmed', { standing: 'provisional' }, { standing: 'confirmed' }), '确认建档', null],
    [
      line('customer.assigned', { owner: '', department: '总部' }, { owner: '陆停云', department: '总部' }),
      '改归属：补上归属业务员 陆停云',
      null,
    ],
    [
      line('customer.unmasked', {}, { field: 'phone', until: '2026-11-24T06:06:00Z' }, '约对账'),
      '查看一次电话，理由“约对账”',
      'Phone seen once, reason “约对账”',
    ],
    [
      line('contact.corrected', { post: '' }, { contact: '鹿鸣野', post: '经理' }),
      '更正联系人 鹿鸣野：补上职务 经理',
      null,
    ],
    [line('link.added', {}, { side: 'parent', other: 'K2026000102' }), '新增关联 K2026000102 · 上级单位', null],
    [line('link.added', {}, { side: 'parent' }), '新增关联 你无权查看的客户 · 上级单位', null],
  ])('AUD-03: %#', (given, zh, en) => {
    expect(sentenceOf(given, 'zh')).toBe(zh)
    if (en) expect(sentenceOf(given, 'en')).toBe(en)
  })

  it('AUD-03: keeps the order of the form, whatever the database made of it', () => {
    const made = line('customer.created', {}, { remark: '丙', city: '乙', name: '甲' })
    expect(changesOf(made, 'zh')).toEqual(['名称 甲', '城市 乙', '备注 丙'])
  })
})

describe('AUD-03: the history of a customer', () => {
  let people: Cast
  let director: Actor
  let number: string
  let id: bigint
  let browser: Browser
  const now = new Date()

  beforeAll(async () => {
    people = await theCast()
    director = await actorOf(people.sales_director)
    number = await createCustomer(director, factsWith({ phone: '13812340317' }), now)
    id = (await db.customer.findUniqueOrThrow({ where: { number } })).id
    await correctCustomer(director, id, { phone: '13912340655', ...known, version: 1 }, now)
    await changeLife(director, id, { act: 'sign', reason: null, version: 2 }, now)
    const contact = { name: '鹿鸣野', post: null, phones: '13712348021', email: null, wechat: null, note: null }
    const rest = { birthCalendar: null, birthday: null, main: true, distinction: null }
    await addContact(director, id, { ...contact, ...rest }, now)
    const { id: contactId } = await db.contact.findFirstOrThrow({ where: { customerId: id } })
    const changed = { ...contact, ...rest, phones: '13712348022', ...known, version: 1 }
    await correctContact(director, { customerId: id, contactId }, changed, now)
    browser = await signIn(people.sales_director)
  })

  it('AUD-03: who, what and when, newest first, masked, without openings', async () => {
    await browser.visit(`/customers/${number}`)
    const { $ } = await browser.visit(`/customers/${number}/history`)
    const lines = $('.history li')
      .toArray()
      .map((item) => $(item).text())
    expect(lines).toHaveLength(5)
    expect(lines[0]).toContain('更正联系人 鹿鸣野：电话 137****8021 → 137****8022')
    expect(lines[3]).toContain('更正：电话 138****0317 → 139****0655')
    expect(lines[4]).toContain('建档')
    expect(lines.every((text) => text.includes('今天') && text.includes('江问渠'))).toBe(true)
    expect($('.history').text()).not.toMatch(/1[3-9]\d{9}/)
  })

  it.each([
    ['contacts', 2],
    ['record', 3],
    ['owner', 0],
    ['copies', 0],
  ])('AUD-03: narrowed to %s there are %i', async (kind, count) => {
    const { $ } = await browser.visit(`/customers/${number}/history?kind=${kind}`)
    expect($('.history li')).toHaveLength(count)
    expect($('.nothing')).toHaveLength(count === 0 ? 1 : 0)
  })

  it('AUD-03: who opened it is for those who watch over it', async () => {
    const asDirector = await browser.visit(`/customers/${number}/history?kind=reads`)
    expect(asDirector.$('.history').text()).not.toContain('打开')
    expect(asDirector.$('option[value=reads]')).toHaveLength(0)
    for (const role of ['auditor', 'info_supervisor'] as const) {
      const { $ } = await (await signIn(people[role])).visit(`/customers/${number}/history?kind=reads`)
      expect($('.history').text()).toContain('打开了客户')
    }
  })

  it('AUD-03: seven in the margin, then how many earlier ones; pages by keyset lose none', async () => {
    await pool.query(
      `insert into audit_entry (kind, actor_name, action, subject, before, after)
       select 'change', '何以宁', 'customer.corrected', $1, jsonb_build_object('remark', n::text),
         jsonb_build_object('remark', (n + 1)::text) from generate_series(1, 120) n`,
      [`customer:${id}`],
    )
    const page = await browser.visit(`/customers/${number}`)
    expect(page.$('.margin .history li')).toHaveLength(7)
    expect(page.$('.margin').text()).toContain('更早的 118 条')
    const seen: string[] = []
    let url: string | undefined = `/customers/${number}/history`
    for (let pages = 0; url && pages < 10; pages++) {
      const { $ } = await browser.visit(url)
      const items = $('.history li')
        .toArray()
        .map((item) => $(item).text())
      expect(items.length).toBeLessThanOrEqual(linesOnPage)
      seen.push(...items)
      url = $('a[rel=next]').attr('href')
    }
    expect(seen).toHaveLength(125)
    expect(new Set(seen).size).toBe(125)
  })

  it('CUS-12: the history does not tell of a linked customer that one may not see', async () => {
    const here = await make.customer({ ownerId: people.sales.id })
    const hidden = await make.customer()
    const customer = await db.customer.findUniqueOrThrow({ where: { id: here.id } })
    await addLink(director, customer, { side: 'parent', other: hidden.number, note: null }, now)
    const asDirector = await browser.visit(`/customers/${here.number}/history`)
    expect(asDirector.$('.history').text()).toContain(hidden.number)
    const asSales = await (await signIn(people.sales)).visit(`/customers/${here.number}/history`)
    expect(asSales.$('.history').text()).toContain('你无权查看的客户')
    expect(asSales.response.text).not.toContain(hidden.number)
  })
})

it('PPL-01: how much was booked, let out and borne reads who sees the credit of this very customer', async () => {
  const customer = await make.customer()
  const lines = [
    ['receipt.entered', { receipt: 'HK2099000001', amount: '4321.07' }],
    [
      'credit_liability.recorded',
      { release: 'FX2099000001', unpaid: '4321.08', parts: { final_signer: '60% 4321.09' } },
    ],
    ['liability.moved', { release: 'FX2099000001' }],
  ] as const
  for (const [action, after] of lines)
    await pool.query(
      `insert into audit_entry (at, kind, actor_name, action, subject, after) values ($1, 'change', '精卫', $2, $3, $4)`,
      [new Date(), action, `customer:${customer.id}`, after],
    )
  const read = async (grants: Parameters<typeof make.staff>[0]) =>
    (await (await signIn(await make.staff(grants))).visit(`/customers/${customer.number}/history`)).$('main').text()
  const figures = /4,?321\.0|FX2099/
  expect(await read([{ role: 'finance' }])).toMatch(figures)
  expect(await read([{ role: 'front_desk' }])).not.toMatch(figures)
  // Somebody else's customer to who sells, though the credit of the own ones is seen.
  expect(await read([{ role: 'front_desk' }, { role: 'sales' }])).not.toMatch(figures)
})
