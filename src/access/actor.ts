import type { Role } from '../../prisma/client/enums.ts'
import type { Language } from '../i18n.ts'

/** One role of a person and where it applies: everywhere, or in these departments or regions (all below included). */
export type Grant = {
  role: Role
  scope: 'company' | 'department' | 'region'
  departmentIds: readonly bigint[]
  regionIds: readonly bigint[]
}

/** A form that may have its effect once; `used` once it had it in this request. */
export type FormUse = { token: string; used: boolean }

/** Who acts, with which rights, and from where. Loaded afresh for every request. */
export type Actor = {
  id: bigint
  number: string
  name: string
  departmentId: bigint | null
  departmentName: string | null
  language: Language
  theme: 'light' | 'dark'
  shortcuts: boolean
  mustChangePassword: boolean
  grants: readonly Grant[]
  /** The company's first steps are not finished yet: the first administrator still does everything. */
  settingUp: boolean
  companyName: string | null
  /** Notices not read yet, as far as they are counted: never more than a hundred. */
  unread: number
  /** Requests that wait for this person's signature, counted as far (APR-03). */
  waiting: number
  /** Open complaints that this person handles, counted as far. */
  complaints: number
  /** Today's visits of this person that are still to be made, counted as far (VIS-11). */
  visits: number
  /** `session` names the session without being its secret (web/session.ts). */
  origin: { ip: string | null; requestId: string | null; session?: string }
  form?: FormUse
  /** Set where it was not by our password. */
  how?: Way
  /** A visitor whose first factor is proven, and whose second is not: may prove it or leave, nothing else. */
  pending?: Pending
}

/** How somebody came in: by our password, or by the company's own sign-in service. */
export type Way = 'password' | 'sso'
export type Pending = { id: bigint; epoch: number; how: Way; next: string; until: Date }

/** Somebody who has not signed in. */
export function visitor(language: Language, origin: Actor['origin']): Actor {
  return {
    id: 0n,
    number: '',
    name: '',
    departmentId: null,
    departmentName: null,
    language,
    theme: 'light',
    shortcuts: true,
    mustChangePassword: false,
    grants: [],
    settingUp: false,
    companyName: null,
    unread: 0,
    waiting: 0,
    complaints: 0,
    visits: 0,
    origin,
  }
}

/** The product itself, for what happens at start and in the background. */
export const system: Actor = { ...visitor('zh', { ip: null, requestId: null }), name: '系统' }

export function signedIn(actor: Actor): boolean {
  return actor.id !== 0n
}

export function holds(actor: Actor, role: Role): boolean {
  return actor.grants.some((grant) => grant.role === role)
}
