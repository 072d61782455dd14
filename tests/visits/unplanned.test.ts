import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db, pool, writer } from '../../src/db.ts'
import { dayStart } from '../../src/lib/dates.ts'
import { recordUnplanned } from '../../src/visits/unplanned/commands.ts'
import { unplannedForm, type Sent } from '../../src/visits/unplanned/forms.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

const at = (hours: number, days = 0) => new Date(dayStart('2027-03-01', days).getTime() + hours * 3_600_000)
const now = at(10)

let sales: Actor
let mine: { id: bigint; number: string; name: string }
beforeAll(async () => {
  sales = await actorOf((await theCast()).sales)
  mine = await make.customer({ ownerId: sales.id })
})

const sent = (more: Record<string, string> = {}): Sent =>
  unplannedForm.parse({
    customer: mine.number,
    when: 'now',
    minutes: '40',
    because: 'passing',
    purpose_relations: 'on',
    ...more,
  }) as Sent
const made = async (more: Record<string, string>) => {
  const { number } = await recordUnplanned(sales, sent(more), now)
  return db.visit.findUniqueOrThrow({ where: { number }, include: { people: true, parties: true, spendings: true } })
}

describe('VIS-05: a visit that is in no plan', () => {
  it('wish 44, VIS-05: from the customer’s header two presses record it; the report is waited for', async () => {
    const { sales: person } = await theCast()
    const browser = await signIn(person)
    const page = await browser.visit(`/customers/${mine.number}`)
    const record = page.$(`a[href="/visits/new?customer=${mine.number}"]`).first()
    expect(record.text()).toContain('记录拜访')
    const done = await browser.submit(record.attr('href')!, { because: 'asked' })
    expect(done.$('h1').text()).toContain(mine.name)
    expect(done.$('.page-head').text()).toContain('已拜访')
    expect(done.$('.page-head').text()).toContain('计划外')
    expect(done.$('#facts').text()).toContain('客户临时请去')
    const visit = await db.visit.findFirstOrThrow({ where: { customerId: mine.id }, orderBy: { id: 'desc' } })
    expect(visit).toMatchObject({ state: 'done', unplanned: true, unplannedReason: '客户临时请去', planId: null })
    expect(visit.reportDueAt).not.toBeNull()

    const refused = await browser.submit(record.attr('href')!, { note: '', agenda: '看样品' })
    expect(refused.status).toBe(422)
    expect(refused.$('.errors [data-rule="VIS-05"]').text()).toContain('没有说为什么')
    expect(refused.$('[name=agenda]').text().trim()).toBe('看样品')
  })

  it('VIS-02: with a record that is void no visit is recorded, nor with one as a party; its form says so at once', async () => {
    const gone = await make.customer({ ownerId: sales.id })
    await pool.query(`update customer set life = 'void' where id = $1`, [gone.id])
    const refused = async (more: Record<string, string>) => refusalOf(recordUnplanned(sales, sent(more), now))
    expect(await refused({ customer: gone.number })).toEqual(['VIS-02 visits:refused.customerVoid'])
    expect(await refused({ parties: gone.number })).toEqual(['VIS-02 visits:refused.customerVoid'])
    const page = await (await signIn((await theCast()).sales)).visit(`/visits/new?customer=${gone.number}`)
    expect([page.status, page.$('main form').length]).toEqual([422, 0])
    expect(page.$('.errors [data-rule="VIS-02"]').text()).toContain(gone.number)
  })

  it('VIS-02: a past time is noted as made then, a later one arranged; who is no customer goes by the name', async () => {
    expect(await made({ when: 'at', at: '2027-02-27T09:00' })).toMatchObject({
      state: 'done',
      arrivedAt: at(9, -2),
      target: 'potential',
    })
    const later = await made({
      customer: '',
      party: '桃花渡轴承厂',
      target: 'peer',
      when: 'at',
      at: '2027-03-03T15:00',
    })
    expect(later).toMatchObject({ state: 'approved', customerId: null, party: '桃花渡轴承厂', target: 'peer' })
    expect(later).toMatchObject({ arrivedAt: null, reportDueAt: null })
  })

  it('VIS-02: people of both sides and other companies are resolved, and refused by name', async () => {
    const other = await make.customer({ ownerId: sales.id })
    const colleague = await make.staff()
    const { id } = await writer.contact.create({ data: { customerId: mine.id, name: '丁香结', post: '主任' } })
    const visit = await made({
      [`contact_${id}`]: 'on',
      people: '鹿鸣野、白鹭',
      companions: colleague.number,
      parties: other.number.toLowerCase(),
    })
    expect(visit.people.map(({ name, contactId }) => [name, contactId])).toEqual([
      ['丁香结', id],
      ['鹿鸣野', null],
      ['白鹭', null],
    ])
    expect(visit.companions).toEqual([colleague.id])
    expect(visit.parties.map(({ customerId }) => customerId)).toEqual([other.id])
    const refusal = (more: Record<string, string>) => refusalOf(recordUnplanned(sales, sent(more), now))
    expect(await refusal({ companions: '子虚乌有' })).toEqual(['VIS-02 visitDay:refused.nobodyCalled'])
    const unseen = await make.customer()
    expect(await refusal({ parties: unseen.number })).toEqual(['VIS-02 visitDay:refused.party'])
    expect(await refusal({ customer: unseen.number })).toEqual(['VIS-02 visits:refused.customerUnknown'])
  })

  it('VIS-02, VIS-05: everything that is missing is said at once', async () => {
    const refusal = (more: Record<string, string>) => refusalOf(recordUnplanned(sales, sent(more), now))
    expect(await refusal({ customer: '', because: '', purpose_relations: '', when: 'at' })).toEqual([
      'VIS-02 visitDay:refused.who',
      'VIS-05 visitDay:refused.noReason',
      'VIS-02 visitDay:refused.noPurpose',
      'VIS-02 visitDay:refused.when',
    ])
    expect(await refusal({ party: '桃花渡轴承厂' })).toEqual(['VIS-02 visitDay:refused.both'])
    expect(await refusal({ when: 'at', at: '2027-01-01T09:00' })).toEqual(['VIS-02 visitDay:refused.longAgo'])
    expect(await refusal({ cost1what: '果篮' })).toEqual(['VIS-02 visitDay:refused.costWhole'])
  })

  it('VIS-04: over the limit it is asked for beforehand; of a visit already made it is refused', async () => {
    const basket = { cost1kind: 'gift', cost1what: '果篮', cost1price: '260' }
    expect(await refusalOf(recordUnplanned(sales, sent(basket), now))).toEqual(['VIS-04 visitDay:refused.costsAfter'])
    const within = await made({ ...basket, cost1price: '180', cost1quantity: '2' })
    expect(within.spendings.map(({ state, total }) => [state, total.toFixed(2)])).toEqual([['within', '360.00']])
    const asked = await recordUnplanned(sales, sent({ ...basket, when: 'at', at: '2027-03-03T15:00' }), now)
    expect(asked).toMatchObject({ made: false, asked: true })
    const visit = await db.visit.findUniqueOrThrow({ where: { number: asked.number } })
    const request = await db.approvalRequest.findFirst({ where: { subject: `visit:${visit.id}` } })
    expect(request).toMatchObject({ kind: 'visit.spending', state: 'waiting' })
  })

  it('takes no field that the form does not have', () => {
    expect(unplannedForm.safeParse({ minutes: '40', contact_x: 'on' }).success).toBe(false)
    expect(unplannedForm.safeParse({ minutes: '40', contact_7: 'on' }).success).toBe(true)
    expect(unplannedForm.safeParse({ minutes: '4' }).success).toBe(false)
  })
})
