import type { Actor } from '../access/actor.ts'
import { alertOfAddress } from '../alerts/watching.ts'
import { change, recordAccess } from '../audit/change.ts'
import { NotFound, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import type { Language, Theme } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import type { PasswordChange, SignIn } from './forms.ts'
import type { Entrant } from './entering.ts'
import { hashPassword, verifyPassword } from './hash.ts'
import { accountKey, admitAddress, admitTry, forgetTries, lockAt, pardonAddress, triesOfAddress } from './limits.ts'
import { lockOut } from './lock-out.ts'
import { isOwnPassword } from './own-password.ts'
import { passwordProblems } from './passwords.ts'
import { accountOf, lockOwnStaff, ownSessions, ownStaff, staffByAccount } from './queries.ts'
import { passwordNeeds, type PasswordNeeds } from './strictness.ts'

/** ACC-01: unknown, wrong, locked, disabled and expired answer alike, in words and in time. */
export async function signIn(actor: Actor, input: SignIn, now: Date): Promise<Entrant> {
  const { ip } = actor.origin
  if (!(await admitAddress(ip))) {
    await alertOfAddress(actor, triesOfAddress, now)
    throw refused('session:refused.tooMany')
  }
  const account = accountOf(input.account)
  const staff = await staffByAccount(account)
  const key = accountKey(staff?.id ?? null, account)
  const lock = await lockAt(now)
  const { admitted, last } = await admitTry(key, lock)
  const expired = staff?.passwordExpiresAt != null && staff.passwordExpiresAt <= now
  const usable = staff !== null && admitted && staff.state === 'active' && !expired
  if (!(await verifyPassword(input.password, usable ? staff.passwordHash : null)) || !usable) {
    const subject = staff ? `staff:${staff.id}` : 'account:unknown'
    await recordAccess(actor, 'session.refused', subject)
    if (last) await lockOut(actor, key, staff, lock, now)
    throw refused('session:refused.signIn', lock)
  }
  await forgetTries(key, lock)
  await pardonAddress(ip)
  return staff
}

function refused(reason: Refusal['reason'], params?: Refusal['params']): Refused {
  return new Refused([{ rule: 'ACC-01', reason, field: 'password', ...(params ? { params } : {}) }])
}

/** The new password ends every session there is; answers with the epoch that new ones are of. */
export async function changePassword(actor: Actor, input: PasswordChange, now: Date): Promise<number> {
  const staff = await ownStaff(actor.id)
  refuseIf([
    ...((await isOwnPassword(actor, input.currentPassword, staff.passwordHash, now)) ? [] : [wrongCurrent]),
    ...newProblems(actor, input, staff, await passwordNeeds(now)),
  ])
  const passwordHash = await hashPassword(input.newPassword)
  return change(actor, async (tx, audit) => {
    const before = await lockOwnStaff(tx, actor.id)
    if (before.passwordHash !== staff.passwordHash) refuseIf([wrongCurrent])
    const epoch = before.epoch + 1
    const data = { passwordHash, passwordSetAt: now, epoch, mustChangePassword: false, passwordExpiresAt: null }
    await tx.staff.update({ where: { id: actor.id }, data, select: { id: true } })
    await endAllSessions(tx, actor.id)
    await audit('staff.password_changed', `staff:${actor.id}`)
    return epoch
  })
}

const wrongCurrent: Refusal = { rule: 'ACC-01', reason: 'session:refused.currentPassword', field: 'currentPassword' }

type Owner = { number: string; name: string; pinyin: string; phone: string | null }

function newProblems(actor: Actor, input: PasswordChange, staff: Owner, needs: PasswordNeeds): Refusal[] {
  const { currentPassword, newPassword, repeatPassword } = input
  const problems = passwordProblems(newPassword, { ...staff, company: actor.companyName }, needs.least, needs.classes)
  if (newPassword === currentPassword)
    problems.push({ rule: 'ACC-01', reason: 'session:refused.same', field: 'newPassword' })
  if (newPassword !== repeatPassword)
    problems.push({ rule: 'ACC-01', reason: 'session:refused.repeat', field: 'repeatPassword' })
  return problems
}

/** Ends one of the person's own sessions, told by its key. */
export async function endSession(actor: Actor, key: string, now: Date): Promise<void> {
  const session = (await ownSessions(actor.id, now)).find((each) => each.key === key)
  if (!session) throw new NotFound()
  await change(actor, async (tx, audit) => {
    await tx.userSession.deleteMany({ where: { sid: session.sid } })
    await audit('session.ended_elsewhere', `staff:${actor.id}`, { after: { session: key } })
  })
}

export function signOutEverywhere(actor: Actor): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { epoch } = await lockOwnStaff(tx, actor.id)
    await tx.staff.update({ where: { id: actor.id }, data: { epoch: epoch + 1 }, select: { id: true } })
    const sessions = await endAllSessions(tx, actor.id)
    await audit('session.ended_elsewhere', `staff:${actor.id}`, { after: { sessions } })
  })
}

/** Everywhere but here. Answers with the epoch that this session goes on in. */
export function signOutOthers(actor: Actor): Promise<number> {
  return change(actor, async (tx, audit) => {
    const epoch = (await lockOwnStaff(tx, actor.id)).epoch + 1
    await tx.staff.update({ where: { id: actor.id }, data: { epoch }, select: { id: true } })
    const sessions = (await endAllSessions(tx, actor.id)) - 1
    await audit('session.ended_elsewhere', `staff:${actor.id}`, { after: { sessions } })
    return epoch
  })
}

/** ACC-01: a password that has lasted its days is replaced before anything else. */
export function outlive(actor: Actor, staffId: bigint): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.staff.update({ where: { id: staffId }, data: { mustChangePassword: true }, select: { id: true } })
    await audit('staff.password_aged', `staff:${staffId}`)
  })
}

function endAllSessions(tx: Tx, staffId: bigint): Promise<number> {
  return tx.$executeRaw`delete from user_sessions where sess ->> 'staffId' = ${String(staffId)}`
}

export type Preferences = { language?: Language; theme?: Theme; shortcuts?: boolean }

export function changePreferences(actor: Actor, after: Preferences): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.staff.update({ where: { id: actor.id }, data: after, select: { id: true } })
    const names = Object.keys(after) as (keyof Preferences)[]
    const before = Object.fromEntries(names.map((name) => [name, actor[name]]))
    await audit('staff.preferences_changed', `staff:${actor.id}`, { before, after })
  })
}
