import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { machineNow } from '../lib/clock.ts'
import { Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import { forgetTries, lockAt } from '../session/limits.ts'
import { endSessions } from '../staff/commands.ts'
import { seal, unseal } from './cipher.ts'
import { digitsOf, factorKey } from './checking.ts'
import { factorOf, lockKeys } from './queries.ts'
import { hashCodes, newCodes } from './recovery.ts'
import { newSecret, stepOf } from './totp.ts'

const none = { totpSecret: null, totpNext: null, totpConfirmedAt: null, totpStep: null }

/** A new secret that holds nothing yet: whatever factor there is stays until the first code of this one. */
export function beginSetUp(actor: Actor, { first = false } = {}): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { totpConfirmedAt } = await lockKeys(tx, actor.id)
    if (first && totpConfirmedAt !== null) refuseIf([wrong('over')])
    const totpNext = seal(newSecret(), actor.id)
    await tx.staff.update({ where: { id: actor.id }, data: { totpNext }, select: { id: true } })
    await audit('factor.begun', `staff:${actor.id}`)
  })
}

export function abandonSetUp(actor: Actor): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.staff.update({ where: { id: actor.id }, data: { totpNext: null }, select: { id: true } })
    await audit('factor.abandoned', `staff:${actor.id}`)
  })
}

/** The first code proves that the telephone has the secret. Answers with the recovery codes, shown this once. */
export async function confirmSetUp(actor: Actor, typed: string, now: Date, { first = false } = {}): Promise<string[]> {
  const codes = newCodes()
  const hashes = await hashCodes(codes)
  await change(actor, async (tx, audit) => {
    const { totpNext, totpConfirmedAt } = await lockKeys(tx, actor.id)
    // Who has proven only the password may set up the first factor, never another one.
    if (first && totpConfirmedAt !== null) refuseIf([wrong('over')])
    const secret = totpNext === null ? null : unseal(totpNext, actor.id)
    if (secret === null) throw new Refused([wrong('notBegun')])
    const step = stepOf(secret, digitsOf(typed), machineNow(), null)
    if (step === null) throw new Refused([{ ...wrong('first'), field: 'code' }])
    const data = { totpSecret: totpNext, totpNext: null, totpConfirmedAt: now, totpStep: step }
    await tx.staff.update({ where: { id: actor.id }, data, select: { id: true } })
    await replaceCodes(tx, actor.id, hashes)
    await audit(totpConfirmedAt === null ? 'factor.set_up' : 'factor.replaced', `staff:${actor.id}`)
  })
  return codes
}

/** New recovery codes; those before them open nothing any more. */
export async function renewCodes(actor: Actor): Promise<string[]> {
  const codes = newCodes()
  const hashes = await hashCodes(codes)
  await change(actor, async (tx, audit) => {
    const { totpConfirmedAt } = await lockKeys(tx, actor.id)
    if (totpConfirmedAt === null) refuseIf([wrong('none')])
    await replaceCodes(tx, actor.id, hashes)
    await audit('factor.codes_renewed', `staff:${actor.id}`)
  })
  return codes
}

export async function switchOff(actor: Actor, now: Date): Promise<void> {
  if ((await factorOf(actor.id, now)).required) refuseIf([wrong('required')])
  await change(actor, async (tx, audit) => {
    const { totpConfirmedAt } = await lockKeys(tx, actor.id)
    if (totpConfirmedAt === null) refuseIf([wrong('none')])
    await forget(tx, actor.id)
    await audit('factor.switched_off', `staff:${actor.id}`)
  })
}

/** A lost telephone: the factor is taken off by somebody else, every session ends, and the person is told. */
export async function resetFactor(actor: Actor, id: bigint, why: string, now: Date): Promise<void> {
  if (actor.id === id) refuseIf([wrong('ownReset')])
  await change(actor, async (tx, audit) => {
    const { totpConfirmedAt, number, name } = await lockKeys(tx, id)
    if (totpConfirmedAt === null) throw new Refused([{ ...wrong('nothingToReset'), params: { name } }])
    await forget(tx, id)
    await endSessions(tx, id)
    await audit('staff.factor_reset', `staff:${id}`, { why })
    await tell(tx, { id, number, name }, actor, now)
  })
  await forgetTries(factorKey(id), await lockAt(now))
}

const wrong = (of: RefusedWord): Refusal => ({ rule: 'ACC-01', reason: `second-factor:refused.${of}` })
type RefusedWord = 'over' | 'notBegun' | 'first' | 'none' | 'required' | 'ownReset' | 'nothingToReset'

async function replaceCodes(tx: Tx, staffId: bigint, hashes: readonly string[]): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { staffId } })
  await tx.recoveryCode.createMany({ data: hashes.map((hash) => ({ staffId, hash })) })
}

async function forget(tx: Tx, staffId: bigint): Promise<void> {
  await tx.staff.update({ where: { id: staffId }, data: none, select: { id: true } })
  await tx.recoveryCode.deleteMany({ where: { staffId } })
}

type Person = { id: bigint; number: string; name: string }

function tell(tx: Tx, { id, number, name }: Person, by: Actor, now: Date): Promise<void> {
  const params = { by: by.name, number, title: name }
  const told = { to: id, kind: 'account.factor_reset' as const, rule: 'ACC-01', subject: `staff:${id}` }
  return notify(tx, [{ ...told, href: '/profile/second-factor', params, urgent: true }], now)
}
