import { describe, expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { signIn } from '../support/browser.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { make, theCast } from '../support/make.ts'

const place = async () => (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
const ticked = (...some: { number: string }[]) => some.map(({ number }) => `${number}=on`).join('&')
const boxes = async (...some: { id: bigint; number: string }[]) =>
  Object.fromEntries(
    await Promise.all(
      some.map(async (one) => [one.number, String((await complaintNow(one as never)).version)] as const),
    ),
  )

describe('many complaints at once', () => {
  it('CMP-13: each is assigned by the same command as alone; what is refused says why, the rest is done', async () => {
    const { cs_manager, sales } = await theCast()
    const departmentId = await place()
    const [one, two] = [await aComplaint({ departmentId }), await aComplaint({ departmentId })]
    const about = await aComplaint({ departmentId, accused: [sales.id] })
    const ended = await aComplaint({ departmentId, state: 'void' })
    const unseen = await aComplaint({ departmentId, accused: [cs_manager.id] })
    const browser = await signIn(cs_manager)
    const address = `/complaints/assigning?${ticked(one, two, about, ended, unseen)}`
    const page = await browser.visit(address)
    expect(page.$('tbody input[type=checkbox]').length).toBe(4)
    expect(page.$('main').text()).not.toContain(unseen.number)
    const result = await browser.submit(
      address,
      {
        ...(await boxes(one, two, about, ended, unseen)),
        departmentId: String(departmentId),
        ownerId: String(sales.id),
      },
      address,
    )
    expect(result.status).toBe(200)
    expect(result.$('.lede').text()).toBe('办好 2 件，没有办 3 件。')
    const rows = result
      .$('tbody tr')
      .toArray()
      .map((row) => result.$(row).text())
    const of = (number: string) => rows.find((row) => row.includes(number))!
    expect(of(one.number)).toContain('已办')
    expect(of(about.number)).toContain('CMP-03')
    expect(of(ended.number)).toContain('CMP-07')
    expect(of(unseen.number)).toContain('不在你能看到的范围内')
    expect((await complaintNow(one)).ownerId).toBe(sales.id)
    expect((await complaintNow(two)).ownerId).toBe(sales.id)
    expect((await complaintNow(about)).ownerId).toBeNull()
    const lines = await db.auditEntry.count({ where: { action: 'complaint.assigned', subject: `complaint:${one.id}` } })
    expect(lines).toBe(1)
    const other = await signIn(await make.staff([{ role: 'cs_manager' }]))
    expect((await other.visit(result.url)).status).toBe(404)
  })

  it('CMP-06: levels are raised with one reason; one that is as high already is left', async () => {
    const { cs_manager } = await theCast()
    const [low, high] = [await aComplaint(), await aComplaint({ hazard: true })]
    const browser = await signIn(cs_manager)
    const address = `/complaints/raising?${ticked(low, high)}`
    const values = { ...(await boxes(low, high)), level: 'important' }
    expect((await browser.submit(address, values, address)).status).toBe(422)
    const result = await browser.submit(address, { ...values, reason: '同一批货，传得很广' }, address)
    expect(result.$('.lede').text()).toBe('办好 1 件，没有办 1 件。')
    expect((await complaintNow(low)).level).toBe('important')
    expect((await complaintNow(high)).level).toBe('major')
  })

  it('CMP-05: several join the group of one, whose level follows the households', async () => {
    const { cs_manager } = await theCast()
    const some = []
    for (let n = 0; n < 5; n++) some.push(await aComplaint({ customerId: (await make.customer()).id }))
    const [first, ...rest] = some
    const browser = await signIn(cs_manager)
    const address = `/complaints/linking?${ticked(...some)}`
    const result = await browser.submit(address, { ...(await boxes(...some)), to: first!.number }, address)
    expect(result.$('.lede').text()).toBe('办好 4 件，没有办 1 件。')
    const groups = await Promise.all(rest.map(async (one) => (await complaintNow(one)).groupId))
    expect(new Set([...groups, (await complaintNow(first!)).groupId]).size).toBe(1)
    expect((await complaintNow(first!)).level).toBe('important')
  })

  it('nobody without the right, nothing without a tick, and a changed one is not overwritten', async () => {
    const { auditor, cs_manager } = await theCast()
    const one = await aComplaint()
    const reader = await signIn(auditor)
    expect((await reader.visit(`/complaints/raising?${ticked(one)}`)).status).toBe(403)
    expect((await reader.visit('/complaints')).$('.picked').length).toBe(0)
    const browser = await signIn(cs_manager)
    expect((await browser.visit('/complaints/raising')).$('.nothing').length).toBe(1)
    const address = `/complaints/raising?${ticked(one)}`
    const stale = { [one.number]: '999', level: 'major', reason: '升级' }
    const result = await browser.submit(address, stale, address)
    expect(result.$('tbody').text()).toContain('CMP-06')
    expect((await complaintNow(one)).level).toBe('general')
  })

  it('CMP-11: closing several at once is not there', async () => {
    const { cs_manager } = await theCast()
    const browser = await signIn(cs_manager)
    const list = await browser.visit('/complaints')
    const { _csrf = '' } = Object.fromEntries(
      list
        .$('form')
        .first()
        .serializeArray()
        .map(({ name, value }) => [name, value]),
    )
    for (const path of ['/complaints/closing', '/complaints/close', '/complaints/together/closing'])
      expect([404, 405]).toContain((await browser.post(path, { _csrf })).status)
    expect(list.$('.picked').text()).not.toContain('结案')
  })
})
