import type pg from 'pg'
import type { Actor } from '../../src/access/actor.ts'
import { actorFor } from '../../src/access/queries.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { Refused } from '../../src/lib/refused.ts'
import { cast } from '../../tests/support/cast.ts'
import { tradersOf } from './credit-identity.ts'
import { stories, type Act } from './credit-stories.ts'
import { tellerAt, type Member, type People, type Teller } from './credit-teller.ts'

/**
 * Credit as the people of the cast would have lived it, through the product's own commands on a moved clock: released and
 * shipped, held, signed, guaranteed, paid first, given up, and one final override that was not paid by the month's end.
 */
export async function tellCredit(client: pg.Client): Promise<number> {
  const moment = now()
  const { rows: told } = await client.query('select 1 from credit_override limit 1')
  if (told.length > 0) return 0
  const people = await peopleOf(client)
  const customers = await customersOf(client, people)
  if (customers.length < stories.length) return 0
  const teller = tellerAt(moment, people)
  try {
    for (const [at, customer] of customers.entries()) await teller.history(customer, at)
    const acts = stories.flatMap((story, n) => story(customers[n]!, teller, moment).map((act) => ({ ...act, n })))
    await tell(
      acts.toSorted((a, b) => b.ago - a.ago || (a.hour ?? 10) - (b.hour ?? 10)),
      teller,
    )
  } finally {
    moveClock(() => new Date())
  }
  return stories.length
}

/** Where the rules refuse a story on this day of the year, it ends there; the others go on. */
async function tell(acts: (Act & { n: number })[], teller: Teller): Promise<void> {
  const ended = new Set<number>()
  for (const { n, act, ...back } of acts) {
    if (ended.has(n)) continue
    teller.go(back)
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      console.log(`授信故事 / credit story ${n + 1}: ${error.message}`)
      ended.add(n)
    }
  }
}

/** The seller's, in the department of the head and the region of the manager, with a copy of who opened them. */
async function customersOf(client: pg.Client, { sales, dept_head, area_manager }: People): Promise<string[]> {
  const [department] = dept_head.grants.flatMap(({ departmentIds }) => departmentIds)
  const [region] = area_manager.grants.flatMap(({ regionIds }) => regionIds)
  const { rows } = await client.query<{ number: string }>(
    `update customer set department_id = coalesce($2, department_id), region_id = coalesce($3, region_id)
     where id = any($1::bigint[]) returning number`,
    [await tradersOf(client, stories.length, sales.id), department ?? null, region ?? null],
  )
  return rows.map(({ number }) => number)
}

async function peopleOf(client: pg.Client): Promise<People> {
  const found: [Member, Actor][] = []
  for (const { role, phone } of cast) {
    const { rows } = await client.query<{ id: string; epoch: number }>('select id, epoch from staff where phone = $1', [
      phone,
    ])
    found.push([role, (await actorFor(rows[0]!.id, rows[0]!.epoch, { ip: null, requestId: null }))!])
  }
  return Object.fromEntries(found) as People
}
