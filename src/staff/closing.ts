import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { latestHandover } from '../handovers/queries.ts'
import { leftWith } from '../handovers/things.ts'
import { Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { emailProblems } from './addresses.ts'
import { lockAdministrators, lockPerson, otherAdministrators, type Person } from './queries.ts'
import { closingProblems, lastOneProblems } from './rules.ts'
import { endSessions } from './sessions.ts'

/** ACC-02: out at once and everywhere, and back whenever it is settled; whatever is theirs stays theirs. */
export async function suspendStaff(actor: Actor, id: bigint, reason: string): Promise<void> {
  if (actor.id === id) refuse('staff:refused.ownSuspension')
  return change(actor, async (tx, audit) => {
    const person = await lockInUse(tx, id)
    if (person.state === 'suspended') refuse('staff:refused.suspendedAlready', { name: person.name })
    await setState(tx, audit, person, 'suspended', reason)
  })
}

export async function resumeStaff(actor: Actor, id: bigint): Promise<void> {
  if (actor.id === id) refuse('staff:refused.ownSuspension')
  return change(actor, async (tx, audit) => {
    const person = await lockPerson(tx, id)
    if (person.state !== 'suspended') refuse('staff:refused.notSuspended', { name: person.name })
    await backToWork(tx, audit, person)
  })
}

/**
 * ACC-02: who has left is disabled, never deleted; only once nothing of theirs is left, so that no customer, task or
 * approval waits for somebody who is gone.
 */
export async function disableStaff(actor: Actor, id: bigint, now: Date): Promise<void> {
  if (actor.id === id) refuse('staff:refused.ownAccount')
  return change(actor, async (tx, audit) => {
    const person = await lockInUse(tx, id)
    refuseIf(closingProblems(await latestHandover(id, tx), await leftWith(tx, id, now)))
    await setState(tx, audit, person, 'disabled')
  })
}

export function enableStaff(actor: Actor, id: bigint): Promise<void> {
  return change(actor, async (tx, audit) => {
    await lockAdministrators(tx)
    const person = await lockPerson(tx, id)
    if (person.state === 'active') refuse('staff:refused.enabledAlready', { name: person.name })
    if (person.state === 'suspended') refuse('staff:refused.suspendedOnly', { name: person.name })
    await backToWork(tx, audit, person)
  })
}

async function lockInUse(tx: Tx, id: bigint): Promise<Person> {
  await lockAdministrators(tx)
  const person = await lockPerson(tx, id)
  if (person.state === 'disabled') refuse('staff:refused.disabledAlready', { name: person.name })
  const losing = person.state === 'active' ? person.grants.map(({ role }) => role) : []
  refuseIf(lastOneProblems(losing, await otherAdministrators(tx, id)))
  return person
}

async function backToWork(tx: Tx, audit: Audit, person: Person): Promise<void> {
  refuseIf(await emailProblems(tx, person.email, person.id, 'staff:refused.emailTakenMeanwhile'))
  await setState(tx, audit, person, 'active')
}

const actions = { suspended: 'staff.suspended', disabled: 'staff.disabled' } as const

async function setState(tx: Tx, audit: Audit, { id, state }: Person, next: Person['state'], why?: string) {
  await tx.staff.update({ where: { id }, data: { state: next }, select: { id: true } })
  await endSessions(tx, id)
  const back = state === 'suspended' ? 'staff.resumed' : 'staff.enabled'
  const action = next === 'active' ? back : actions[next]
  await audit(action, `staff:${id}`, { before: { state }, after: { state: next }, ...(why ? { why } : {}) })
}

function refuse(reason: Refusal['reason'], params?: Refusal['params']): never {
  throw new Refused([{ rule: 'ACC-02', reason, ...(params ? { params } : {}) }])
}
