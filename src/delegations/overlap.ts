import { isKind, wordOf, type ApprovalKind } from '../approvals/kinds.ts'
import { Refused } from '../lib/refused.ts'
import { periodOf } from './period.ts'
import { overlapping } from './queries.ts'
import type { Span } from './rules.ts'

/** APR-04: what the database refused by delegation_once, in a sentence that names the other delegation. */
export async function refuseOverlap<T>(
  fromId: bigint,
  kinds: readonly ApprovalKind[],
  span: Span,
  except: bigint | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isOverlap(error) ? await overlapRefusal(fromId, kinds, span, except) : error
  }
}

function isOverlap(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return `${error.message} ${JSON.stringify((error as { meta?: unknown }).meta ?? {})}`.includes('delegation_once')
}

async function overlapRefusal(fromId: bigint, kinds: readonly ApprovalKind[], span: Span, except: bigint | null) {
  const other = await overlapping(fromId, kinds, span, except)
  if (!other || !isKind(other.kind))
    return new Refused([{ rule: 'APR-04', reason: 'delegations:refused.overlapGone', field: 'kinds' }])
  const { fromOn, untilOn } = periodOf(other.delegation)
  const kind = { word: `approvals:kind.${wordOf(other.kind)}` } as const
  const params = { kind, to: other.delegation.to.name, from: fromOn, until: untilOn }
  return new Refused([{ rule: 'APR-04', reason: 'delegations:refused.overlap', field: 'kinds', params }])
}
