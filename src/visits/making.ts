import type { CustomerLife, VisitPurpose, VisitTarget } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import { visibleCustomers } from '../customers/policy.ts'
import { searchable } from '../customers/search.ts'
import type { Tx } from '../db.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { rolesOf } from './people.ts'
import { limitOf } from './posts.ts'
import { lockVisit, subjectOf, trailOf, type Visit } from './queries.ts'
import { sumProblems, weigh, type Spending } from './spending.ts'

/** Somebody of the other side: a contact of the record, or a name. */
export type Person = { contactId: bigint | null; name: string; post: string | null }

/** VIS-02: what is planned of a visit. */
export type NewVisit = {
  /** Null for who is no customer yet, or of the same trade; then `party` says who. */
  customerId: bigint | null
  party: string
  target: VisitTarget
  purposes: readonly VisitPurpose[]
  startsAt: Date
  timed: boolean
  minutes: number
  place: string | null
  district: string | null
  agenda: string | null
  bring: string | null
  /** Colleagues who come along. */
  companions: readonly bigint[]
  people: readonly Person[]
  /** Other customers who take part. */
  parties: readonly bigint[]
  spendings: readonly Spending[]
  templateId?: bigint | null
  replacesId?: bigint | null
} & (
  | { planId: bigint; unplannedReason?: undefined }
  /** VIS-05: not in the plan, and why. */
  | { planId: null; unplannedReason: string }
)

/**
 * VIS-02, VIS-05: writes a visit down within a change, as the actor's own: a line of a plan, or an unplanned visit, which
 * needs nobody's word. Costs above the post's limit are `asked` (VIS-04): the plan's approval decides them, of an
 * unplanned visit they are asked for by spendings/asking.ts. The customer and its parties must be seen by the actor.
 */
export async function makeVisit(tx: Tx, audit: Audit, actor: Actor, given: NewVisit, now: Date): Promise<Visit> {
  const { people, parties, spendings, unplannedReason, purposes, companions, planId, ...facts } = given
  const customer =
    given.customerId === null
      ? null
      : await tx.customer.findUniqueOrThrow({ where: { id: given.customerId }, select: { regionId: true } })
  const number = businessNumber('BF', yearOf(now), await takeSerials(tx, 'visit', yearOf(now), 1))
  const regulation = await regulationAt(now)
  const roles = await rolesOf(tx, actor.id)
  const costs = weigh(spendings, [], (kind) => limitOf(regulation, roles, kind))
  refuseIf(sumProblems(costs))
  const { id } = await tx.visit.create({
    data: {
      ...facts,
      ...visitSearch(given, number),
      number,
      planId,
      unplanned: planId === null,
      unplannedReason: unplannedReason ?? null,
      state: planId === null ? 'approved' : 'draft',
      onDay: dayOf(given.startsAt),
      purposes: [...purposes],
      companions: [...companions],
      ownerId: actor.id,
      departmentId: actor.departmentId,
      regionId: customer?.regionId ?? null,
      recordedAt: now,
      recordedById: actor.id,
      people: { create: people.map((one) => ({ ...one })) },
      parties: { create: parties.map((customerId) => ({ customerId })) },
      spendings: { create: costs },
    },
    select: { id: true },
  })
  const visit = await lockVisit(tx, id)
  const part = subjectOf(visit)
  await audit(planId === null ? 'visit.added' : 'visit.planned', trailOf(visit), {
    before: { part },
    after: { visit: number, party: visit.party, startsAt: dateTimeText(visit.startsAt), part },
    ...(unplannedReason ? { why: unplannedReason } : {}),
  })
  return visit
}

/** CUS-14: what is stored of a visit so that two characters or initials find it. */
export function visitSearch({ party, agenda, place }: Pick<NewVisit, 'party' | 'agenda' | 'place'>, number: string) {
  const { grams, text } = searchable([
    { text: party, as: 'company' },
    { text: number, as: 'plain' },
    ...(agenda ? [{ text: agenda, as: 'plain' as const }] : []),
    ...(place ? [{ text: place, as: 'plain' as const }] : []),
  ])
  return { grams, searchText: text }
}

/**
 * PRV-02: whom a visit is written down with again, as it was copied from another: seen by this person still, as when they
 * were chosen.
 */
export async function refuseUnseen(
  tx: Tx,
  actor: Actor,
  { customerId, parties }: Pick<NewVisit, 'customerId' | 'parties'>,
) {
  const ids = [...new Set([...(customerId === null ? [] : [customerId]), ...parties])]
  if (ids.length === 0) return
  const where = { AND: [visibleCustomers(actor), { id: { in: ids }, life: { not: 'void' as const } }] }
  if ((await tx.customer.count({ where })) < ids.length)
    throw new Refused([{ rule: 'VIS-02', reason: 'visits:refused.customerUnknown' }])
}

/** VIS-02: what is kept of a customer only as void is nobody who is visited. */
export const voidProblems = (found: readonly { life: CustomerLife; name: string; number: string }[], field: string) =>
  found
    .filter(({ life }) => life === 'void')
    .map(({ name, number }): Refusal => ({
      rule: 'VIS-02',
      reason: 'visits:refused.customerVoid',
      field,
      params: { name, number },
    }))

/** Whom one may visit: a customer that this person sees (PRV-02), by number, whose record was not made void. */
export async function customerToVisit(tx: Tx, actor: Actor, number: string, field = 'customer') {
  const where = { AND: [visibleCustomers(actor), { number: number.toUpperCase() }] }
  const select = {
    id: true,
    number: true,
    name: true,
    grade: true,
    district: true,
    address: true,
    ownerId: true,
    regionId: true,
    life: true,
  }
  const found = await tx.customer.findFirst({ where, select })
  if (!found) throw new Refused([{ rule: 'VIS-02', reason: 'visits:refused.customerUnknown', field }])
  refuseIf(voidProblems([found], field))
  return found
}
