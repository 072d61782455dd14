import { isKind, wordOf } from '../approvals/kinds.ts'
import type { Translate } from '../i18n.ts'
import { periodOf } from './period.ts'
import { openDelegations, type Delegation } from './queries.ts'
import { standingAt } from './rules.ts'

/** What stands on the pages about a person: 由 … 代为审批, as long as it is not over. */
export async function delegationLines(staffId: bigint, now: Date, t: Translate) {
  return (await openDelegations(staffId, now)).map((one) => lineOf(staffId, one, now, t))
}

function lineOf(staffId: bigint, delegation: Delegation, now: Date, t: Translate) {
  const { from, to, kinds, fromId } = delegation
  const { fromOn, untilOn } = periodOf(delegation)
  const standing = standingAt(delegation, now)
  return {
    sentence: t(fromId === staffId ? 'delegations:line.given' : 'delegations:line.received', {
      name: fromId === staffId ? to.name : from.name,
      kinds: kinds.map((kind) => t(`approvals:kind.${wordOf(kind)}`)).join(t('web:comma')),
    }),
    period: t('delegations:period', { from: fromOn, until: untilOn }),
    state: { tone: standing === 'running' ? 'go' : 'wait', word: t(`delegations:standing.${standing}`) },
  }
}

/** One line of the trail: it keeps the kinds by their own names, so that each reader has them in words. */
export function delegationTold(told: Record<string, unknown>, t: Translate): string {
  const { from, to, fromOn, untilOn } = told
  const kinds = Array.isArray(told['kinds']) ? told['kinds'].map(String).filter(isKind) : []
  return t('delegations:told', {
    from: String(from ?? ''),
    to: String(to ?? ''),
    kinds: kinds.map((kind) => t(`approvals:kind.${wordOf(kind)}`)).join(t('web:comma')),
    period: t('delegations:period', { from: String(fromOn ?? ''), until: String(untilOn ?? '') }),
  })
}
