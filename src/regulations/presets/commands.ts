import type { Trade } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { proposeChange } from '../changes/commands.ts'
import { lockChanges, newestOf, valuesAfter } from '../changes/newest.ts'
import { dayProblems } from '../changes/rules.ts'
import { create } from '../changes/writing.ts'
import { ruleIds } from '../register.ts'
import type { PresetInput } from './forms.ts'
import { presetProposals, rulesTaken, settledProposals } from './rules.ts'

/** RULE-02: a trade's preset, or what was ticked of it, as one change over several rules. */
export function draftPreset(actor: Actor, { trade, taken, ...terms }: PresetInput, now: Date): Promise<string> {
  return proposeChange(
    actor,
    { rules: rulesTaken(taken), preset: trade },
    terms,
    (current) => {
      const { proposals, problems } = presetProposals(trade, taken, current)
      return { proposals, problems: [...problems, ...dayProblems(terms.effectiveOn, now)] }
    },
    now,
  )
}

/**
 * The company says what trade it is in, while it is being set up: its preset holds at once. There is nobody yet who could
 * approve it, and nothing that began under other values.
 */
export async function settlePreset(tx: Tx, audit: Audit, actor: Actor, trade: Trade, now: Date): Promise<void> {
  await lockChanges(tx)
  const newest = await newestOf(tx, ruleIds)
  const proposals = settledProposals(trade, valuesAfter(newest))
  if (proposals.length === 0) return
  const t = translate[actor.language]
  const reason = t('regulations:preset.broughtReason', { trade: { word: `organisation:trade.${trade}` } })
  const terms = { reason, effectiveOn: dateText(now) }
  const { id, number } = await create(tx, actor, { proposals, preset: trade, terms }, now)
  await tx.regulationChange.update({ where: { id }, data: { state: 'approved' } })
  for (const { rule, values, replaces } of proposals) {
    const where = { changeId_rule: { changeId: id, rule } }
    const n = (newest(rule)?.n ?? 1) + 1
    await tx.regulationVersion.update({ where, data: { n, inForceAt: now } })
    await audit('regulation.preset_taken', `regulation:${rule}`, {
      before: replaces,
      after: { number, ...values },
      why: reason,
    })
  }
}
