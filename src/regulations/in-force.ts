import { askAside } from '../db.ts'
import { now } from '../lib/clock.ts'
import { parameters, type ParameterName, type Values } from './parameters.ts'
import type { RuleId } from './register.ts'

/** The regulation as it stood at a moment: each parameter's value, and which version of its rule gave it. */
export type Regulation = {
  value: <N extends ParameterName>(name: N) => Values[N]
  /** Null: the values the product came with. */
  versionOf: (rule: RuleId) => { id: bigint; n: number } | null
}

type Approved = { id: bigint; rule: string; n: number; values: Record<string, unknown>; inForceAt: Date }

/** How long another process may go on with what it knew; a change is in force from a day's beginning, not from a second. */
const known = 5000
let cache: { at: number; versions: Promise<Approved[]> } | null = null

/** RULE-02: the regulation in force at this moment, also a past one: cases keep what they began under. */
export async function regulationAt(moment: Date): Promise<Regulation> {
  const versions = await approvedVersions()
  const inForce = (rule: RuleId) => versions.findLast((one) => one.rule === rule && one.inForceAt <= moment)
  return {
    value: (name) => {
      const { rule, first } = parameters[name]
      return (inForce(rule)?.values[name] ?? first) as Values[typeof name]
    },
    versionOf: (rule) => {
      const found = inForce(rule)
      return found ? { id: found.id, n: found.n } : null
    },
  }
}

/** A version has been approved here: do not wait until what is known has grown old. */
export function forgetRegulations(): void {
  cache = null
}

function approvedVersions(): Promise<Approved[]> {
  const at = now().getTime()
  if (cache && at - cache.at < known && at >= cache.at) return cache.versions
  const versions = askAside<Approved>`
    select id, rule, n, values, in_force_at as "inForceAt" from regulation_version
    where in_force_at is not null order by in_force_at, n`
  cache = { at, versions }
  // What failed is asked again, not remembered.
  versions.catch(forgetRegulations)
  return versions
}
