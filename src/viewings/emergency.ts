import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { agreementInForce } from '../agreements/in-force.ts'
import { holdersAt, signerOf } from '../approvals/holders.ts'
import { stepOf } from '../approvals/kinds.ts'
import { lockItems, type Item } from '../archive/queries.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { dateTimeText } from '../lib/dates.ts'
import { refuseIf, type Refusal } from '../lib/refused.ts'
import { notify, type NewNotice } from '../notices/commands.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { kind, placeOf, signaturesOf } from './asking.ts'
import { insertViewing } from './commands.ts'
import type { NewEmergency } from './forms.ts'
import { askedItems, opensAnyway } from './judging.ts'
import { reasonProblems } from './rules.ts'

/** Who decides afterwards has only this to go by. */
export const reasonLength = 20
const hour = 3_600_000

/** Wish 21: opens at once, for hours; supervisor, archivist, keeper and who would have signed are told at once. */
export async function openInEmergency(
  actor: Actor,
  input: NewEmergency,
  now: Date,
): Promise<{ number: string; until: Date }> {
  const items = await askedItems(actor, input.items, opensAnyway)
  refuseIf([...emergencyProblems(actor, items), ...reasonProblems(input.reason, reasonLength)])
  const regulation = await regulationAt(now)
  if (!(await agreementInForce(actor.id, now)))
    refuseIf([{ rule: 'PRV-14', reason: 'viewings:refused.agreement', field: 'items' }])
  const until = new Date(now.getTime() + regulation.value('archive.emergency_hours') * hour)
  return change(actor, async (tx, audit) => {
    const held = await lockItems(
      tx,
      items.map(({ id }) => id),
    )
    refuseIf(emergencyProblems(actor, held))
    refuseIf(await openProblems(tx, actor, regulation.value('archive.emergency_open'), now))
    const { purpose, reason } = input
    const opened = { state: 'approved', emergency: true } as const
    const window = { from: now, until }
    const { id, number } = await insertViewing(tx, actor, { purpose, reason, window, items: held }, now, opened)
    const { customerId } = held[0]!
    await audit('viewing.emergency', `customer:${customerId}`, {
      after: { number, items: held.length, until, purpose },
      why: reason,
    })
    await startDeadlines(tx, 'viewing.review', [{ subject: `viewing:${id}`, customerId }], now)
    const whom = await toTell(tx, actor, held, now)
    await notify(tx, noticesOf(actor, { id, number, until, purpose }, whom), now)
    return { number, until }
  })
}

function emergencyProblems(actor: Actor, items: readonly Item[]): Refusal[] {
  const refuse = (reason: Refusal['reason'], number: string): Refusal => ({
    rule: 'ARC-07',
    reason,
    field: 'items',
    params: { number },
  })
  return items.flatMap((item) => {
    if (item.secrecy === 'top_secret') return [refuse('viewings:refused.topSecret', item.number)]
    return may(actor, 'viewings.emergency', item) ? [] : [refuse('viewings:refused.emergencyPlace', item.number)]
  })
}

/** One at a time, or as many as the company allows: two at once wait for each other. */
async function openProblems(tx: Tx, actor: Actor, most: number, now: Date): Promise<Refusal[]> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`emergency ${actor.id}`}, 0))::text`
  const open = await tx.viewing.findMany({
    where: { applicantId: actor.id, emergency: true, state: 'approved', endedAt: null, untilAt: { gt: now } },
    select: { number: true },
  })
  if (open.length < most) return []
  const params = { n: open.length, viewing: open.map(({ number }) => number).join('、') }
  return [{ rule: 'ARC-07', reason: 'viewings:refused.emergencyOpen', params }]
}

type Told = { watching: bigint[]; skipped: bigint[] }

async function toTell(tx: Tx, actor: Actor, items: readonly Item[], now: Date): Promise<Told> {
  const [place] = items as [Item]
  const regulation = await regulationAt(now)
  const skipped: bigint[] = []
  for (const { role, place: own } of signaturesOf(regulation, { items, visitor: false }, placeOf(actor)))
    skipped.push(...(await signerOf(tx, stepOf(kind, role), own ?? place, [actor.id])).staff)
  const watching = [
    ...(await holdersAt(tx, 'info_supervisor', place)),
    ...(await holdersAt(tx, 'archivist', place)),
    ...items.map(({ keeperId }) => keeperId),
  ]
  const others = (ids: bigint[]) => [...new Set(ids)].filter((id) => id !== actor.id)
  return { watching: others(watching), skipped: others(skipped) }
}

type Opened = { id: bigint; number: string; until: Date; purpose: NewEmergency['purpose'] }

function noticesOf(actor: Actor, { id, number, until, purpose }: Opened, { watching, skipped }: Told): NewNotice[] {
  const about = { subject: `viewing:${id}`, href: `/viewings/${number}`, rule: 'ARC-07', urgent: true }
  const params = { by: actor.name, number, until: dateTimeText(until) }
  const what = { word: `archive:purpose.${purpose}` } as const
  return [
    ...watching.map((to) => ({ to, kind: 'viewing.emergency' as const, ...about, params })),
    ...skipped.map((to) => ({
      to,
      kind: 'viewing.skipped' as const,
      ...about,
      params: { by: actor.name, number, what },
    })),
  ]
}
