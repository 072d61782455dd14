import { load } from 'cheerio'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { correctCustomer, createCustomer } from '../../src/customers/commands.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { db } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, factsWith, refusalOf, theCast, known, bySource } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
let director: Actor
let mine: Browser
let theirs: Browser

beforeAll(async () => {
  const cast = await theCast()
  director = await actorOf(cast.sales_director)
  mine = await signIn(cast.sales_director)
  theirs = await signIn(cast.cs_manager)
})

let serial = 0
const mobile = () => `1990002${String(1000 + serial++)}`
const idOf = async (number: string) => (await customerFor(director, number)).id
const stored = (number: string) => db.customer.findUniqueOrThrow({ where: { number } })

describe('POOL-01: the search for conflicts', () => {
  const name = '太阴星君织造有限公司'
  let phone: string
  beforeAll(async () => {
    phone = mobile()
    await createCustomer(director, factsWith({ name, phone }), now)
  })

  it.each<[string, () => Parameters<typeof factsWith>[0], string]>([
    ['the same name', () => ({ name }), 'same'],
    ['the name in another width', () => ({ name: '太阴星君 织造 有限公司' }), 'same'],
    ['the same trade name and line', () => ({ name: '杭州太阴星君织造厂' }), 'alike'],
    ['the same telephone', () => ({ phone }), 'alikePhone'],
    ['its telephone among others', () => ({ phone: `${mobile()}、${phone}` }), 'alikePhone'],
  ])('blocks a new customer with %s until it is said how they differ', async (_what, more, reason) => {
    const facts = factsWith(more())
    expect(await refusalOf(createCustomer(director, facts, now))).toEqual([`POOL-01 customers:refused.${reason}`])
    const number = await createCustomer(director, { ...facts, distinction: '同名，负责人不同' }, now)
    const line = await db.auditEntry.findFirstOrThrow({ where: { subject: `customer:${await idOf(number)}` } })
    expect(line.why).toBe('同名，负责人不同')
  })

  it('a certified code is never two customers’, whatever is said', async () => {
    const code = '91350100M000100Y43'
    await createCustomer(director, factsWith({ code }), now)
    expect(await refusalOf(createCustomer(director, factsWith({ code, distinction: '不是同一家' }), now))).toEqual([
      'POOL-01 customers:refused.sameCode',
    ])
  })

  it('a rename and a change of telephone are searched, a correction of anything else is not', async () => {
    const number = await createCustomer(director, factsWith({ phone: mobile() }), now)
    const id = await idOf(number)
    const rename = (more = {}) =>
      correctCustomer(director, id, { name, noChineseName: false, ...known, version: 1, ...more }, now)
    expect(await refusalOf(rename())).toEqual(['POOL-01 customers:refused.same'])
    expect(await refusalOf(correctCustomer(director, id, { phone, ...known, version: 1 }, now))).toEqual([
      'POOL-01 customers:refused.alikePhone',
    ])
    expect((await stored(number)).version).toBe(1)
    await rename({ distinction: '同名，地址不同' })
    await correctCustomer(director, id, { remark: '要发票', ...known, version: 2 }, now)
    expect(await stored(number)).toMatchObject({ name, remark: '要发票', version: 3 })
  })

  it('two who record the same telephone at once become one customer', async () => {
    const shared = mobile()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => refusalOf(createCustomer(director, factsWith({ phone: shared }), now))),
    )
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    expect(answers.filter(Boolean).flat()).toContain('POOL-01 customers:refused.alikePhone')
  })

  it('a rename and a new customer of that name at once: one of them', async () => {
    const id = await idOf(await createCustomer(director, factsWith(), now))
    const wanted = '玉兔捣药堂药材有限公司'
    const answers = await Promise.all([
      refusalOf(createCustomer(director, factsWith({ name: wanted }), now)),
      refusalOf(correctCustomer(director, id, { name: wanted, noChineseName: false, ...known, version: 1 }, now)),
    ])
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
  })

  it('whoever is withdrawn is no hit', async () => {
    const facts = factsWith({ name: '银河渡口船务有限公司' })
    const number = await createCustomer(director, facts, now)
    const { pool } = await import('../../src/db.ts')
    await pool.query('update customer set withdrawn_at = now() where number = $1', [number])
    await createCustomer(director, facts, now)
  })
})

