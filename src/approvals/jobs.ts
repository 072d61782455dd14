import type { Role } from '../../prisma/client/enums.ts'
import { system } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { ask, db } from '../db.ts'
import type { Place } from './contract.ts'
import { endRequest } from './closing.ts'
import { holdersAt } from './holders.ts'
import { lockRequest, openStepOf } from './queries.ts'
import { signerInstead } from './rerouting.ts'
import { tellSigners } from './steps.ts'

const rowsInBatch = 500

/** Somebody else was first: thrown so that the empty transaction leaves no trace. */
class Overtaken extends Error {}

export type Tended = { expired: number; rerouted: number }

/** APR-01: what has waited too long ends, and what nobody can sign any more goes to who signs instead. */
export async function tendRequests(now: Date, stopped: () => boolean = () => false): Promise<Tended> {
  const failures: unknown[] = []
  const tended = {
    expired: await each(
      (after) => overdueAfter(after, now),
      (id) => expire(id, now),
      stopped,
      failures,
    ),
    rerouted: await each(orphanedAfter, (id) => reroute(id, now), stopped, failures),
  }
  // One that cannot be ended holds none of the others up, and is not kept quiet.
  if (failures.length > 0) throw failures[0]
  return tended
}

type Ids = { id: bigint }[]

/** Each in a change of its own, by however many processes at a time. */
async function each(
  next: (after: bigint) => Promise<Ids>,
  work: (id: bigint) => Promise<void>,
  stopped: () => boolean,
  failures: unknown[],
): Promise<number> {
  let done = 0
  for (let rows = await next(0n); rows.length > 0; rows = await next(rows.at(-1)!.id))
    for (const { id } of rows) {
      if (stopped()) return done
      const found = await work(id).then(
        () => null,
        (error: unknown) => error ?? 'unknown',
      )
      if (found === null) done++
      else if (!(found instanceof Overtaken)) failures.push(found)
    }
  return done
}

const overdueAfter = (after: bigint, now: Date): Promise<Ids> => ask`
  select id from approval_request where state = 'waiting' and expires_at <= ${now}::timestamptz and id > ${after}
  order by id limit ${rowsInBatch}`

function expire(id: bigint, now: Date): Promise<void> {
  return change(system, async (tx, audit) => {
    const request = await lockRequest(tx, id)
    if (request.state !== 'waiting' || !request.expiresAt || request.expiresAt > now) throw new Overtaken()
    await endRequest(tx, audit, system, request, { ending: 'expired', reason: null }, now)
  })
}

type RolePlace = Place & { role: Role }

/** Requests whose turn is a role's that nobody holds there who may sign, where somebody may instead. */
async function orphanedAfter(after: bigint): Promise<Ids> {
  const places = await ask<RolePlace>`
    select distinct role::text, department_id as "departmentId", region_id as "regionId"
    from approval_step where state = 'open' and role is not null`
  const found: bigint[] = []
  for (const place of places)
    for (const step of await orphansAt(place, after)) if (await signerInstead(db, step)) found.push(step.requestId)
  return found.sort((a, b) => Number(a - b)).map((id) => ({ id }))
}

async function orphansAt({ role, departmentId, regionId }: RolePlace, after: bigint) {
  const holders = await holdersAt(db, role, { departmentId, regionId })
  const rows = await ask<RolePlace & { requestId: bigint; kind: string; insteadOf: Role | null; excluded: string[] }>`
    select request_id as "requestId", kind, role::text, instead_of::text as "insteadOf", department_id as "departmentId", region_id as "regionId",
      excluded::text[] as excluded
    from approval_step where state = 'open' and role = ${role}::role and ${holders}::bigint[] <@ excluded
      and department_id is not distinct from ${departmentId}::bigint
      and region_id is not distinct from ${regionId}::bigint and request_id > ${after}`
  return rows.map((row) => ({ ...row, excluded: row.excluded.map(BigInt) }))
}

function reroute(id: bigint, now: Date): Promise<void> {
  return change(system, async (tx, audit) => {
    const request = await lockRequest(tx, id)
    const step = await openStepOf(tx, id)
    const instead = request.state === 'waiting' && step ? await signerInstead(tx, step) : null
    if (!step || !instead) throw new Overtaken()
    await tx.approvalStep.update({ where: { id: step.id }, data: instead })
    await tellSigners(tx, { ...step, ...instead }, now)
    const { number, kind } = request
    await audit('approval.rerouted', request.subject, {
      before: { role: step.role },
      after: { number, kind, role: instead.role },
    })
  })
}
