import type { Role, SpendingKind } from '../../prisma/client/enums.ts'
import type { Regulation } from '../regulations/in-force.ts'
import type { ParameterName } from '../regulations/parameters.ts'

/** The posts whose visits the regulation counts, highest first: a person of several has the highest. */
const posts = { sales_director: 'director', area_manager: 'area', dept_head: 'head', sales: 'sales' } as const
type Post = (typeof posts)[keyof typeof posts]

/** Who must file a plan each month (VIS-01). */
export const planningRole = 'sales' satisfies Role

/** Whose contact counts as a manager's (VIS-10, REL-01). */
export const managerRoles: readonly Role[] = [
  'dept_head',
  'area_manager',
  'cs_manager',
  'sales_director',
  'general_manager',
]

export const isManager = (roles: readonly Role[]): boolean => roles.some((role) => managerRoles.includes(role))

/** Others who visit have the limits of a sales person. */
function postOf(roles: readonly Role[]): Post | null {
  const found = (Object.keys(posts) as (keyof typeof posts)[]).find((role) => roles.includes(role))
  return found ? posts[found] : null
}

type Figures = Pick<Regulation, 'value'>

const asked = {
  director: 'visits.asked_director',
  area: 'visits.asked_area',
  head: 'visits.asked_head',
  sales: 'visits.asked_sales',
} as const satisfies Record<Post, ParameterName>

/** VIS-01: how many visits a month asks of this person; 0 where the regulation says nothing of the post. */
export function askedOf({ value }: Figures, roles: readonly Role[]): number {
  const post = postOf(roles)
  return post ? value(asked[post]) : 0
}

const limits = {
  expense: {
    director: 'visits.expense_director',
    area: 'visits.expense_area',
    head: 'visits.expense_head',
    sales: 'visits.expense_sales',
  },
  gift: {
    director: 'visits.gift_director',
    area: 'visits.gift_area',
    head: 'visits.gift_head',
    sales: 'visits.gift_sales',
  },
  entertainment: {
    director: 'visits.entertainment_director',
    area: 'visits.entertainment_area',
    head: 'visits.entertainment_head',
    sales: 'visits.entertainment_sales',
  },
} as const satisfies Record<string, Record<Post, ParameterName>>

/**
 * VIS-04: up to what, in yuan, this person spends on one visit without asking: travel and other costs together, gifts by
 * the piece, entertainment of the whole visit.
 */
export function limitOf({ value }: Figures, roles: readonly Role[], kind: SpendingKind): number {
  const of = kind === 'gift' || kind === 'entertainment' ? kind : 'expense'
  return value(limits[of][postOf(roles) ?? 'sales'])
}
