import type { Trade } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { parameterNames, parameterOf, type ParameterName } from '../parameters.ts'
import { ruleIds, type RuleId } from '../register.ts'
import { fieldOf, presetOf, presetValues, same, type RuleValues } from '../values.ts'
import type { Proposal } from '../changes/rules.ts'

type Current = (rule: RuleId) => RuleValues

/** Where a trade's preset is other than what holds. */
export function differencesTo(trade: Trade, current: Current) {
  return parameterNames.flatMap((name) => {
    const { rule } = parameterOf(name)
    const [now, preset] = [current(rule)[name], presetOf(name, trade)]
    return same(now, preset) ? [] : [{ name, rule, now, preset }]
  })
}

/** The rules of the parameters that were ticked. */
export function rulesTaken(taken: readonly string[]): RuleId[] {
  const rules = parameterNames.filter((name) => taken.includes(fieldOf(name))).map((name) => parameterOf(name).rule)
  return ruleIds.filter((rule) => rules.includes(rule))
}

/** What is ticked comes from the preset, the rest of a rule stays as it is. */
export function presetProposals(trade: Trade, taken: readonly string[], current: Current) {
  const differing = differencesTo(trade, current)
  const known = (field: string): ParameterName | undefined => parameterNames.find((name) => fieldOf(name) === field)
  const proposals = rulesTaken(taken).map((rule): Proposal => {
    const replaces = current(rule)
    const chosen = differing.filter((one) => one.rule === rule && taken.includes(fieldOf(one.name)))
    return {
      rule,
      replaces,
      values: { ...replaces, ...Object.fromEntries(chosen.map((one) => [one.name, one.preset])) },
    }
  })
  const problems: Refusal[] = []
  if (taken.length === 0) problems.push({ rule: 'RULE-02', reason: 'regulations:refused.noRules', field: 'rules' })
  for (const field of taken) {
    const name = known(field)
    if (!name) problems.push({ rule: 'RULE-02', reason: 'web:field.unknown', params: { name: field.slice(0, 60) } })
    else if (!differing.some((one) => one.name === name)) {
      const id = parameterOf(name).rule
      problems.push({ rule: 'RULE-02', reason: 'regulations:refused.notDifferent', field: 'rules', params: { id } })
    }
  }
  return { proposals, problems }
}

/** What a company of this trade begins with, where it is other than what holds. */
export function settledProposals(trade: Trade, current: Current): Proposal[] {
  const rules = ruleIds.filter((rule) => differencesTo(trade, current).some((one) => one.rule === rule))
  return rules.map((rule) => ({ rule, replaces: current(rule), values: presetValues(rule, trade) }))
}
