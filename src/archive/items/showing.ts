import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { NotFound } from '../../lib/refused.ts'
import { throughOf } from '../../viewings/viewer.ts'
import { shownAs } from '../contents/opening.ts'
import { openingProblems } from '../opening.ts'
import type { Item } from '../queries.ts'
import { recordReading } from '../registering.ts'
import { itemPage } from './pages.ts'
import { contentsOf, overdueOf, registersOf } from './queries.ts'

/** ARC-07: that somebody looked is on record before the page is shown, whether it opened or not. */
export async function showItem(actor: Actor, item: Item, n: number | undefined, now: Date) {
  const problems = await openingProblems(actor, item, now)
  const opens = problems.length === 0
  const contents = opens ? await contentsOf(item) : []
  const chosen = n === undefined ? contents[0] : contents.find((one) => one.n === n)
  if (opens && n !== undefined && !chosen) throw new NotFound()
  await recordReading(actor, item, opens ? { way: 'page', ...(await throughOf(actor, item, now)) } : { way: 'refused' })
  return itemPage(actor, item, {
    problems,
    contents,
    chosen,
    shownAs: chosen ? shownAs(chosen) : null,
    overdue: await overdueOf(actor, now),
    registers: item.known && may(actor, 'archive.registers', item) ? await registersOf(item) : null,
  })
}
