import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { NotFound, Refused, refuseIf } from '../../lib/refused.ts'
import { holdFor } from '../holding.ts'
import { relevel, relevelGroup } from '../leveling.ts'
import { mayWith, seesComplaint } from '../policy.ts'
import { lockComplaint, subjectOf, type Complaint } from '../queries.ts'
import { bondProblems, type Bond } from './rules.ts'

export type Linking = { other: string; bond: Bond; version: number }
export type Leaving = { bond: Bond; reason: string; version: number }

/**
 * Whoever changes groups waits here: ten people who link at once find each other's households, and nobody waits for
 * somebody who waits for him. Before any complaint is locked.
 */
export async function holdGroups(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('complaint.groups'))`
}

/** CMP-05: this complaint is a repeat of another one, or of the same matter. */
export function linkComplaint(actor: Actor, id: bigint, input: Linking, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    await holdGroups(tx)
    const other = await otherFor(tx, actor, input.other)
    const complaint = await holdFor(tx, actor, id, 'complaints.group', { version: input.version, rule: 'CMP-05' })
    await linkStep(tx, audit, actor, { complaint, other, bond: input.bond }, now)
    return other.number
  })
}

/** The other one, locked; of what the person does not see there is none. */
export async function otherFor(tx: Tx, actor: Actor, number: string): Promise<Complaint> {
  const found = await tx.complaint.findUnique({ where: { number: number.trim().toUpperCase() }, select: { id: true } })
  const other = found && (await lockComplaint(tx, found.id).catch(absent))
  if (other && seesComplaint(actor, other)) return other
  throw new Refused([{ rule: 'CMP-05', reason: 'intake:refused.noOther', field: 'other' }])
}

const absent = (error: unknown) => {
  if (error instanceof NotFound) return null
  throw error
}

type Link = { complaint: Complaint; other: Complaint; bond: Bond }

/** Within a change that holds the groups and both complaints. */
export async function linkStep(tx: Tx, audit: Audit, actor: Actor, link: Link, now: Date): Promise<void> {
  refuseIf(bondProblems(link.complaint, link.other, link.bond))
  if (link.bond === 'repeat') await repeatStep(tx, audit, link, now)
  else await groupStep(tx, audit, actor, link, now)
}

async function repeatStep(tx: Tx, audit: Audit, { complaint, other }: Link, now: Date): Promise<void> {
  const { id, version } = complaint
  await tx.complaint.update({ where: { id }, data: { repeatOfId: other.id, version: { increment: 1 } } })
  await audit('complaint.repeat_linked', subjectOf(complaint), {
    before: { version },
    after: { repeatOf: other.number, version: version + 1 },
  })
  await relevel(tx, audit, id, now)
}

async function groupStep(tx: Tx, audit: Audit, actor: Actor, { complaint, other }: Link, now: Date): Promise<void> {
  if (complaint.groupId !== null && complaint.groupId === other.groupId)
    throw new Refused([{ rule: 'CMP-05', reason: 'intake:refused.sameGroup', field: 'other' }])
  if (!mayWith(actor, 'complaints.group', other) && other.groupId === null)
    throw new Refused([{ rule: 'CMP-05', reason: 'intake:refused.othersGroup', field: 'other' }])
  const groupId = complaint.groupId ?? other.groupId ?? (await newGroup(tx, actor, other, now))
  for (const one of [complaint, other]) if (one.groupId !== groupId) await joinStep(tx, audit, one, groupId)
  await relevelGroup(tx, audit, groupId, now)
}

async function newGroup(tx: Tx, actor: Actor, { title }: Complaint, now: Date): Promise<bigint> {
  const data = { matter: title, createdAt: now, createdById: actor.id }
  return (await tx.complaintGroup.create({ data, select: { id: true } })).id
}

async function joinStep(tx: Tx, audit: Audit, complaint: Complaint, groupId: bigint): Promise<void> {
  const { id, version } = complaint
  await tx.complaint.update({ where: { id }, data: { groupId, version: { increment: 1 } } })
  await audit('complaint.grouped', subjectOf(complaint), {
    before: { version },
    after: { group: String(groupId), version: version + 1 },
  })
}

/** CMP-05: it is no repeat after all, or of another matter; the levels of all who are left are computed anew. */
export function unlinkComplaint(actor: Actor, id: bigint, input: Leaving, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await holdGroups(tx)
    const complaint = await holdFor(tx, actor, id, 'complaints.group', { version: input.version, rule: 'CMP-05' })
    const field = input.bond === 'repeat' ? 'repeatOfId' : 'groupId'
    const held = complaint[field]
    if (held === null || complaint.state === 'closed' || complaint.state === 'void')
      throw new Refused([{ rule: 'CMP-05', reason: 'intake:refused.notLinked', field: 'reason' }])
    await tx.complaint.update({ where: { id }, data: { [field]: null, version: { increment: 1 } } })
    await audit(input.bond === 'repeat' ? 'complaint.repeat_unlinked' : 'complaint.ungrouped', subjectOf(complaint), {
      before: { [input.bond === 'repeat' ? 'repeatOf' : 'group']: String(held), version: complaint.version },
      after: { version: complaint.version + 1 },
      why: input.reason,
    })
    await relevel(tx, audit, id, now)
    if (input.bond === 'group') await relevelGroup(tx, audit, held, now)
  })
}
