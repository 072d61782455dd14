import { beforeAll, describe, expect, it } from 'vitest'
import { removeView, saveView } from '../../src/saved-views/commands.ts'
import { viewsFor } from '../../src/saved-views/queries.ts'
import { db } from '../../src/db.ts'
import { Forbidden } from '../../src/lib/refused.ts'
import { signIn, type Browser } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'

beforeAll(async () => {
  await theCast()
})

const somebody = async (role = 'front_desk'): Promise<{ person: Person; browser: Browser }> => {
  const person = await make.staff([{ role }])
  return { person, browser: await signIn(person) }
}
const viewsOf = (person: Person) => db.savedView.findMany({ where: { staffId: person.id }, orderBy: { id: 'asc' } })
const trailOf = async (id: bigint) =>
  (await db.auditEntry.findMany({ where: { subject: `view:${id}` }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )

describe('CUS-14: a list kept under a name', () => {
  it(
    'is saved as it is seen, stands above the list with its count, is renamed and removed',
    { timeout: 30_000 },
    async () => {
      const { person, browser } = await somebody('sales_director')
      const name = `云栖${person.number}灯铺`
      await make.customer({}, name)
      const search = `q=${encodeURIComponent(name)}&sort=name&cols=number.phone`
      const list = await browser.visit(`/customers?${search}&after=K2026000001`)
      const form = list
        .$('.views a')
        .filter((_at, a) => list.$(a).text().includes('存为视图'))
        .attr('href')!
      const page = await browser.submit(form, { name: '云栖' })
      expect(page.url).toBe(`/customers?${new URLSearchParams({ q: name, sort: 'name', cols: 'name.number.phone' })}`)
      const tab = page.$('.views [aria-current]')
      expect(tab.text().replace(/\s+/g, ' ').trim()).toBe('云栖 1')
      const [view] = await viewsOf(person)
      expect(view!.query).not.toContain('after')
      await browser.submit(`/customers/views/${view!.id}`, { name: '云栖的灯铺' })
      const kept = await browser.visit('/customers/views')
      expect(kept.$('tbody tr').text()).toContain('云栖的灯铺')
      expect(kept.$('tbody tr').text()).toContain(name)
      const gone = await browser.submit(`/customers/views/${view!.id}/removal`, {}, '/customers/views')
      expect(gone.$('.notice').text()).toContain('已删除')
      expect(await viewsOf(person)).toEqual([])
      expect(await trailOf(view!.id)).toEqual(['view.saved', 'view.renamed', 'view.removed'])
    },
  )

  it.each(['life=dead', 'sort=id', 'q=a&q=b', 'department=%00', `q=${'a'.repeat(101)}`, 'after=x'])(
    '%s is no list and is not kept',
    async (search) => {
      const { person } = await somebody()
      const work = saveView(await actorOf(person), { name: '错', search, shared: false })
      expect(await refusalOf(work)).toEqual(['CUS-14 views:refused.address'])
      expect(await viewsOf(person)).toEqual([])
    },
  )

  it('keeps nothing beside the list: other names in the address are left out', async () => {
    const { person } = await somebody()
    await saveView(await actorOf(person), {
      name: '净',
      search: 'life=lost&next=//evil.test&after=K2026000001',
      shared: false,
    })
    expect((await viewsOf(person))[0]!.query).toBe('life=lost')
  })

  it('a name serves once, and twenty are the most, also when they come at once', { timeout: 60_000 }, async () => {
    const { person } = await somebody()
    const actor = await actorOf(person)
    await saveView(actor, { name: '同名', search: '', shared: false })
    expect(await refusalOf(saveView(actor, { name: '同名', search: 'life=lost', shared: false }))).toEqual([
      'CUS-14 views:refused.nameTaken',
    ])
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        refusalOf(saveView(actor, { name: `第${at}个`, search: '', shared: false })),
      ),
    )
    expect(answers.filter((answer) => answer === null)).toHaveLength(19)
    expect(await viewsOf(person)).toHaveLength(20)
  })
})

describe('PPL-01: whose view it is', () => {
  it('somebody else’s is not there: not to open, rename, share or remove', async () => {
    const [mine, other] = [await somebody(), await somebody('sales_director')]
    await saveView(await actorOf(mine.person), { name: '我的', search: 'life=lost', shared: false })
    const [view] = await viewsOf(mine.person)
    const token = (await other.browser.fieldsOf('/language', '/profile'))['_csrf']!
    expect((await other.browser.visit(`/customers/views/${view!.id}`)).status).toBe(404)
    for (const way of ['', '/sharing', '/removal'])
      expect(
        (await other.browser.post(`/customers/views/${view!.id}${way}`, { _csrf: token, name: '别人的' })).status,
      ).toBe(404)
    expect((await viewsOf(mine.person))[0]).toMatchObject({ name: '我的', shared: false })
    expect((await other.browser.visit('/customers')).$('.views').text()).not.toContain('我的 ')
  })

  it('giving it to everybody takes the right; then all have it, each with their own customers', async () => {
    const [director, desk] = [await somebody('sales_director'), await somebody()]
    const deskActor = await actorOf(desk.person)
    await expect(saveView(deskActor, { name: '大家', search: '', shared: true })).rejects.toBeInstanceOf(Forbidden)
    await saveView(await actorOf(director.person), { name: '大家的名单', search: 'owner=mine', shared: true })
    const [view] = await viewsOf(director.person)
    await make.customer({ ownerId: desk.person.id })
    const page = await desk.browser.visit('/customers?owner=mine')
    expect(page.$('.views [aria-current]').text().replace(/\s+/g, ' ').trim()).toBe('大家的名单 1')
    expect((await desk.browser.visit(`/customers/views/${view!.id}`)).status).toBe(404)
    const other = await somebody('cs_manager')
    const back = await other.browser.submit(`/customers/views/${view!.id}/sharing`, {}, '/customers/views')
    expect(back.$('.notice').text()).toContain('不再给别人用')
    expect((await viewsOf(director.person))[0]!.shared).toBe(false)
    expect((await viewsFor(deskActor)).map(({ id }) => id)).not.toContain(view!.id)
    await removeView(await actorOf(director.person), view!.id)
  })

  it('one’s own come before those of others, and the lists that are always there before both', async () => {
    const [director, desk] = [await somebody('sales_director'), await somebody()]
    await saveView(await actorOf(director.person), { name: '给大家的', search: 'life=void', shared: true })
    await saveView(await actorOf(desk.person), { name: '自己的', search: 'life=lapsed', shared: false })
    const words = (await desk.browser.visit('/customers')).$('.views').text()
    expect(words.indexOf('待确认')).toBeLessThan(words.indexOf('自己的'))
    expect(words.indexOf('自己的')).toBeLessThan(words.indexOf('给大家的'))
    await removeView(await actorOf(director.person), (await viewsOf(director.person))[0]!.id)
  })
})
