import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { staleSince } from '../audit/stale.ts'
import { judgePhone, phoneProblems } from '../customers/phones.ts'
import type { Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { personPinyin } from '../lib/pinyin.ts'
import { refuseIf, Refused, type Refusal } from '../lib/refused.ts'
import { goneOf } from '../organisation/queries.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { hashPassword } from '../session/hash.ts'
import { emailProblems } from './addresses.ts'
import type { Correction, NewStaff } from './forms.ts'
import { lockPerson, type Person } from './queries.ts'
import { oneTimePassword } from './secret.ts'
import { endSessions } from './sessions.ts'

export { disableStaff, enableStaff, resumeStaff, suspendStaff } from './closing.ts'
export { endSessions } from './sessions.ts'

const day = 24 * 3_600_000

/** What is told once, to the person who asked for it. */
export type Issued = { id: bigint; number: string; name: string; secret: string; expiresAt: Date }

/**
 * PPL-03: the only way to an account, for the company's own people. It comes with a password for one use; a role comes
 * from the security administrator (PPL-02).
 */
export async function createStaff(actor: Actor, input: NewStaff, now: Date): Promise<Issued> {
  const secret = oneTimePassword()
  const passwordHash = await hashPassword(secret)
  const passwordExpiresAt = await oneTimeUntil(now)
  return change(actor, async (tx, audit) => {
    const facts = await checkedFacts(tx, input, null)
    const { id, number } = await openAccount(tx, audit, { ...facts, passwordHash, passwordExpiresAt })
    return { id, number, name: input.name, secret, expiresAt: passwordExpiresAt }
  })
}

export function correctStaff(actor: Actor, id: bigint, { version, ...input }: Correction): Promise<void> {
  return change(actor, async (tx, audit) => {
    const before = await lockPerson(tx, id)
    if (before.version !== version) throw await staleStaff(tx, before, version)
    const facts = await checkedFacts(tx, input, before)
    const after = { ...facts, version: version + 1 }
    const { department } = await tx.staff.update({ where: { id }, data: after, select: { department: true } })
    const seen = { ...inTrail(before), version: before.version }
    await audit('staff.corrected', `staff:${id}`, {
      before: seen,
      after: { ...inTrail({ ...facts, department }), version: after.version },
    })
  })
}

/** A forgotten password: a new one for one use; every session of the person ends. */
export async function issuePassword(actor: Actor, id: bigint, now: Date): Promise<Issued> {
  if (actor.id === id) refuse('ACC-01', 'staff:refused.ownPassword')
  const secret = oneTimePassword()
  const passwordHash = await hashPassword(secret)
  const passwordExpiresAt = await oneTimeUntil(now)
  return change(actor, async (tx, audit) => {
    const { number, name, state } = await lockPerson(tx, id)
    if (state !== 'active') refuse('ACC-02', `staff:refused.${state}`, { name })
    await tx.staff.update({ where: { id }, data: { passwordHash, mustChangePassword: true, passwordExpiresAt } })
    await endSessions(tx, id)
    await audit('staff.password_issued', `staff:${id}`, { after: { passwordExpiresAt } })
    return { id, number, name, secret, expiresAt: passwordExpiresAt }
  })
}

async function oneTimeUntil(now: Date): Promise<Date> {
  return new Date(now.getTime() + (await regulationAt(now)).value('accounts.one_time_days') * day)
}

type Account = Omit<Facts, 'email'> & { email?: string | null } & {
  passwordHash: string
  passwordExpiresAt: Date | null
}

/** Gives out the next number and makes the row; for commands that open accounts. */
export async function openAccount(tx: Tx, audit: Audit, account: Account): Promise<{ id: bigint; number: string }> {
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    insert into number_counter (kind, year, last) values ('staff', 0, 1)
    on conflict (kind, year) do update set last = number_counter.last + 1 returning last`
  const number = `C${String(row!.last).padStart(5, '0')}`
  const { id, department } = await tx.staff.create({
    data: { ...account, number, createdAt: now() },
    select: { id: true, department: true },
  })
  await audit('staff.created', `staff:${id}`, { after: { number, ...inTrail({ ...account, department }), version: 1 } })
  return { id, number }
}

type Facts = { name: string; pinyin: string; phone: string | null; email: string | null; departmentId: bigint | null }

async function checkedFacts(
  tx: Tx,
  { name, phone, email, departmentId }: NewStaff,
  before: Person | null,
): Promise<Facts> {
  const shown = phone === null ? null : (judgePhone(phone).phone?.shown ?? phone)
  const problems: Refusal[] = phone === null ? [] : phoneProblems(phone)
  // People sign in by it, so it must mean one person.
  const other =
    shown === null ? null : await tx.staff.findFirst({ where: { phone: shown, id: { not: before?.id ?? 0n } } })
  if (other)
    problems.push({
      rule: 'ACC-01',
      reason: 'staff:refused.phoneTaken',
      field: 'phone',
      params: { number: other.number },
    })
  problems.push(...(await emailProblems(tx, email, before?.id ?? 0n, 'staff:refused.emailTaken')))
  if (await goneOf(tx, { departmentId, regionId: null }))
    problems.push({ rule: 'PPL-01', reason: 'staff:refused.departmentGone', field: 'departmentId' })
  refuseIf(problems)
  return { name, pinyin: personPinyin(name).full, phone: shown, email, departmentId }
}

type Told = {
  name: string
  phone: string | null
  email?: string | null
  departmentId: bigint | null
  department: { name: string } | null
}

function inTrail({ name, phone, email = null, departmentId, department }: Told) {
  return {
    name,
    phone,
    email,
    departmentId: departmentId === null ? null : String(departmentId),
    department: department?.name ?? null,
  }
}

async function staleStaff(tx: Tx, { id, version, name, phone, email, departmentId }: Person, opened: number) {
  const fields = { name, phone: phone ?? '', email: email ?? '', departmentId: String(departmentId ?? '') }
  const departments = await tx.department.findMany({ select: { id: true, name: true } })
  const words = Object.fromEntries(departments.map((one) => [`departmentId.${one.id}`, one.name]))
  return staleSince(tx, `staff:${id}`, opened, { version, fields, words })
}

function refuse(rule: string, reason: Refusal['reason'], params?: Refusal['params']): never {
  throw new Refused([{ rule, reason, ...(params ? { params } : {}) }])
}