describe('when somebody saved first (409)', () => {
  let number: string
  let phone: string
  beforeEach(async () => {
    phone = mobile()
    number = await createCustomer(
      director,
      factsWith({
        phone,
        email: 'lin@example.cn',
        creditNote: '月结 30 天',
        plates: '浙A12345',
        remark: '第一行\n第二行',
      }),
      now,
    )
  })

  type Row = { field: string; before: string; theirs: string; yours: string; chosen: string | undefined }

  /** Both open the form; they save first, then I do. */
  async function clash(section: string, them: Record<string, string>, me: Record<string, string>) {
    const url = `/customers/${number}/${section}`
    const opened = await mine.fieldsOf(url)
    expect((await theirs.submit(url, { ...them, ...bySource })).status).toBe(200)
    const { status, text } = await mine.post(url, { ...opened, ...bySource, ...me })
    expect(status).toBe(409)
    const $ = load(text)
    const rows = $('.conflict tbody tr')
      .toArray()
      .map((row): Row => {
        const [before, they, yours] = $(row)
          .find('td')
          .toArray()
          .map((cell) => $(cell).text().replace(/\s+/g, ' ').trim())
        const chosen = $(row).find('input:checked').attr('value')
        return { field: $(row).find('th').text(), before: before!, theirs: they!, yours: yours!, chosen }
      })
    const form = $('form[method=post]').filter((_at, one) => $(one).find('.conflict').length > 0)
    const values = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]))
    return { url, text, rows, values }
  }

  it('identity: kinds, relations and ticks are words, and what is chosen is saved', async () => {
    const { url, rows, values } = await clash(
      'identity',
      { relation: 'cooperating', cooperation: 'bank', aliases: '月宫' },
      { aliases: '广寒', noChineseName: 'on' },
    )
    expect(rows).toEqual([
      { field: '没有中文名', before: '（空）', theirs: '（空）', yours: '是', chosen: 'on' },
      { field: '别名', before: '（空）', theirs: '月宫', yours: '广寒', chosen: '广寒' },
      { field: '关系', before: '一般客户', theirs: '特殊客户', yours: '一般客户 你没有改', chosen: 'cooperating' },
      { field: '合作类别', before: '（空）', theirs: '银行', yours: '（空） 你没有改', chosen: 'bank' },
    ])
    const saved = await mine.post(url, values)
    expect(saved.status).toBe(303)
    expect(await stored(number)).toMatchObject({
      aliases: ['广寒'],
      relation: 'cooperating',
      cooperation: 'bank',
      noChineseName: true,
      version: 3,
    })
  })

  it('reach: nothing masked is shown, and the telephone they changed stays theirs', async () => {
    const other = mobile()
    const { url, text, rows, values } = await clash(
      'reach',
      { phone: other, wechat: 'jiuselu_88' },
      { address: '月宫路 9 号' },
    )
    expect(rows.map(({ field }) => field)).toEqual(['电话', '微信', '地址'])
    const masked = (one: string) => `${one.slice(0, 3)}****${one.slice(7)}`
    expect(rows[0]).toMatchObject({
      before: masked(phone),
      theirs: masked(other),
      yours: '你没有改',
      chosen: masked(other),
    })
    expect(rows[2]).toMatchObject({
      before: '蜃楼路 1 号',
      theirs: '蜃楼路 1 号',
      yours: '月宫路 9 号',
      chosen: '月宫路 9 号',
    })
    for (const secret of [phone, other, 'lin@example.cn', 'jiuselu_88']) expect(text).not.toContain(secret)
    expect((await mine.post(url, values)).status).toBe(303)
    expect(await stored(number)).toMatchObject({
      phone: other,
      email: 'lin@example.cn',
      wechat: 'jiuselu_88',
      address: '月宫路 9 号',
    })
  })

  it('reach: a telephone of mine wins when I choose it', async () => {
    const [other, own] = [mobile(), mobile()]
    const { url, values } = await clash('reach', { phone: other }, { phone: own })
    expect(values['phone']).toBe(own)
    await mine.post(url, values)
    expect((await stored(number)).phone).toBe(own)
  })

  it('background: source and purpose are words; masked notes stay, lines of text are no difference', async () => {
    const { url, text, rows, values } = await clash(
      'background',
      { source: 'referral', purpose: 'care', tradeNote: '买过两台冰柜' },
      { purpose: 'contract', remark: '第一行\r\n第二行' },
    )
    expect(rows).toEqual([
      { field: '来源', before: '上门', theirs: '介绍', yours: '上门 你没有改', chosen: 'referral' },
      { field: '收集目的', before: '洽谈业务', theirs: '客户关怀', yours: '签订和履行合同', chosen: 'contract' },
      { field: '交易经过', before: '（空）', theirs: '******', yours: '（空） 你没有改', chosen: '******' },
    ])
    for (const secret of ['月结 30 天', '两台冰柜']) expect(text).not.toContain(secret)
    expect((await mine.post(url, values)).status).toBe(303)
    expect(await stored(number)).toMatchObject({
      source: 'referral',
      purpose: 'contract',
      creditNote: '月结 30 天',
      tradeNote: '买过两台冰柜',
      remark: '第一行\n第二行',
      plates: ['浙A12345'],
    })
  })

  it('PRV-02: a form sent back untouched is no change', async () => {
    for (const section of ['reach', 'background', 'identity']) {
      const page = await mine.submit(`/customers/${number}/${section}`, bySource)
      expect(page.status, section).toBe(422)
      expect(page.$('.errors').text()).toContain('内容与原来一样')
    }
    expect(await stored(number)).toMatchObject({ phone, creditNote: '月结 30 天', version: 1 })
  })

  it('the words that tell two alike apart travel through the conflict', async () => {
    const taken = '织女坊绸缎有限公司'
    await createCustomer(director, factsWith({ name: taken }), now)
    const { url, values } = await clash('identity', { aliases: '月宫' }, { name: taken, distinction: '同名，地址不同' })
    expect(values['distinction']).toBe('同名，地址不同')
    expect((await mine.post(url, values)).status).toBe(303)
    expect((await stored(number)).name).toBe(taken)
  })
})
