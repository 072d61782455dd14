import { describe, expect, it } from 'vitest'
import { gradeCustomer } from '../../src/customers/grading/commands.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

const gradeOf = async (id: bigint) => (await db.customer.findUniqueOrThrow({ where: { id } })).grade
const lineOf = (id: bigint) =>
  db.auditEntry.findFirst({ where: { subject: `customer:${id}`, action: 'customer.graded' }, orderBy: { id: 'desc' } })

describe('CMP-16: the grade of a customer', () => {
  it('CMP-16: is given with a reason, stands on the page, in the history, and puts its complaints first', async () => {
    const { cs_manager } = await theCast()
    const customer = await make.customer()
    const complaint = await aComplaint({ customerId: customer.id })
    expect((await complaintNow(complaint)).priority).toBe(1)
    const browser = await signIn(cs_manager)
    const bare = await browser.submit(`/customers/${customer.number}/grade`, { grade: 'A', reason: '' })
    expect(bare.status).toBe(422)
    expect(bare.$('input[name=grade][value=A]').attr('checked')).toBeDefined()
    const page = await browser.submit(`/customers/${customer.number}/grade`, { grade: 'A', reason: '年销售额居首' })
    expect(page.$('h1 .grade').text()).toBe('A')
    expect((await complaintNow(complaint)).priority).toBe(0)
    expect(await lineOf(customer.id)).toMatchObject({ after: { grade: 'A' }, why: '年销售额居首' })
    expect((await browser.visit(`/customers/${customer.number}/history`)).$('main').text()).toContain('定等级')
  })

  it('CMP-16: the same again, an old page and an unknown grade are refused with what to do', async () => {
    const { cs_manager } = await theCast()
    const customer = await make.customer()
    const actor = await actorOf(cs_manager)
    await gradeCustomer(actor, customer.id, { grade: 'B', reason: '年度评定', version: 1 }, now())
    const again = (version: number) =>
      gradeCustomer(actor, customer.id, { grade: 'B', reason: '年度评定', version }, now())
    expect(await refusalOf(again(1))).toEqual(['CMP-16 customers:refused.changedMeanwhile'])
    expect(await refusalOf(again(2))).toEqual(['CMP-16 customers:refused.sameGrade'])
    const browser = await signIn(cs_manager)
    const odd = await browser.submit(`/customers/${customer.number}/grade`, { grade: 'Z', reason: '年度评定' })
    expect(odd.status).toBe(422)
    expect(await gradeOf(customer.id)).toBe('B')
  })

  it('PPL-01: the grade is not for who sells to the customer, nor for the auditor', async () => {
    const { sales, auditor } = await theCast()
    const customer = await make.customer({ ownerId: sales.id })
    for (const person of [sales, auditor]) {
      const actor = await actorOf(person)
      const wish = { grade: 'A', reason: '老客户', version: 1 } as const
      await expect(gradeCustomer(actor, customer.id, wish, now())).rejects.toBeInstanceOf(Forbidden)
      expect((await (await signIn(person)).visit(`/customers/${customer.number}/grade`)).status).toBe(403)
    }
    expect(await gradeOf(customer.id)).toBeNull()
  })
})

describe('the complaints on a customer’s page', () => {
  it('CMP-03: are those that its reader sees of each, never one about the reader', async () => {
    const { cs_manager, sales } = await theCast()
    const customer = await make.customer({ ownerId: sales.id })
    const [seen, about] = [
      await aComplaint({ customerId: customer.id, title: '石桥松动' }),
      await aComplaint({ customerId: customer.id, title: '态度生硬', accused: [sales.id] }),
    ]
    const manager = (await (await signIn(cs_manager)).visit(`/customers/${customer.number}`)).$('#complaints')
    expect(manager.text()).toContain('未结案 2 件')
    const page = (await (await signIn(sales)).visit(`/customers/${customer.number}`)).$('#complaints')
    expect(page.find(`a[href="/complaints/${seen.number}"]`).length).toBe(1)
    expect(page.text()).toContain('未结案 1 件')
    expect(page.text()).not.toContain(about.number)
    expect(page.text()).not.toContain('态度生硬')
  })

  it('has no such section for who sees no complaints', async () => {
    const { archivist } = await theCast()
    const customer = await make.customer()
    await aComplaint({ customerId: customer.id })
    expect((await (await signIn(archivist)).visit(`/customers/${customer.number}`)).$('#complaints').length).toBe(0)
  })
})
