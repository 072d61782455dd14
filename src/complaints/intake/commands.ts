import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { change, type Audit } from '../../audit/change.ts'
import { lockCustomer } from '../../customers/queries.ts'
import type { Tx } from '../../db.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { notify } from '../../notices/commands.ts'
import { goneOf } from '../../organisation/queries.ts'
import { recordVerification } from '../../verifications/commands.ts'
import { tellHandler } from '../assigning/commands.ts'
import { holdGroups, linkStep, otherFor } from '../groups/commands.ts'
import type { Bond } from '../groups/rules.ts'
import { mayAssign } from './rights.ts'
import { seesComplaint } from '../policy.ts'
import { lockComplaint, subjectOf, type Complaint } from '../queries.ts'
import { takeStep } from '../taking.ts'
import { callersFor, meant, type Caller } from './callers.ts'
import { placeOf } from './destination.ts'
import type { Intake } from './forms.ts'
import { saidProblems } from './rules.ts'
import { accusedIn, saidColumns, unmasked } from './said.ts'

/** What became of it; whoever is complained about does not see it. */
export type Taken = { number: string; seen: boolean; assigned: boolean }

/** CMP-01: takes a complaint; with `assign` its handler begins at once. All that stands against it is said at once. */
export function takeComplaint(actor: Actor, input: Intake, now: Date): Promise<Taken> {
  return change(actor, async (tx, audit) => {
    if (input.act === 'assign' && !mayAssign(actor)) throw new Forbidden('complaints.assign')
    const [bond, linked] = linkOf(input)
    if (bond) await holdGroups(tx)
    const other = linked ? await otherFor(tx, actor, linked) : null
    const customer = await callerOf(tx, actor, input)
    const said = { ...input, phone: unmasked(input.phone, customer) }
    const accused = await accusedIn(tx, input.accused)
    const { problems, departmentId, ownerId } = await placeOf(tx, actor, input, accused.ids)
    const wrong = [...momentProblems(input, now), ...saidProblems(said, customer !== null)]
    refuseIf([...wrong, ...accused.problems, ...problems])
    if (departmentId !== null && (await goneOf(tx, { departmentId, regionId: null })))
      throw new Refused([{ rule: 'CMP-02', reason: 'intake:refused.departmentGone', field: 'departmentId' }])
    const facts = { ...saidColumns(said, customer), accused: accused.ids }
    const place = { departmentId, regionId: customer?.regionId ?? null, ownerId }
    const given = { ...facts, ...place, receivedAt: input.receivedAt ?? now }
    const complaint = await takeStep(tx, audit, actor, given, now)
    if (bond && other) await linkStep(tx, audit, actor, { complaint, other, bond }, now)
    if (input.checked && customer) await checkStep(tx, audit, actor, customer, input, now)
    await tellStep(tx, actor, complaint, now)
    if (ownerId !== null && ownerId !== actor.id) await tellHandler(tx, complaint, { to: ownerId, by: actor.name }, now)
    const { number } = complaint
    return { number, seen: seesComplaint(actor, await lockComplaint(tx, complaint.id)), assigned: ownerId !== null }
  })
}

function linkOf({ link }: Intake): [Bond | null, string | null] {
  const [bond = '', number = null] = link.split(':')
  return bond === 'repeat' || bond === 'group' ? [bond, number] : [null, null]
}

/** A letter is recorded later than it came; nothing is received before it is there. */
function momentProblems({ receivedAt }: Intake, now: Date) {
  if (!receivedAt || receivedAt <= now) return []
  return [{ rule: 'CMP-01', reason: 'intake:refused.future' as const, field: 'receivedAt' }]
}

/** The customer chosen; where nobody was asked, the only one whom phone or plate identify. */
async function callerOf(tx: Tx, actor: Actor, input: Intake): Promise<Caller | null> {
  const { customer, phone, product } = input
  if (customer === '') return null
  const callers = await callersFor(tx, actor, { customer: customer ?? '', phone: phone ?? '', product: product ?? '' })
  if (customer === undefined) return meant(callers)
  const chosen = callers.find(({ number }) => number === customer.toUpperCase())
  if (chosen) return chosen
  throw new Refused([{ rule: 'CMP-01', reason: 'intake:refused.noCustomer', field: 'customer' }])
}

/** CMP-04: who called says that phone and address are as recorded; the trail of the customer says nothing of a complaint. */
async function checkStep(tx: Tx, audit: Audit, actor: Actor, { id }: Caller, { channel }: Intake, now: Date) {
  const customer = await lockCustomer(tx, id)
  if (!may(actor, 'customers.view', customer) || !may(actor, 'customers.verify', customer)) return
  const way = channel === 'visit' ? 'visit' : channel === 'phone' || channel === 'call_back' ? 'call' : 'customer_said'
  const source = { way, wayNote: null } as const
  await recordVerification(tx, actor, { customerId: id, parts: ['reach'], source }, now)
  await audit('customer.verified', `customer:${id}`, { after: { verifiedParts: ['reach'], way } })
}

/** CMP-01: the customer service manager hears at once of what the group's call centre passed on. */
async function tellStep(tx: Tx, actor: Actor, complaint: Complaint, now: Date): Promise<void> {
  if (complaint.channel !== 'group_centre') return
  const { number, accused } = complaint
  const managers = (await holdersAt(tx, 'cs_manager', complaint)).filter((id) => !accused.includes(id))
  const notice = {
    kind: 'complaint.group_centre',
    subject: subjectOf(complaint),
    href: `/complaints/${number}`,
  } as const
  await notify(
    tx,
    managers.map((to) => ({ ...notice, to, rule: 'CMP-01', params: { number, by: actor.name }, urgent: true })),
    now,
  )
}
