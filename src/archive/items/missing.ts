import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { reportIncident } from '../../incidents/commands.ts'
import { altering, head, told } from './altering.ts'
import type { StateChange } from './forms.ts'
import { missingProblems } from './rules.ts'
import { refuseIf } from '../../lib/refused.ts'

/** ARC-04, ARC-20: what is not in its place is lost until found: an incident note, in the same change. Answers its number. */
export function reportMissing(actor: Actor, id: bigint, { reason, version }: StateChange, now: Date): Promise<string> {
  return altering(actor, id, version, async (tx, audit, item, to) => {
    refuseIf(missingProblems(item.state, item.loan !== null))
    await to({ state: 'missing' })
    const { customerId, number } = item
    await audit('item.missing', `customer:${customerId}`, { before: head(item), after: told(item), why: reason })
    const what = translate.zh('archive:incident.missing', { number, reason })
    return reportIncident(tx, audit, actor, { kind: 'loss', what, customerId, itemId: id }, now)
  })
}
