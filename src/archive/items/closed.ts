import type { Actor } from '../../access/actor.ts'
import { may, mayEver } from '../../access/policy.ts'
import type { Translate } from '../../i18n.ts'
import type { Refusal } from '../../lib/refused.ts'
import { needsWindow } from '../levels.ts'
import type { Item } from '../queries.ts'

/** Why it does not open, on which clause, and what opens it (views/partials/refusal.ejs). */
export function refusalOf(actor: Actor, item: Item, problems: Refusal[], t: Translate) {
  const [first] = problems
  const rule = { id: first!.rule }
  if (item.state === 'disposed')
    return { head: t('archive:closed.headDisposed'), need: t('archive:closed.disposed'), rule }
  if (first!.rule === 'PRV-14') {
    return { head: t('archive:closed.headAgreement'), need: t('archive:closed.agreement'), rule }
  }
  return {
    head: t('archive:closed.head'),
    need: t(`archive:closed.${item.secrecy}`),
    rule,
    quote: { text: t('archive:closed.quote'), source: t('archive:closed.source') },
    ...waysOn(actor, item, t),
  }
}

function waysOn(actor: Actor, item: Item, t: Translate) {
  if (!needsWindow(item.secrecy) || !may(actor, 'viewings.ask', item)) return {}
  const next = { href: `/viewings/new?item=${item.number}`, word: t('archive:act.view') }
  // What is 绝密 waits for its signatures whatever happens.
  if (item.secrecy === 'top_secret') return { next }
  if (!mayEver(actor, 'viewings.emergency') || !may(actor, 'viewings.emergency', item)) return { next }
  return { next, other: { href: `/viewings/emergency?item=${item.number}`, word: t('archive:act.emergency') } }
}
