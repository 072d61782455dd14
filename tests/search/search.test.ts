import { beforeAll, describe, expect, it } from 'vitest'
import { addContact } from '../../src/contacts/commands.ts'
import { createCustomer } from '../../src/customers/commands.ts'
import { db, pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { factsWith, make, theCast } from '../support/make.ts'
import { actorOf } from '../unmaskings/canary.ts'

let people: Cast
let browser: Browser
let number: string
let id: bigint

beforeAll(async () => {
  people = await theCast()
  browser = await signIn(people.sales_director)
  const director = await actorOf(people.sales_director)
  number = await createCustomer(
    director,
    factsWith({
      name: '镜湖鹈鹕冷链物流有限公司',
      aliases: '大嘴冷运',
      plates: '浙A12Q45',
      phone: '13855550317',
      code: null,
      province: '浙江省',
      city: '杭州市',
      district: '滨江区',
      address: '鹈鹕湖路 18 号',
    }),
    new Date(),
  )
  id = (await db.customer.findUniqueOrThrow({ where: { number } })).id
  const rest = { email: null, wechat: null, birthCalendar: null, birthday: null, note: null, distinction: null }
  await addContact(
    director,
    id,
    { name: '江疏芜', post: '采购主管', phones: '13955550426', main: true, ...rest },
    new Date(),
  )
})

const search = async (q: string, as = browser) => {
  const { $ } = await as.visit(`/search?q=${encodeURIComponent(q)}`)
  const hits = (group: string) =>
    $(`section[aria-label=${group}] .hit`)
      .toArray()
      .map((hit) => ({
        href: $(hit).attr('href')!,
        name: $(hit).children('span').first().text(),
        why: $(hit).children('small').text(),
        at: $(hit).children('.at').text(),
        marks: $(hit)
          .find('mark')
          .toArray()
          .map((mark) => $(mark).text()),
      }))
  return { $, customers: hits('客户'), contacts: hits('联系人') }
}

describe('CUS-14: one box finds a customer by everything, and says by what', () => {
  it.each([
    ['鹈', '', ['鹈', '鹈']],
    ['鹈鹕冷', '', ['鹈鹕冷']],
    ['大嘴', '别名 大嘴冷运', ['大嘴']],
    ['浙A12Q45', '车牌 浙A12Q45', ['浙A12Q45']],
    ['a12q', '车牌 浙A12Q45', ['A12Q']],
    ['江疏芜', '联系人 江疏芜', ['江疏芜']],
    ['鹈鹕湖路', '地址 浙江省 杭州市 滨江区 鹈鹕湖路 18 号', ['鹈鹕湖路']],
    ['jhth', '拼音首字母 jhth', ['镜湖鹈鹕', 'jhth']],
    ['jinghutihu', '拼音 jing hu ti hu', ['镜湖鹈鹕']],
    ['55550317', '电话 138****0317', ['138****0317']],
    ['13855550317', '电话 138****0317', ['138****0317']],
    ['13955550426', '联系人 江疏芜 139****0426', ['139****0426']],
    ['jsw', '联系人 江疏芜 拼音首字母 jsw', ['jsw']],
    ['鹈鹕 江疏芜', '联系人 江疏芜', ['鹈鹕', '江疏芜']],
  ])('CUS-14: %s → %s', async (q, why, marks) => {
    const { customers } = await search(q)
    const hit = customers.find(({ href }) => href === `/customers/${number}`)!
    expect(hit).toBeDefined()
    expect(hit.why.startsWith(number)).toBe(true)
    expect(hit.why).toContain(why)
    for (const mark of marks) expect(hit.marks).toContain(mark)
    expect(hit.at).toBe('江问渠 · 杭州市 滨江区')
    expect(hit.why).not.toMatch(/1[3-9]\d{9}/)
    const list = await browser.visit(`/customers?q=${encodeURIComponent(q)}`)
    expect(list.$(`a[href^="/customers/${number}"]`).length).toBeGreaterThan(0)
  })

  it('CUS-14: by its number, the mark stands in the number', async () => {
    const { customers } = await search(number.toLowerCase())
    expect(customers).toHaveLength(1)
    expect(customers[0]!.marks).toEqual([number])
  })

  it('CUS-14: one without owner is in the pool', async () => {
    const { name } = await make.customer()
    expect((await search(name)).customers[0]!.at).toBe('公海 · 可领取')
  })

  it.each([
    ['江疏芜', ['江疏芜'], '139****0426'],
    ['jsw', ['江疏芜'], '139****0426'],
    ['jiangshuwu', ['江疏芜'], '139****0426'],
    ['55550426', ['139****0426'], '139****0426'],
    ['0426', ['0426'], '139****0426'],
  ])('CUS-14: a contact by %s', async (q, marks, phone) => {
    const { contacts } = await search(q)
    const hit = contacts.find(({ name }) => name === '江疏芜 · 采购主管')!
    expect(hit.href).toBe(`/customers/${number}#contacts`)
    expect(hit.marks).toEqual(expect.arrayContaining(marks))
    expect(hit.why).toBe(`${phone} · 镜湖鹈鹕冷链物流有限公司`)
    expect(hit.at).toBe('江问渠')
  })

  it('CUS-14: no contact of a customer that one may not see, nor one removed or withdrawn', async () => {
    const sales = await signIn(people.sales)
    for (const q of ['江疏芜', 'jsw', '55550426', '鹈鹕', '浙A12Q45']) {
      const { customers, contacts } = await search(q, sales)
      expect([customers, contacts]).toEqual([[], []])
    }
    await pool.query('update customer set withdrawn_at = now() where id = $1', [id])
    expect((await search('江疏芜')).contacts).toEqual([])
    await pool.query('update customer set withdrawn_at = null where id = $1', [id])
    await pool.query('update contact set removed_at = now(), main = false where customer_id = $1', [id])
    expect((await search('江疏芜')).contacts).toEqual([])
    await pool.query('update contact set removed_at = null, main = true where customer_id = $1', [id])
  })

  it('CUS-14: nothing found says which word to leave out', async () => {
    const none = await search('鹈鹕 饕餮纹')
    expect(none.$('[role=status]').text()).toContain('试试去掉“饕餮纹”')
    expect((await search('饕餮纹')).$('[role=status]').text()).toContain('请少写几个字')
    expect((await search('%')).customers).toEqual([])
  })

  it('CUS-14: eight and five at first, then all', async () => {
    const mark = `睿${Date.now().toString().slice(-6)}`
    for (let at = 0; at < 10; at++) {
      const customer = await make.customer({}, `${mark}甲乙丙丁戊己庚辛壬癸`[0]! + `${mark}${at}号船坞`)
      await pool.query(
        `insert into contact (customer_id, name, grams, search_text) values ($1, '瑾瑜', '{瑾,瑾瑜,瑜}', '瑾瑜')`,
        [customer.id],
      )
    }
    const { $, customers } = await search(mark)
    expect(customers).toHaveLength(9)
    expect($('.hit.all').attr('href')).toBe(`/customers?${new URLSearchParams({ q: mark })}`)
    const contacts = await search('瑾瑜')
    expect(contacts.contacts).toHaveLength(6)
    const all = await browser.visit(contacts.$('section[aria-label=联系人] .hit.all').attr('href')!)
    expect(all.$('section[aria-label=联系人] .hit')).toHaveLength(10)
  })
})
