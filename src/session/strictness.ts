import type { Role } from '../../prisma/client/enums.ts'
import { regulationAt } from '../regulations/in-force.ts'

/** ACC-01: what is asked of accounts beyond a long password. */
export type Strictness = {
  /** Who must have a second factor. */
  factor: 'off' | 'administrators' | 'everyone'
  /** After how many days a password is replaced; null: never by age alone. */
  rotation: number | null
  /** How many of the four kinds of characters a password has. */
  classes: number
}

/** Figures that the 等保 profile brings along; a company may be stricter, not laxer. */
const dengbao = { rotation: 90, classes: 3 }
const guards: readonly Role[] = ['general_manager', 'security_admin', 'system_admin']

export async function strictnessAt(moment: Date): Promise<Strictness> {
  const { value } = await regulationAt(moment)
  const days = value('auth.rotation_days')
  if (value('auth.profile') === 'dengbao')
    return {
      factor: 'everyone',
      rotation: Math.min(days || dengbao.rotation, dengbao.rotation),
      classes: dengbao.classes,
    }
  return { factor: value('auth.second_factor'), rotation: days || null, classes: 1 }
}

export function factorRequired({ factor }: Strictness, roles: readonly Role[]): boolean {
  return factor === 'everyone' || (factor === 'administrators' && roles.some((role) => guards.includes(role)))
}

const day = 24 * 3_600_000

/** ACC-01: has the password lasted its days? One chosen before that was noted counts from the account's beginning. */
export function isAged({ rotation }: Strictness, setAt: Date, now: Date): boolean {
  return rotation !== null && now.getTime() >= setAt.getTime() + rotation * day
}

/** What a new password must have: characters, and kinds of them. */
export type PasswordNeeds = { least: number; classes: number }

export async function passwordNeeds(now: Date): Promise<PasswordNeeds> {
  const [{ value }, { classes }] = await Promise.all([regulationAt(now), strictnessAt(now)])
  return { least: value('accounts.password_length'), classes }
}
