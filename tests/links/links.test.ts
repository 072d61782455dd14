import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { customerFor } from '../../src/customers/queries.ts'
import { db } from '../../src/db.ts'
import { addLink, removeLink } from '../../src/links/commands.ts'
import { linkFor, linksFor } from '../../src/links/queries.ts'
import { linkProblems, linkSides, opposite, sideOf, storedLink, type LinkSide } from '../../src/links/rules.ts'
import { linksSection } from '../../src/links/section.ts'
import { Forbidden, NotFound, Refused } from '../../src/lib/refused.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, make, theCast } from '../support/make.ts'

const now = new Date('2026-11-24T06:05:00Z')
let director: Actor
let manager: Actor
let desk: Browser

beforeAll(async () => {
  const cast = await theCast()
  director = await actorOf(cast.sales_director)
  manager = await actorOf(cast.general_manager)
  desk = await signIn(await make.staff([{ role: 'front_desk' }]))
})

type Here = { id: bigint; number: string; name: string }
const link = (here: Here, side: LinkSide, other: string, note: string | null = null) =>
  addLink(director, here, { side, other, note }, now)
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) =>
      error instanceof Refused ? error.refusals.map(({ rule, reason, field }) => `${rule} ${reason} ${field}`) : error,
  )
const seenBy = async (actor: Actor, customer: Here) =>
  (await linksFor(actor, customer)).map(({ side, other }) => `${side} ${other.name}`)
const trailOf = (id: bigint) =>
  db.auditEntry.findMany({ where: { subject: `customer:${id}`, kind: 'change' }, orderBy: { id: 'asc' } })
const pair = async () => [await make.customer(), await make.customer()] as const

describe('CUS-12: the two sides of a link', () => {
  it.each<[LinkSide, LinkSide]>([
    ['parent', 'subsidiary'],
    ['referrer', 'referred'],
    ['relative', 'relative'],
    ['driver', 'driven'],
    ['secretary', 'assisted'],
    ['attached_guest', 'host'],
  ])('%s is %s from the other', (one, other) => {
    expect(opposite(one)).toBe(other)
    expect(opposite(other)).toBe(one)
  })

  it('what is stored says the same from both ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...linkSides), (side) => {
        const stored = storedLink(side, 1n, 2n)
        expect(sideOf(stored, 1n)).toBe(side)
        expect(sideOf(stored, 2n)).toBe(opposite(side))
      }),
    )
  })

  it('is refused to itself, twice, reversed and in a circle', () => {
    const reasons = (...given: Parameters<typeof linkProblems>) => linkProblems(...given).map(({ reason }) => reason)
    const parent = storedLink('parent', 1n, 2n)
    expect(reasons(parent, [], [])).toEqual([])
    expect(reasons(storedLink('parent', 1n, 1n), [], [])).toEqual(['links:refused.self'])
    expect(reasons(parent, [parent], [])).toEqual(['links:refused.twice'])
    expect(reasons(parent, [storedLink('subsidiary', 1n, 2n)], [1n])).toEqual(['links:refused.circle'])
    expect(reasons(parent, [], [3n, 1n])).toEqual(['links:refused.circle'])
    expect(reasons(storedLink('driver', 1n, 2n), [storedLink('driven', 1n, 2n)], [])).toEqual([
      'links:refused.reversed',
    ])
    const relative = storedLink('relative', 1n, 2n)
    expect(reasons(relative, [storedLink('relative', 2n, 1n)], [])).toEqual(['links:refused.twice'])
  })
})

