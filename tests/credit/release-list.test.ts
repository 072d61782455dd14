import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { creditAtHome } from '../../src/credit/around/home.ts'
import { releaseListQuery, type ReleaseListQuery } from '../../src/credit/releases/list/forms.ts'
import { longHeldFor, releasesFor } from '../../src/credit/releases/list/queries.ts'
import { db, pool } from '../../src/db.ts'
import { creditQueues } from '../../src/home/crediting.ts'
import { translate } from '../../src/i18n.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { aCreditCustomer, aRelease, daysAgo, releaseOf, shipped } from '../support/credit.ts'
import { actorOf, make, theCast } from '../support/make.ts'

const east = { department: '城东营业部' }
const day = 86_400_000
const asked = (values: Record<string, string>): ReleaseListQuery => releaseListQuery.parse(values)

let head: Browser
let customer: Awaited<ReturnType<typeof aCreditCustomer>>
let held: Awaited<ReturnType<typeof aRelease>>
let out: Awaited<ReturnType<typeof aRelease>>
beforeAll(async () => {
  const { dept_head } = await theCast()
  head = await signIn(dept_head)
  customer = await aCreditCustomer(east)
  await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
  out = await aRelease(customer, { amount: '600.00' })
  held = await aRelease(customer, { amount: '500.00' })
})
afterEach(() => moveClock(() => new Date()))

const numbersOf = async (who: { id: bigint }, values: Record<string, string>) =>
  (await releasesFor(await actorOf(who), asked(values), now())).rows.map(({ number }) => number)

