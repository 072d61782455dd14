import { beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

let people: Cast
let director: Browser
beforeAll(async () => {
  people = await theCast()
  director = await signIn(people.sales_director)
})

const complete = async (id: bigint) => {
  await pool.query(
    `update customer set website = 'https://guanghan.example', credit_note = '按月结清', trade_note = '尚无交易' where id = $1`,
    [id],
  )
  await pool.query(`insert into contact (customer_id, name, main) values ($1, '鹿鸣野', true)`, [id])
}
const wordsOf = (page: Awaited<ReturnType<Browser['visit']>>) =>
  page
    .$('.page-head .acts :is(a, button)')
    .toArray()
    .map((act) => page.$(act).text().trim())

describe('CUS-05: a customer’s page', () => {
  it('CUS-05: says what the file lacks, and confirms it in one press once it is whole', async () => {
    const { id, number } = await make.customer()
    const url = `/customers/${number}`
    const first = await director.visit(url)
    expect(first.$('.why-nots').text()).toContain('还没有联系人、网址或地址、信用说明、交易经过。')
    expect(first.$('.why-nots').text()).toContain('暂不能授信')
    expect(wordsOf(first)).not.toContain('确认建档')

    await complete(id)
    expect(wordsOf(await director.visit(url))[0]).toBe('确认建档')
    const after = await director.submit(`${url}/confirmation`, {}, url)
    expect(after.$('#notice').text()).toContain('已确认建档')
    expect(after.$('.lede').text()).toContain('已确认')
    expect(after.$('.why-nots')).toHaveLength(0)
    expect(wordsOf(after)).not.toContain('确认建档')
    expect(await db.customer.findUniqueOrThrow({ where: { id } })).toMatchObject({ standing: 'confirmed' })
  })

  it('CUS-05: who recorded it does not confirm it', async () => {
    const { id, number } = await make.customer()
    await complete(id)
    await pool.query('update customer set created_by_id = $2 where id = $1', [id, people.sales_director.id])
    const page = await director.visit(`/customers/${number}`)
    expect(page.$('.why-nots').text()).toContain('你自己录入')
    expect(wordsOf(page)).not.toContain('确认建档')
  })

  it('at most three acts stand beside the name, the rest under ⋯, and only those that are allowed', async () => {
    const { number } = await make.customer({ department: '城东营业部' })
    const acts: Record<string, string[]> = {
      sales_director: [
        '更正',
        '记录拜访',
        '记录联系',
        '核实无误',
        '改归属',
        '受理投诉',
        '移交归档',
        '定等级',
        '打印档案',
        '变更阶段',
        '打印视图',
      ],
      front_desk: ['更正', '记录拜访', '记录联系', '核实无误', '受理投诉', '移交归档', '打印档案', '打印视图'],
      archivist: ['更正', '核实无误', '打印档案', '打印视图'],
      finance: [],
      auditor: [],
    }
    for (const [role, words] of Object.entries(acts)) {
      const page = await (await signIn(people[role as keyof Cast])).visit(`/customers/${number}`)
      expect(wordsOf(page), role).toEqual(words)
      expect(page.$('.page-head .acts > :is(a, form)').length).toBeLessThanOrEqual(3)
      expect(page.$('.section:not(#tasks, #credit) .more a').length > 0, role).toBe(words.length > 0)
      expect(page.$('.why-nots').text().includes('暂不能更正')).toBe(words.length === 0)
    }
  })

  it('every section opens its own form', async () => {
    const { number } = await make.customer()
    const page = await director.visit(`/customers/${number}`)
    const links = page
      .$('.section:not(#tasks, #credit) .more a')
      .toArray()
      .map((link) => page.$(link).attr('href')!)
    expect(links).toEqual([
      ...['identity', 'reach', 'contacts/new', 'addresses/new', 'background', 'links/new', 'attachments/new'].map(
        (part) => `/customers/${number}/${part}`,
      ),
      `/contact-records/new?customer=${number}`,
    ])
    for (const link of links) expect((await director.visit(link)).status, link).toBe(200)
  })

  it('shows what an import brought beyond the built-in fields', async () => {
    const { id, number } = await make.customer()
    await pool.query(`update customer set details = '{"capital": "500 万元", "其他": "无"}' where id = $1`, [id])
    const text = (await director.visit(`/customers/${number}`)).$('#registration').text()
    expect(text).toContain('注册资本500 万元')
    expect(text).toContain('其他无')
  })

  it('the English name stands by the number, and number, name and address can be copied', async () => {
    const { id, number } = await make.customer({}, '九色鹿冷链有限公司(Nine-Colour Deer Ltd.)')
    await pool.query(`update customer set address = '云外路 18 号' where id = $1`, [id])
    const { $ } = await director.visit(`/customers/${number}`)
    expect($('h1').text()).toBe('九色鹿冷链有限公司')
    expect($('.lede').text()).toContain('Nine-Colour Deer Ltd.')
    const copied = $('[data-behaviour=copy] .secret')
      .toArray()
      .map((one) => $(one).text())
    expect(copied).toEqual([number, '九色鹿冷链有限公司(Nine-Colour Deer Ltd.)', '云外路 18 号'])
  })

  it('leads to the ones before and after it in the list it came from', async () => {
    const name = `九皋${Date.now()}`
    const made = []
    for (const which of ['甲', '乙', '丙']) made.push(await make.customer({}, `${name}${which}茶行`))
    const search = encodeURIComponent(`q=${name}`)
    const { $ } = await director.visit(`/customers/${made[1]!.number}?in=${search}`)
    expect(
      [$('a[rel=prev]').attr('href'), $('a[rel=next]').attr('href')].map((href) => href?.split('?')[0]).toSorted(),
    ).toEqual([made[0]!, made[2]!].map(({ number }) => `/customers/${number}`).toSorted())
    expect((await director.visit(`/customers/${made[1]!.number}`)).$('nav.neighbours')).toHaveLength(0)
  })
})
