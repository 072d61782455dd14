import type { Actor } from '../access/actor.ts'
import { system } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { addMonths } from '../calendar/reckoning.ts'
import { translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { notify, type NewNotice } from '../notices/commands.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { endingUntold, lacking, type Holder } from './queries.ts'
import { points, tickProblems, type Ticks } from './rules.ts'

/** ARC-19: all three, by oneself; what was read is kept with it. Answers with the moment until which it is good. */
export async function acknowledge(actor: Actor, ticks: Ticks, now: Date): Promise<Date> {
  refuseIf(tickProblems(ticks))
  const untilAt = addMonths(now, (await regulationAt(now)).value('archive.acknowledge_months'))
  const t = translate[actor.language]
  const text = points.map((point) => t(`acknowledgements:point.${point}`)).join('\n')
  await change(actor, async (tx, audit) => {
    await tx.acknowledgement.create({ data: { staffId: actor.id, at: now, untilAt, text } })
    await audit('acknowledgement.given', `staff:${actor.id}`, { after: { until: untilAt.toISOString(), text } })
  })
  return untilAt
}

/** Tells everybody who has access to files and lacks it; answers with how many. */
export async function remindLacking(actor: Actor, now: Date): Promise<number> {
  const people = await lacking(now)
  if (people.length === 0) throw new Refused([{ rule: 'ARC-19', reason: 'acknowledgements:refused.nobodyLacks' }])
  await change(actor, async (tx, audit) => {
    const asked = people.map((one) => noticeTo(one, 'acknowledgement.asked', { by: actor.name }))
    await notify(tx, asked, now)
    await audit('acknowledgement.reminded', 'acknowledgements', { after: { people: people.length } })
  })
  return people.length
}

/** Thirty days before it ends, once for each. */
export async function tellEnding(now: Date): Promise<number> {
  const people = await endingUntold(now)
  if (people.length === 0) return 0
  await change(system, async (tx, audit) => {
    await notify(tx, people.map(endingNotice), now)
    await audit('acknowledgement.reminded', 'acknowledgements', { after: { people: people.length } })
  })
  return people.length
}

const endingNotice = (one: Holder) =>
  noticeTo(one, 'acknowledgement.ending', {
    until: dateText(new Date(one.untilAt!.getTime() - 1)),
    untilAt: String(one.untilAt!.getTime()),
  })

const noticeTo = (
  { id }: Holder,
  kind: 'acknowledgement.asked' | 'acknowledgement.ending',
  params: Record<string, string>,
): NewNotice => ({ to: id, kind, subject: `staff:${id}`, href: '/acknowledgement', rule: 'ARC-19', params })
