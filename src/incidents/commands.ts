import type { IncidentKind } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { translate } from '../i18n.ts'
import { yearOf } from '../lib/dates.ts'
import { refuseIf } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import type { IncidentInput } from './forms.ts'
import { namedBy, toldOf } from './queries.ts'
import { happenedProblems, incidentNumber } from './rules.ts'

export type NewIncident = {
  kind: IncidentKind
  what: string
  happenedAt?: Date | null
  doneAtOnce?: string | null
  customerId?: bigint | null
  itemId?: bigint | null
  loanId?: bigint | null
}

/**
 * ARC-20, the first minute: writes down what somebody saw and tells who has to act, at once and at any hour. Within
 * another change: a return that does not tally, a copy that is lost. Answers with its number. Its line in the trail stands
 * by itself, not with the customer: whom it is about may read the customer's history.
 */
export async function reportIncident(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  given: NewIncident,
  now: Date,
): Promise<string> {
  refuseIf(happenedProblems(given.happenedAt, now))
  const { kind, what, happenedAt = null, doneAtOnce = null, customerId = null, itemId = null, loanId = null } = given
  const number = incidentNumber(yearOf(now), await takeSerials(tx, 'incident', yearOf(now), 1))
  const about = { customerId, itemId, loanId }
  await tx.incident.create({
    data: { number, kind, what, happenedAt, doneAtOnce, ...about, reportedById: actor.id, reportedAt: now },
  })
  await audit('incident.reported', `incident:${number}`, { after: { kind, what, happenedAt, doneAtOnce, ...about } })
  await tell(tx, actor, { number, kind }, now)
  return number
}

async function tell(tx: Tx, actor: Actor, { number, kind }: { number: string; kind: IncidentKind }, now: Date) {
  const people = (await toldOf(tx)).filter((id) => id !== actor.id)
  const params = { by: actor.name, number, kind: { word: `incidents:kind.${kind}` as const } }
  await notify(
    tx,
    people.map((to) => ({
      to,
      kind: 'incident.reported' as const,
      subject: `incident:${number}`,
      href: `/incidents/${number}`,
      rule: 'ARC-20',
      params,
      urgent: true,
    })),
    now,
  )
}

/**
 * By hand, by anybody: the numbers are taken as they were written. Whether they stand for something the reporter is not
 * told; what stands for nothing is kept in the text.
 */
export function reportByHand(actor: Actor, input: IncidentInput, now: Date): Promise<string> {
  const { kind, happenedAt, doneAtOnce, item, customer } = input
  return change(actor, async (tx, audit) => {
    const named = await namedBy(tx, { item, customer })
    const what = withUnknown(actor, input, named)
    return reportIncident(tx, audit, actor, { kind, what, happenedAt: happenedAt ?? null, doneAtOnce, ...named }, now)
  })
}

function withUnknown(
  actor: Actor,
  { what, item, customer }: IncidentInput,
  { itemId, customerId }: { itemId: bigint | null; customerId: bigint | null },
): string {
  const t = translate[actor.language]
  const unknown = [item && itemId === null && item, customer && (itemId !== null || customerId === null) && customer]
  const named = unknown.filter(Boolean).join(t('web:comma'))
  return named ? `${what}\n${t('incidents:alsoNamed', { named })}` : what
}
