import type { Actor } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import { addWorkingDays } from '../../calendar/reckoning.ts'
import { calendarAt } from '../../calendar/queries.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { lockColleague } from '../../tasks/colleagues.ts'
import { giveTask } from '../../tasks/commands.ts'

type About = { number: string; keeperId: bigint; customerId: bigint }

/** ARC-22: what does not last is copied by its keeper; the task names the number alone. Answers with the task's number. */
export async function giveCopyingTask(tx: Tx, audit: Audit, actor: Actor, about: About, now: Date): Promise<string> {
  const days = (await regulationAt(now)).value('archive.copying_days')
  const dueOn = dateText(addWorkingDays(await calendarAt(now), now, days))
  const keeper = await lockColleague(tx, { id: about.keeperId })
  const title = translate.zh('archive:copying.title', { number: about.number })
  const note = translate.zh('archive:copying.note', { number: about.number })
  const { customerId } = about
  const given = { title, note, ownerId: keeper?.id ?? actor.id, dueOn, customerId, origin: `customer:${customerId}` }
  return giveTask(tx, audit, actor, given, now)
}
