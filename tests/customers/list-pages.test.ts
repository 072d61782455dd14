import { beforeAll, describe, expect, it, vi } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { make, theCast } from '../support/make.ts'
import { makeMany } from './listed.ts'

let browser: Browser
let department: string
beforeAll(async () => {
  browser = await signIn((await theCast()).sales_director)
  department = await makeMany('纸坊部', 60)
})

const at = (more = '') => `/customers?department=${department}${more}`
const headsOf = ({ $ }: Awaited<ReturnType<Browser['visit']>>) =>
  $('thead th')
    .map((_at, th) => $(th).text().trim())
    .get()
    .filter(Boolean)

describe('CUS-14: the list on the page', () => {
  it('has the columns that were chosen, in the menu and in the address alike', async () => {
    const chosen = await browser.visit(at('&boxes=on&col-phone=on&col-source=on'))
    expect(headsOf(chosen)).toEqual(['名称（拼音）', '电话', '来源'])
    expect(headsOf(await browser.visit(at('&cols=source.phone')))).toEqual(['名称（拼音）', '电话', '来源'])
    expect(headsOf(await browser.visit(at('&boxes=on')))).toEqual(['名称（拼音）'])
    expect(
      chosen
        .$('.menu-form input[checked]')
        .map((_at, box) => chosen.$(box).attr('name'))
        .get(),
    ).toEqual(['col-phone', 'col-source'])
  })

  it('each condition is a chip that takes itself off and leaves the others', async () => {
    const page = await browser.visit(at('&life=lost&sort=name'))
    const chips = page
      .$('.filter')
      .map((_at, chip) => page.$(chip).text().replace(/\s+/g, ' ').trim())
      .get()
    expect(chips).toEqual(['阶段 已流失×', '部门 纸坊部（含下级）×'])
    const without = page.$('.filter').first().find('a').last().attr('href')!
    expect(without).toBe(`/customers?department=${department}&sort=name`)
    expect(page.$('a:contains("全部去掉")').attr('href')).toBe('/customers?sort=name')
  })

  it('goes on and back by page, keeping what it holds', async () => {
    const first = await browser.visit(at('&sort=name'))
    const next = first.$('a[rel=next]').attr('href')!
    expect(next).toContain(`department=${department}`)
    const second = await browser.visit(next)
    expect(second.$('tbody tr')).toHaveLength(25)
    const back = await browser.visit(second.$('a[rel=prev]').attr('href')!)
    expect(back.$('tbody th').text()).toBe(first.$('tbody th').text())
  })

  it('an empty one says which condition to drop, and what that would give', async () => {
    const page = await browser.visit(at('&province=西藏自治区'))
    expect(page.$('.nothing').text()).toContain('没有这样的客户')
    expect(page.$('.nothing a').text()).toMatch(/去掉“部门 .*”|去掉“省份 西藏自治区”就有 60 户/)
  })

  it('PRV-02: telephones and codes are masked in every column', async () => {
    const page = await browser.visit(at('&cols=number.phone.code'))
    expect(page.$('tbody').text()).toMatch(/139\*{4}\d{4}/)
    expect(page.$('tbody').text()).not.toMatch(/1390000\d{4}/)
  })

  it.each(['life=dead', 'cols=x', 'department=a', 'to=2026-13-01', 'sort=id&q=1'])(
    '%s is answered with 400',
    async (search) => {
      expect((await browser.agent.get(`/customers?${search}`)).status).toBe(400)
    },
  )

  it('the form of conditions shows them as they are, and leads to the list', async () => {
    const page = await browser.visit(`/customers/conditions?department=${department}&life=lost&city=杭州&sort=name`)
    expect(page.$('[name=life]').val()).toBe('lost')
    expect(page.$('[name=department]').val()).toBe(department)
    expect(page.$('[name=city]').val()).toBe('杭州市')
    expect(page.$('[name=sort]').val()).toBe('name')
  })

  it('asks the database as often for sixty customers as for none, and no more than twelve times', async () => {
    const asked = async (url: string) => {
      const query = vi.spyOn(pool, 'query')
      await browser.visit(url)
      const count = query.mock.calls.length
      query.mockRestore()
      return count
    }
    await asked(at())
    const [full, none] = [await asked(at()), await asked(at('&province=西藏自治区&q=无此词'))]
    expect(full).toBeGreaterThan(2)
    expect(full).toBeLessThanOrEqual(12)
    expect(none).toBeLessThanOrEqual(12)
  })

  it('counts above the list what it holds, and marks where one is', async () => {
    const page = await browser.visit('/customers?owner=none')
    expect(page.$('.views [aria-current]').text()).toContain('没有归属')
    expect(page.$('.views a').first().text()).toMatch(/全部 \d+\+?/)
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from customer where standing = 'provisional' and withdrawn_at is null`,
    )
    const n = rows[0]!.n
    expect(page.$('.views').text()).toContain(`待确认 ${n > 1000 ? '1000+' : n}`)
  })
})

it('CUS-14: a row opens its customer within the list', async () => {
  const one = await make.customer({}, '蜃楼里书局')
  const page = await browser.visit('/customers?q=蜃楼里书局&sort=name')
  const href = page.$('tbody th a').attr('href')!
  expect(href).toBe(
    `/customers/${one.number}?in=${encodeURIComponent(String(new URLSearchParams({ q: '蜃楼里书局', sort: 'name' })))}`,
  )
  expect((await browser.visit(href)).status).toBe(200)
  expect(await db.customer.count({ where: { number: one.number } })).toBe(1)
})
