import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { addContact } from '../../src/contacts/commands.ts'
import { createCustomer } from '../../src/customers/commands.ts'
import { db, pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { factsWith, make, theCast } from '../support/make.ts'
import { linesOnPages, textOf } from '../support/pdf.ts'
import { actorOf } from '../unmaskings/canary.ts'

let people: Cast
let director: Actor
let browser: Browser
let number: string
let id: bigint
const now = new Date()

beforeAll(async () => {
  people = await theCast()
  director = await actorOf(people.sales_director)
  browser = await signIn(people.sales_director)
  const facts = { phone: '13812345678', email: 'lu@jiuselu.example', plates: '浙A12345', remark: '夜间到货有人值守' }
  number = await createCustomer(director, factsWith({ ...facts, name: '䶮㛃𬭳𪚥冷链有限公司', aliases: '龙洁' }), now)
  id = (await db.customer.findUniqueOrThrow({ where: { number } })).id
  await pool.query(`update customer set details = '{"capital": "500 万元"}' where id = $1`, [id])
  const contact = { name: '鹿鸣野', post: '仓储经理', phones: '13712348031', email: null, wechat: null }
  const rest = { birthCalendar: null, birthday: null, note: null, main: true, distinction: null }
  await addContact(director, id, { ...contact, ...rest }, now)
})

const pdfOf = async (of = number) => {
  const response = await browser.agent.get(`/customers/${of}/file.pdf`).buffer(true)
  expect(response.status).toBe(200)
  return response.body as Buffer
}
const printsOf = (subject: bigint) =>
  db.auditEntry.findMany({
    where: { subject: `customer:${subject}`, action: 'customer.printed' },
    orderBy: { id: 'asc' },
  })

describe('CUS-16: the customer file as a PDF', () => {
  it('CUS-16: holds every section, masked, with number, mark, copy, person and time on every page', async () => {
    const pages = linesOnPages(await pdfOf())
    const text = pages.flat().join('\n')
    for (const title of [
      '基本情况',
      '名称与证照',
      '联系方式与地址',
      '来源与往来',
      '登记信息',
      '联系人',
      '地址',
      '关联客户',
      '经过（摘录）',
    ])
      expect(text).toMatch(new RegExp(`[一二三四五六七八九]、${title}`))
    for (const held of [
      '138****5678',
      'l***@jiuselu.example',
      '浙A12345',
      '夜间到货有人值守',
      '500 万元',
      '鹿鸣野 | 仓储经理',
      '137****8031',
    ])
      expect(text).toContain(held)
    expect(text).not.toMatch(/1[3-9]\d{9}/)
    const [line] = await printsOf(id)
    const { copyNumber } = line!.after as { copyNumber: string }
    for (const page of pages) {
      expect(page.join('\n')).toContain('内部')
      expect(page.at(-1)).toContain(`${number}　副本 ${copyNumber} | 江问渠`)
    }
  })

  it('CUS-16: rare characters survive; one that no font has is 〓, and the trail says which', async () => {
    const text = textOf(await pdfOf()).replaceAll(/\s/g, '')
    expect(text).toContain('䶮㛃𬭳〓冷链有限公司')
    expect((await printsOf(id)).at(-1)!.after).toMatchObject({ missing: 'U+2A6A5', form: 'pdf' })
  })

  it('CUS-16: of a long history the latest 200 lines, and how many there are', async () => {
    const long = await make.customer()
    await pool.query(
      `insert into audit_entry (kind, actor_name, action, subject, before, after)
       select 'change', '何以宁', 'customer.corrected', $1, '{"remark": "旧"}', jsonb_build_object('remark', n::text)
       from generate_series(1, 812) n`,
      [`customer:${long.id}`],
    )
    const text = textOf(await pdfOf(long.number))
    expect(text).toContain('共 812 条，这里是最近的 200 条。')
    expect(text).toContain('备注 旧 → 812')
    expect(text).not.toContain('备注 旧 → 612\n')
  })
})

describe('CUS-16: the same as a page to print', () => {
  it('CUS-16: without navigation, with the marks that each sheet repeats, and recorded like the PDF', async () => {
    const before = await printsOf(id)
    const { $, status } = await browser.visit(`/customers/${number}/print`)
    expect(status).toBe(200)
    expect($('nav')).toHaveLength(0)
    expect($('.running > thead').text()).toContain('内部')
    const after = await printsOf(id)
    expect(after).toHaveLength(before.length + 1)
    const copy = after.at(-1)!.after as { copyNumber: string; form: string; sha256: string }
    expect(copy).toMatchObject({
      form: 'html',
      copyNumber: expect.stringMatching(/^F20\d\d\d{6}$/),
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    })
    expect($('.running > tfoot').text()).toContain(`${number}　副本 ${copy.copyNumber}`)
    expect($('.running > tfoot').text()).toContain('江问渠')
    expect($('main').text()).toContain('138****5678')
    expect($('main').text()).not.toMatch(/1[3-9]\d{9}/)
  })

  it('CUS-16: every copy has a number of its own', async () => {
    await Promise.all([pdfOf(), pdfOf(), browser.visit(`/customers/${number}/print`)])
    const copies = (await printsOf(id)).map(({ after }) => (after as { copyNumber: string }).copyNumber)
    expect(new Set(copies).size).toBe(copies.length)
  })

  it.each(['finance', 'auditor'] as const)('CUS-16: %s may see the customer, not copy it', async (role) => {
    const other = await signIn(people[role])
    for (const form of ['print', 'file.pdf'])
      expect((await other.visit(`/customers/${number}/${form}`)).status).toBe(403)
  })
})
