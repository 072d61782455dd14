import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { acknowledged, anItem } from '../support/archive.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Cast } from '../support/cast.ts'
import { make, theCast } from '../support/make.ts'
import { archiveLines, rulesOn } from './desk.ts'

let people: Cast
let desk: Browser
beforeAll(async () => {
  people = await theCast()
  await acknowledged(people.archivist, people.sales)
  desk = await signIn(people.archivist)
})

async function opened(kind: string, owner: Parameters<typeof make.customer>[0] = {}) {
  const customer = await make.customer(owner)
  const page = await desk.submit(`/customers/${customer.number}/archive/opening`, {
    kind,
    keeper: people.archivist.number,
  })
  return { customer, page, home: page.url, number: page.url.split('/').at(-1)! }
}

describe('the file of a customer', () => {
  it('ARC-01: is opened from the customer’s page, once, with a named keeper, and stands in the timeline', async () => {
    const { customer, page, home, number } = await opened('general')
    expect(number).toMatch(/^DA20\d{8}$/)
    expect(page.$('h1').text()).toBe(customer.name)
    expect(page.$('.lede').text()).toContain(people.archivist.name)
    const customerPage = await desk.visit(`/customers/${customer.number}`)
    expect(customerPage.$('#archive').text()).toContain('1 卷，0 份材料')
    expect(customerPage.$(`#archive a[href="${home}"]`).text()).toBe(number)
    expect(customerPage.$('.history').text()).toContain('立卷')
    const again = await desk.submit(`/customers/${customer.number}/archive/opening`, {
      keeper: people.archivist.number,
    })
    expect([again.status, rulesOn(again)]).toEqual([422, ['ARC-01']])
    expect(again.$('.errors').text()).toContain(number)
  })

  it('ARC-01: 20 who open it at once open one', async () => {
    const customer = await make.customer()
    const url = `/customers/${customer.number}/archive/opening`
    const fields = await desk.fieldsOf(url)
    const tries = Array.from({ length: 20 }, (_, at) =>
      desk.post(url, { ...fields, _form: `${fields['_form']}${at}`.slice(-24), keeper: people.archivist.number }),
    )
    const answers = await Promise.all(tries)
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(await db.customerFile.count({ where: { customerId: customer.id } })).toBe(1)
  })

  it('ARC-24: a loan file begins with four parts; those without an item are listed', async () => {
    const { customer, home } = await opened('loan')
    const { $ } = await desk.visit(home)
    expect($('section[id^=volume-]')).toHaveLength(4)
    for (const part of ['立项审批资料', '重要合同和单据', '项目调查资料', '客户或企业资料'])
      expect($('.callout').text()).toContain(part)
    await desk.submit(`${home}/items/new`, { volume: '2', title: '借款合同', pages: '8' })
    const after = await desk.visit(home)
    expect(after.$('.callout').text()).not.toContain('重要合同和单据')
    expect(after.$('.callout').text()).toContain('立项审批资料')
    expect(after.$('#volume-2').text()).toContain('借款合同')
    expect((await opened('mall')).page.$('section[id^=volume-]')).toHaveLength(7)
    expect((await archiveLines(customer.id)).map(({ action }) => action)).toEqual(['file.created', 'item.created'])
  })

  it('ARC-24: becomes another kind while no item stands in a part that the other does not have', async () => {
    const { home } = await opened('mall')
    const loan = await desk.submit(`${home}/correction`, { kind: 'loan' })
    expect(loan.$('section[id^=volume-]')).toHaveLength(4)
    await desk.submit(`${home}/items/new`, {
      volume: loan.$('section[id^=volume-]').first().attr('id')!.slice(7),
      title: '立项书',
      pages: '2',
    })
    const refused = await desk.submit(`${home}/correction`, { kind: 'mall', remark: '改回来' })
    expect([refused.status, rulesOn(refused)]).toEqual([422, ['ARC-24']])
    expect(refused.$('[name=remark]').val()).toBe('改回来')
  })

  it('ARC-01: another keeper takes it with a reason, and both names stay on record', async () => {
    const { customer, home } = await opened('general')
    expect((await desk.submit(`${home}/keeper`, { keeper: people.cs_manager.number, reason: '' })).status).toBe(422)
    const page = await desk.submit(`${home}/keeper`, { keeper: people.cs_manager.number, reason: '轮岗' })
    expect(page.$('.lede').text()).toContain(people.cs_manager.name)
    const line = (await archiveLines(customer.id)).at(-1)!
    expect(line).toMatchObject({
      action: 'file.kept',
      before: { keeper: people.archivist.name },
      after: { keeper: people.cs_manager.name },
      why: '轮岗',
    })
    const late = await desk.submit(`${home}/keeper`, { keeper: people.archivist.number, reason: '换回', version: '1' })
    expect(late.$('.errors').text()).toContain('刚被别人改过')
    const nobody = await desk.submit(`${home}/keeper`, { keeper: people.sales.number, reason: '不行' })
    expect([nobody.status, rulesOn(nobody)]).toEqual([422, ['ARC-01']])
  })

  it('volumes are added and corrected; a part that the kind does not have is refused', async () => {
    const { home } = await opened('general')
    const added = await desk.submit(`${home}/volumes/new`, { title: '云锦往来', startedOn: '2026-01-01' })
    expect(added.$('#volume-2').text()).toContain('第 2 卷 云锦往来')
    expect(added.$('#volume-2').text()).toContain('2026-01-01 起')
    const corrected = await desk.submit(`${home}/volumes/2/correction`, {
      title: '云锦往来函件',
      endedOn: '2026-06-30',
    })
    expect(corrected.$('#volume-2').text()).toContain('2026-01-01 至 2026-06-30')
    const wrong = await desk.submit(`${home}/volumes/new`, { title: '租约', part: 'leases' })
    expect([wrong.status, rulesOn(wrong)]).toEqual([422, ['ARC-24']])
    expect((await desk.visit(`${home}/volumes/9/correction`)).status).toBe(404)
  })

  it('PPL-01: is seen by whom the customer is seen by, and kept by the archive alone', async () => {
    const { home } = await opened('general', { ownerId: people.sales.id })
    const sales = await signIn(people.sales)
    const own = await sales.visit(home)
    expect(own.status).toBe(200)
    expect(own.$('.page-head .acts')).toHaveLength(0)
    expect((await sales.visit(`${home}/items/new`)).status).toBe(403)
    const other = await opened('general')
    expect((await sales.visit(other.home)).status).toBe(404)
  })

  it('ARC-02: classified items are listed apart, by number, mark and keeper', async () => {
    const customer = await make.customer({ ownerId: people.sales.id })
    const open = await anItem(customer)
    const shut = await anItem(customer, { secrecy: 'confidential', keeperId: people.cs_manager.id })
    const sales = await signIn(people.sales)
    const { $ } = await sales.visit(`/archive/files/${open.file.number}`)
    expect($('#volume-1').text()).toContain(open.title)
    expect($('main').text()).not.toContain(shut.title)
    const row = $('[aria-labelledby=marked-h] tbody tr').text()
    for (const told of [shut.number, '商密·机密', people.cs_manager.name]) expect(row).toContain(told)
  })
})
