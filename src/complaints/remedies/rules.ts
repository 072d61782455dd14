import type { ComplaintLevel, RemedyItemKind, RemedyState } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { fenOf, yuanText } from '../../lib/money.ts'
import type { Values } from '../../regulations/parameters.ts'

/** In yuan, two decimals. */
export type Item = { kind: RemedyItemKind; text: string; amount: string }
export const mostItems = 10

/** The sum, exact: in yuan, two decimals. */
export const totalOf = (items: readonly Pick<Item, 'amount'>[]): string =>
  yuanText(items.reduce((sum, { amount }) => sum + fenOf(amount), 0))

/** CMP-10: what a remedy must say before it goes to approval. */
export function wholeProblems({ items, reason }: { items: readonly Item[]; reason: string }): Refusal[] {
  const problems: Refusal[] = []
  const refuse = (reason: Refusal['reason'], field: string) => problems.push({ rule: 'CMP-10', reason, field })
  if (items.length === 0) refuse('remedies:refused.noItems', 'text1')
  for (const [at, { text }] of items.entries())
    if (text === '') refuse('remedies:refused.itemWithoutText', `text${at + 1}`)
  if (reason === '') refuse('remedies:refused.noReason', 'reason')
  return problems
}

export type Signing = Values['complaints.supervising_role'] | 'general_manager'

/** What decides who signs. */
export type Weight = {
  authority: Values['complaints.authority']
  level: ComplaintLevel
  /** In yuan, two decimals. */
  total: string
  /** In yuan; at the number itself it is still within. */
  limit: number
  /** CMP-22: the department that supervises every case, where the store's course is followed. */
  supervisor: Signing | null
}

export const passesLimit = ({ total, limit }: Pick<Weight, 'total' | 'limit'>): boolean => fenOf(total) > limit * 100

/** CMP-10: why it is signed as it is. */
export type Grounds = 'store' | 'always' | 'limit' | 'major' | 'within'
export function groundsOf(weight: Weight): Grounds {
  if (weight.supervisor !== null) return 'store'
  if (weight.authority === 'general_manager') return 'always'
  if (weight.authority === 'by_level' && weight.level === 'major') return 'major'
  return passesLimit(weight) ? 'limit' : 'within'
}

/** Who signs before the general manager, where two do. */
export const firstOf = ({ supervisor }: Pick<Weight, 'supervisor'>): Signing => supervisor ?? 'cs_manager'

/**
 * CMP-10: who signs, in this order. The first of two is left out where `away`: who would sign proposed it, or nobody else
 * is there; alone it is never left out, and the approval looks for whoever signs instead.
 */
export function signaturesOf(weight: Weight, away: boolean): Signing[] {
  const grounds = groundsOf(weight)
  if (grounds === 'within') return ['cs_manager']
  if (grounds === 'major' || away) return ['general_manager']
  return [firstOf(weight), 'general_manager']
}

type Given = { state: RemedyState; accepted: boolean | null; total: string }

/** What the approved remedies of all rounds give; one that the customer turned down gives nothing. */
export const compensationOf = (remedies: readonly Given[]): string =>
  totalOf(
    remedies
      .filter(({ state, accepted }) => state === 'approved' && accepted !== false)
      .map(({ total }) => ({ amount: total })),
  )
