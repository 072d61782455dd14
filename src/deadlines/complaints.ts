import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, within } from '../access/policy.ts'
import { closedComplaints, fewComplaints } from '../complaints/few.ts'
import { clocksOfComplaints, seenComplaint, seesEveryComplaint } from './rows.ts'

/** CMP-03: the clocks of the complaints that a person sees, each as a `from` with its `where`; no clock comes by two of them. */
export type OfComplaints = {
  running: Prisma.Sql[]
  /** Enough of them for a count, all of them for the list. */
  ended: { counted: Prisma.Sql[]; listed: Prisma.Sql[] }
}

/** Who sees no more complaints than this by himself finds their clocks from the complaints. */
const few = 3000
/** So many places are asked one by one, each in the order of its index. */
const fewPlaces = 4

type Asked = { actor: Actor; unseen: string[]; mine: boolean; countedTo: number }

/** `unseen`: the subjects of what this person is not to know of. */
export async function ofComplaints({ actor, unseen, mine, countedTo }: Asked): Promise<OfComplaints> {
  if (!mayEver(actor, 'complaints.view')) return both([])
  const each = (ways: Prisma.Sql[]) => ways.map((way) => Prisma.sql`${way} ${fairSql(unseen)}`)
  if (seesEveryComplaint(actor)) return both(each([anySql(Prisma.sql`true`)]))
  const places = placesOf(actor)
  const there = orSql(places)
  if (mine) return both(each([anySql(Prisma.sql`(${there} or exists (select from ${seenComplaint(actor)}))`)]))
  const placed = places.length > fewPlaces ? [anySql(there)] : oneByOne(places)
  const elsewhere = places.length > 0 ? Prisma.sql`and (${there}) is not true` : Prisma.empty
  const own = await ownClocks(actor, countedTo)
  const besides = (way: Prisma.Sql | null) => each([...placed, ...(way ? [Prisma.sql`${way} ${elsewhere}`] : [])])
  return {
    running: besides(own.running),
    ended: { counted: besides(own.ended), listed: besides(own.every ? own.ended : among(actor)) },
  }
}

const both = (ways: Prisma.Sql[]): OfComplaints => ({ running: ways, ended: { counted: ways, listed: ways } })
const anySql = (where: Prisma.Sql) => Prisma.sql`deadline d where d.kind like 'complaint.%' and ${where}`
const fairSql = (unseen: string[]) =>
  unseen.length > 0 ? Prisma.sql`and d.subject <> all(${unseen}::text[])` : Prisma.empty

/** Each clock by looking up its complaint. */
const among = (actor: Actor) => anySql(Prisma.sql`exists (select from ${seenComplaint(actor)})`)

/** Where complaints lie that this person sees, a condition for each place. */
function placesOf(actor: Actor): Prisma.Sql[] {
  return (within(actor, 'complaints.view').OR ?? []).flatMap((place) => {
    if ('departmentId' in place)
      return place.departmentId.in.flatMap((id) => [
        Prisma.sql`d.complaint_department_id = ${id}`,
        Prisma.sql`d.complaint_receiving_id = ${id}`,
      ])
    return 'regionId' in place ? place.regionId.in.map((id) => Prisma.sql`d.complaint_region_id = ${id}`) : []
  })
}

const orSql = (places: Prisma.Sql[]) =>
  places.length > 0 ? Prisma.sql`(${Prisma.join(places, ' or ')})` : Prisma.sql`false`

/** Each place without those before it. */
const oneByOne = (places: Prisma.Sql[]) =>
  places.map((place, at) => {
    const before = places.slice(0, at)
    return Prisma.sql`deadline d where ${place} ${before.length > 0 ? Prisma.sql`and ${orSql(before)} is not true` : Prisma.empty}`
  })

/** The clocks of what comes to this person by himself, null where nothing does; `every`: whether all that ended are there. */
async function ownClocks(actor: Actor, countedTo: number) {
  const [open, every] = await Promise.all([fewComplaints(actor, 'open', few), fewComplaints(actor, 'every', few)])
  const of = (ids: bigint[]) => (ids.length > 0 ? clocksOfComplaints(ids) : null)
  // Each that was closed left a clock that has ended: so many of them are as far as anything is counted.
  const ended = every ?? [...(open ?? []), ...(await closedComplaints(actor, countedTo + 1))]
  return { running: open ? of(open) : among(actor), ended: of(ended), every: every !== null }
}
