import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'

let cast: Cast
let browser: Browser
beforeAll(async () => {
  cast = await theCast()
  browser = await signIn(cast.sales_director)
})
const ownerOf = async (id: bigint) => (await db.customer.findUniqueOrThrow({ where: { id } })).ownerId

describe('PPL-01: giving customers to an owner', () => {
  it('one: the notice offers to take it back, and it is taken back', async () => {
    const { id, number } = await make.customer()
    const page = await browser.submit(`/customers/${number}/assignment`, { owner: cast.sales.number })
    expect(page.url).toBe(`/customers/${number}`)
    expect(page.$('.notice').text()).toContain('归属已更改')
    const undo = page.$('.notice form').attr('action')!
    expect(undo).toBe(`/customers/${number}/assignment/undo`)
    const token = page.$('.notice [name=_csrf]').attr('value')!
    const answer = await browser.post(undo, { _csrf: token })
    expect(answer.status).toBe(303)
    expect(await ownerOf(id)).toBeNull()
    const again = await browser.post(undo, { _csrf: token })
    expect(again.status).toBe(422)
    expect(again.text).toContain('没有撤销')
  })

  it('an auditor typed in as owner is refused by his field', async () => {
    const { number } = await make.customer()
    const page = await browser.submit(`/customers/${number}/assignment`, { owner: cast.auditor.number })
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="CUS-06"]').text()).toContain('不是可以归属客户的在职人员')
  })

  it('several ticked in the list: each with what became of it, and all taken back', async () => {
    const [one, two, stale] = [await make.customer(), await make.customer(), await make.customer()]
    const address = `/customers/assignment?${[one, two, stale].map(({ number }) => `${number}=on`).join('&')}`
    const shown = await browser.visit(address)
    expect(shown.$('tbody tr')).toHaveLength(3)
    const page = await browser.submit(address, { owner: cast.sales.number, [stale.number]: '9', reason: '换人服务' })
    expect(page.$('.lede').text()).toContain('改了 2 户，没有改 1 户')
    expect(page.$('tr[data-rule="CUS-06"]').text()).toContain('刚被别人改过')
    expect(await ownerOf(one.id)).toBe(cast.sales.id)
    expect(await ownerOf(stale.id)).toBeNull()
    expect(page.$('.notice form').attr('action')).toBe(`${page.url}/undo`)
    const back = await browser.submit(`${page.url}/undo`, {}, page.url)
    expect(back.$('.notice').text()).toContain('已撤销 2 户')
    expect(back.$('.status-tag').text()).toContain('已撤销')
    expect(await ownerOf(one.id)).toBeNull()
    expect(await ownerOf(two.id)).toBeNull()
  })

  it('all that the list holds; none chosen; a form without any ticked', async () => {
    const name = '扶摇台琴坊'
    const [one, two] = [await make.customer({}, `${name}东号`), await make.customer({}, `${name}西号`)]
    const all = await browser.visit(`/customers/assignment?all=on&q=${encodeURIComponent(name)}`)
    expect(
      all
        .$('tbody input')
        .map((_at, box) => all.$(box).attr('name'))
        .get()
        .toSorted(),
    ).toEqual([one.number, two.number].toSorted())
    expect((await browser.visit('/customers/assignment')).$('.nothing').text()).toContain('没有选中客户')
    const { [one.number]: _one, [two.number]: _two, ...none } = await browser.fieldsOf('/customers/assignment', all.url)
    const answer = await browser.post(all.url, { ...none, owner: cast.sales.number })
    expect(answer.status).toBe(422)
    const odd = await browser.post(all.url, { ...none, owner: cast.sales.number, [one.number]: 'x' })
    expect(odd.status).toBe(422)
    expect((await browser.post(all.url, { ...none, odd: '1', [one.number]: '1' })).status).toBe(422)
    expect((await browser.agent.get('/customers/assignment?all=on&life=dead')).status).toBe(400)
  })

  it('who may not assign has neither boxes nor the page', async () => {
    const desk = await signIn(cast.front_desk)
    await make.customer({ department: '城东营业部' })
    expect((await desk.visit('/customers')).$('tbody input')).toHaveLength(0)
    expect((await desk.agent.get('/customers/assignment')).status).toBe(403)
    expect((await browser.visit('/customers')).$('tbody input').length).toBeGreaterThan(0)
  })
})
