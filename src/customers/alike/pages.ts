import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import type { Conflict } from '../conflicts.ts'

/** POOL-01: yes or no, the status and the owner, and nothing else about whoever it is. */
export function alikePage(actor: Actor, conflict: Conflict | null) {
  const t = translate[actor.language]
  if (!conflict) return { hit: null }
  const { known, by, sure } = conflict
  const status = [t(`customers:standing.${known.standing}`), t(`customers:life.${known.life}`)].join(t('web:comma'))
  const owner = known.owner ?? t('customers:alike.nobody')
  const what = t(`customers:alike.${sure && by === 'name' ? 'same' : by}`, { status, owner })
  const ask = known.owner ? 'customers:alike.ask' : 'customers:alike.askNobody'
  const next = t(by === 'code' ? 'customers:alike.blocked' : ask)
  return { hit: { by, sentence: [what, next].join(actor.language === 'en' ? ' ' : ''), rule: { id: 'POOL-01' } } }
}

export function tooManyChecksPage(actor: Actor) {
  return { hit: { by: 'limit', sentence: translate[actor.language]('customers:alike.tooMany'), rule: null } }
}
