import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { itemSorts, type ItemSort } from '../../src/archive/list/forms.ts'
import { itemsFor, pageSize } from '../../src/archive/list/queries.ts'
import { actorOf, theCast } from '../support/make.ts'
import { asked, manyItems } from './shelf.ts'

type Shelf = Awaited<ReturnType<typeof manyItems>>
type Row = Shelf['items'][number]
let shelf: Shelf
let actors: { knows: Actor; partly: Actor }
beforeAll(async () => {
  shelf = await manyItems(90)
  const { cs_manager, finance } = await theCast()
  actors = { knows: await actorOf(cs_manager), partly: await actorOf(finance) }
})

const soundOf = ({ searchText }: Row) => searchText.split('\n')[2] || searchText.split('\n')[0]!
const dayOf = ({ datedOn }: Row) => datedOn?.toISOString() ?? ''
const less = (a: string | bigint, b: string | bigint) => (a < b ? -1 : a > b ? 1 : 0)

/** What the page must hold, by a plain sort of what may be known. */
function plainly(sort: ItemSort, knows: boolean): string[] {
  const key = (row: Row) =>
    sort.startsWith('title') ? soundOf(row) : sort.startsWith('dated') ? dayOf(row) : row.number
  const by = (a: Row, b: Row) => (sort === 'newest' ? less(a.id, b.id) : less(key(a), key(b)) || less(a.id, b.id))
  const open = sort.startsWith('title') || sort.startsWith('dated')
  const shown = shelf.items.filter(({ secrecy }) => knows || !open || secrecy !== 'confidential').toSorted(by)
  return (sort === 'newest' || sort.endsWith('_reversed') ? shown.toReversed() : shown).map(({ number }) => number)
}

const walk = (actor: Actor, sort: ItemSort, at: Record<string, string> = {}) =>
  itemsFor(actor, asked({ keeper: shelf.keeper.number, sort, ...at }))

describe('ARC-02: the index in any order', () => {
  it.each(itemSorts)('ARC-02: %s goes through all of it once, forth and back', async (sort) => {
    for (const knows of [true, false]) {
      const actor = knows ? actors.knows : actors.partly
      const all = plainly(sort, knows)
      const seen: string[] = []
      let page = await walk(actor, sort)
      expect(page.count).toBe(all.length)
      expect(page.earlier).toBe(false)
      for (seen.push(...page.rows.map(({ number }) => number)); page.later;) {
        page = await walk(actor, sort, { after: seen.at(-1)! })
        seen.push(...page.rows.map(({ number }) => number))
      }
      expect(seen).toEqual(all)
      const before = await walk(actor, sort, { before: page.rows[0]!.number })
      const end = all.indexOf(page.rows[0]!.number)
      expect(before.rows.map(({ number }) => number)).toEqual(all.slice(Math.max(0, end - pageSize), end))
    }
  })

  it('ARC-02: from any item on and any item back it is what a plain sort gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...itemSorts),
        fc.nat(89),
        fc.boolean(),
        fc.boolean(),
        async (sort, at, knows, back) => {
          const all = plainly(sort, knows)
          const number = all[at % all.length]!
          const where = all.indexOf(number)
          const page = await walk(
            knows ? actors.knows : actors.partly,
            sort,
            back ? { before: number } : { after: number },
          )
          const right = back
            ? all.slice(Math.max(0, where - pageSize), where)
            : all.slice(where + 1, where + 1 + pageSize)
          expect(page.rows.map((row) => row.number)).toEqual(right)
          expect([page.earlier, page.later]).toEqual(
            back ? [where > pageSize, true] : [true, where + 1 + pageSize < all.length],
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})