describe('CUS-12: linking', () => {
  it('shows on both sides with the right word, and stands in the trail of both', async () => {
    const [one, other] = await pair()
    await link(one, 'parent', other.number, '2026 年并入')
    expect(await seenBy(director, one)).toEqual([`parent ${other.name}`])
    expect(await seenBy(director, other)).toEqual([`subsidiary ${one.name}`])
    const [here, there] = [(await trailOf(one.id)).at(-1)!, (await trailOf(other.id)).at(-1)!]
    expect(here).toMatchObject({ action: 'link.added', after: { side: 'parent', other: other.number } })
    expect(there).toMatchObject({ action: 'link.added', after: { side: 'subsidiary', other: one.number } })
  })

  it('finds the other by its exact name, with or without the width of its brackets', async () => {
    const [one] = await pair()
    const other = await make.customer({}, `桃源里${Date.now()}机电（杭州）有限公司`)
    await link(one, 'referrer', other.name.replace('（', '(').replace('）', ')'))
    expect(await seenBy(director, other)).toEqual([`referred ${one.name}`])
  })

  it('asks for the number where several have the name, and says when nobody has', async () => {
    const name = `广寒${Date.now()}制冷有限公司`
    const [one] = await pair()
    await make.customer({}, name)
    await make.customer({}, name)
    expect(await refusalOf(link(one, 'relative', name))).toEqual(['CUS-12 links:refused.several other'])
    expect(await refusalOf(link(one, 'relative', 'K2026999999'))).toEqual(['CUS-12 links:refused.unknown other'])
    expect(await refusalOf(link(one, 'relative', name.slice(0, 5)))).toEqual(['CUS-12 links:refused.unknown other'])
  })

  it('refuses itself, twice, the reverse and a circle over three, and writes nothing', async () => {
    const [one, two] = await pair()
    const three = await make.customer()
    await link(one, 'parent', two.number)
    await link(two, 'parent', three.number)
    const before = await db.customerLink.count()
    expect(await refusalOf(link(one, 'relative', one.number))).toEqual(['CUS-12 links:refused.self other'])
    expect(await refusalOf(link(one, 'parent', two.number))).toEqual(['CUS-12 links:refused.twice other'])
    expect(await refusalOf(link(two, 'subsidiary', one.number))).toEqual(['CUS-12 links:refused.twice other'])
    expect(await refusalOf(link(three, 'parent', one.number))).toEqual(['CUS-12 links:refused.circle other'])
    expect(await db.customerLink.count()).toBe(before)
  })

  it('four who close a circle at the same moment do not', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => make.customer()))
    const answers = await Promise.all(all.map((one, at) => refusalOf(link(one, 'parent', all[(at + 1) % 4]!.number))))
    expect(answers.filter((answer) => answer !== null)).toEqual([['CUS-12 links:refused.circle other']])
  })

  it('two who link the same two from both sides do not wait for each other', async () => {
    const [one, other] = await pair()
    const answers = await Promise.all([
      refusalOf(link(one, 'relative', other.number)),
      refusalOf(link(other, 'relative', one.number)),
    ])
    expect(answers.filter((answer) => answer === null)).toHaveLength(1)
  })

  it('PPL-01: what one does not see can neither be linked nor is it listed', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const sales = await actorOf(person)
    const mine = await make.customer({ ownerId: person.id })
    const foreign = await make.customer()
    expect(await refusalOf(addLink(sales, mine, { side: 'parent', other: foreign.number, note: null }, now))).toEqual([
      'CUS-12 links:refused.unknown other',
    ])
    await link(mine, 'parent', foreign.number)
    expect(await seenBy(director, mine)).toHaveLength(1)
    expect(await seenBy(sales, mine)).toEqual([])
    const { id } = await db.customerLink.findFirstOrThrow({ where: { fromId: mine.id } })
    await expect(linkFor(sales, mine.number, String(id))).rejects.toThrow(NotFound)
    const browser = await signIn(person)
    const page = await browser.visit(`/customers/${mine.number}`)
    expect(page.status).toBe(200)
    expect(page.response.text).not.toContain(foreign.number)
    expect(page.response.text).not.toContain(foreign.name)
  })

  it('PPL-01: is not for who may only look', async () => {
    const [one, other] = await pair()
    const looking = addLink(manager, one, { side: 'parent', other: other.number, note: null }, now)
    expect(await refusalOf(looking)).toBeInstanceOf(Forbidden)
    expect(linksSection(manager, await customerFor(manager, one.number), []).add).toBeNull()
  })
})

describe('CUS-12: removing', () => {
  it('takes it from both sides, keeps the reason in both histories, and it may be made anew', async () => {
    const [one, other] = await pair()
    await link(one, 'driver', other.number)
    const [{ id } = { id: 0n }] = await linksFor(director, other)
    await removeLink(director, other, id, { reason: '换了司机' }, now)
    expect(await seenBy(director, one)).toEqual([])
    expect(await seenBy(director, other)).toEqual([])
    for (const end of [one, other])
      expect((await trailOf(end.id)).at(-1)).toMatchObject({ action: 'link.removed', why: '换了司机' })
    expect(await refusalOf(removeLink(director, one, id, { reason: '换了司机' }, now))).toBeInstanceOf(NotFound)
    await link(one, 'driver', other.number)
    expect(await seenBy(director, one)).toEqual([`driver ${other.name}`])
  })

  it('only by a customer it belongs to', async () => {
    const [one, other] = await pair()
    const third = await make.customer()
    await link(one, 'parent', other.number)
    const [{ id } = { id: 0n }] = await linksFor(director, one)
    await expect(linkFor(director, third.number, String(id))).rejects.toThrow(NotFound)
  })
})

describe('in the browser', () => {
  it('a link is made and removed, and both pages tell', async () => {
    const [one, other] = await pair()
    const url = `/customers/${one.number}`
    const made = await desk.submit(`${url}/links/new`, { side: 'driven', other: ` ${other.number.toLowerCase()} ` })
    expect([made.status, made.url]).toEqual([200, url])
    expect(made.$('#links tbody').text()).toContain('司机所属')
    expect(made.$(`#links a[href="/customers/${other.number}"]`).text()).toBe(other.name)
    const back = await desk.visit(`/customers/${other.number}`)
    expect(back.$('#links tbody td').first().text()).toBe('司机')
    const [{ id } = { id: 0n }] = await linksFor(director, one)
    const form = await desk.visit(`${url}/links/${id}/removal`)
    expect(form.$('main').text()).toContain(other.name)
    expect((await desk.submit(`${url}/links/${id}/removal`, { reason: '关联错了' })).url).toBe(url)
    expect(await seenBy(director, other)).toEqual([])
  })

  it('CUS-12: a refused form keeps what was typed, and names the rule', async () => {
    const [one] = await pair()
    const page = await desk.submit(`/customers/${one.number}/links/new`, { side: 'relative', other: '蓬莱无此人' })
    expect(page.status).toBe(422)
    expect(page.$('.errors [data-rule="CUS-12"]').text()).toContain('蓬莱无此人')
    expect(page.$('[name=other]').val()).toBe('蓬莱无此人')
    expect(page.$('[name=side]').val()).toBe('relative')
    expect((await desk.submit(`/customers/${one.number}/links/new`, { other: '' })).status).toBe(422)
  })

  it('PPL-01: who may not correct the customer does not reach the forms', async () => {
    const [one, other] = await pair()
    await link(one, 'parent', other.number)
    const [{ id } = { id: 0n }] = await linksFor(director, one)
    const looker = await signIn((await theCast()).general_manager)
    for (const form of ['new', `${id}/removal`])
      expect((await looker.visit(`/customers/${one.number}/links/${form}`)).status).toBe(403)
  })
})