describe('/releases', () => {
  it('CRD-06, wish 52: what is held stands in one list, with the reason, since when and who can act', async () => {
    const page = await head.visit(`/releases?state=held&customer=${customer.number}`)
    const row = page.$('tbody tr')
    expect(row).toHaveLength(1)
    expect(row.text()).toContain(held.number)
    for (const word of ['超出可用额', '超出 100.00', '今天拦下', '申请超额，或先收款'])
      expect(row.text()).toContain(word)
    expect(page.$('.views a[aria-current]').text()).toMatch(/^未放行 \d/)
    const released = await head.visit(`/releases?state=released&customer=${customer.number}`)
    expect(released.$('tbody').text()).toContain(out.number)
    expect(released.$('tbody').text()).toContain('仓库发货')
    expect((await head.visit('/releases?state=unheard')).status).toBe(400)
  })

  it('CRD-06: each condition holds back what does not meet it; where nothing is found it says what to drop', async () => {
    const { sales, dept_head } = await theCast()
    const own = { customer: customer.number }
    expect(await numbersOf(sales, own)).toEqual([held.number, out.number])
    expect(await numbersOf(sales, { ...own, sort: 'oldest' })).toEqual([out.number, held.number])
    expect(await numbersOf(sales, { ...own, hold: 'over' })).toEqual([held.number])
    expect(await numbersOf(sales, { ...own, hold: 'overdue' })).toEqual([])
    expect(await numbersOf(sales, { ...own, whose: 'mine' })).toHaveLength(2)
    expect(await numbersOf(dept_head, { ...own, whose: 'mine' })).toEqual([])
    expect(await numbersOf(dept_head, { ...own, owner: sales.number })).toHaveLength(2)
    expect(await numbersOf(dept_head, { ...own, from: daysAgo(-1) })).toEqual([])
    expect(await numbersOf(dept_head, { q: held.number })).toEqual([held.number])
    expect(await numbersOf(dept_head, { q: customer.name })).toEqual([held.number, out.number])
    const none = await head.visit(`/releases?customer=${customer.number}&hold=overdue`)
    expect(none.$('.nothing a').text()).toMatch(/去掉“(?:原因 有超期欠款|客户 K\d+)”/)
  })

  it('CRD-06: pages follow each other without a gap', async () => {
    const { sales } = await theCast()
    const actor = await actorOf(sales)
    const all = await releasesFor(actor, asked({ customer: customer.number }), now())
    expect([all.rows.length, all.earlier, all.later, all.count]).toEqual([2, false, false, 2])
    const next = await releasesFor(actor, asked({ customer: customer.number, after: held.number }), now())
    expect(next.rows.map(({ number }) => number)).toEqual([out.number])
    const back = await releasesFor(actor, asked({ customer: customer.number, before: out.number }), now())
    expect(back.rows.map(({ number }) => number)).toEqual([held.number])
  })

  it('CRD-06, wish 52: held for three days it stands on the first page of whoever owns the customer', async () => {
    const owner = await make.staff([{ role: 'sales' }])
    const other = await aCreditCustomer({ ownerId: owner.id })
    await shipped(other, { amount: '10.00', on: daysAgo(5) })
    const long = await aRelease(other, { amount: '5.00', by: owner })
    const actor = await actorOf(owner)
    const later = (days: number) => new Date(now().getTime() + days * day)
    expect(await longHeldFor(actor, later(2))).toBeNull()
    expect(await longHeldFor(actor, later(3))).toMatchObject({ count: 1, number: long.number, holds: ['over'] })
    const [queue] = creditQueues(translate.zh, await creditAtHome(actor, later(3)))
    expect(queue).toMatchObject({
      count: '1',
      list: '/releases?state=held&whose=mine&waits=3',
      act: { href: `/releases/${long.number}` },
    })
    expect(await longHeldFor(await actorOf(await make.staff([{ role: 'sales' }])), later(3))).toBeNull()
    const days = await releasesFor(actor, asked({ waits: '3' }), later(3))
    expect(days.rows.map(({ number }) => number)).toEqual([long.number])
  })

  it('ACC-02: with the customer its releases go to whoever takes it over', async () => {
    const [leaver, heir] = [await make.staff([{ role: 'sales' }]), await make.staff([{ role: 'sales' }])]
    const theirs = await aCreditCustomer({ ownerId: leaver.id })
    const release = await aRelease(theirs, { amount: '5.00', by: leaver })
    await pool.query(`update customer set owner_id = $2 where id = $1`, [theirs.id, heir.id])
    expect((await releaseOf(release)).ownerId).toBe(heir.id)
    expect(await numbersOf(heir, { customer: theirs.number })).toEqual([release.number])
    expect(await numbersOf(leaver, { customer: theirs.number })).toEqual([])
  })

  it('CUS-14: a list is kept as a view of one’s own', async () => {
    const saved = await head.submit('/releases/views/new?in=hold%3Dover', { name: '超出的' })
    expect(saved.url).toBe('/releases?hold=over')
    expect(saved.$('.views a[aria-current]').text()).toMatch(/^超出的 \d/)
    expect((await head.visit('/releases/views')).$('main').text()).toContain('原因 超出可用额')
  })

  it('CUS-15: leaves as a file with every column, in the trail before and after', async () => {
    const { dept_head } = await theCast()
    const form = await head.visit(`/releases/export?customer=${customer.number}&format=csv`)
    expect(form.$('form.prose').text()).toContain('2 张')
    const file = await head.agent
      .get(`/releases/export/file?customer=${customer.number}&format=csv`)
      .set('Host', head.host)
    for (const word of ['拦下天数', held.number, out.number, '超出可用额']) expect(file.text).toContain(word)
    const trail = await db.auditEntry.findMany({
      where: { actorId: dept_head.id, action: { in: ['release.exported', 'release.export_finished'] } },
      orderBy: { id: 'asc' },
    })
    expect(trail.map(({ action }) => action)).toEqual(['release.exported', 'release.export_finished'])
  })

  it('CRD-06: what narrows it is chosen in one form', async () => {
    const page = await head.visit('/releases/conditions?state=held&hold=over')
    expect(page.$('[name=hold] option[selected]').attr('value')).toBe('over')
    expect(page.$('[name=state]').attr('value')).toBe('held')
  })
})
