import type { Db, Tx } from '../../db.ts'
import type { RuleId } from '../register.ts'
import { firstValues, type RuleValues } from '../values.ts'
import type { Newest } from './rules.ts'

/** Everything about changes goes one after another: who decides sees what was decided before. */
export async function lockChanges(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('regulations'))`
}

/** The newest approved version of each of these rules. */
export async function newestOf(tx: Tx | Db, rules: readonly RuleId[]): Promise<(rule: RuleId) => Newest> {
  const rows = await tx.regulationVersion.findMany({
    where: { rule: { in: [...rules] }, n: { not: null }, inForceAt: { not: null } },
    orderBy: { n: 'asc' },
    select: { rule: true, n: true, values: true, inForceAt: true },
  })
  return (rule) => {
    const row = rows.findLast((one) => one.rule === rule)
    // What the product learned since that version comes with its first value.
    const values = { ...firstValues(rule), ...((row?.values ?? {}) as RuleValues) }
    return row ? { n: row.n!, values, inForceAt: row.inForceAt! } : null
  }
}

export const valuesAfter = (newest: (rule: RuleId) => Newest) => (rule: RuleId) =>
  newest(rule)?.values ?? firstValues(rule)

/** Another change of one of these rules that waits for its verdict. */
export async function waitingWith(tx: Tx | Db, rules: readonly RuleId[], but: bigint | null) {
  return tx.regulationChange.findFirst({
    where: { state: 'waiting', versions: { some: { rule: { in: [...rules] } } }, ...(but ? { id: { not: but } } : {}) },
    select: { number: true, versions: { select: { rule: true } } },
  })
}
