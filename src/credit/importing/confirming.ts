import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import type { Finding } from '../../customers/intake/cells.ts'
import type { Db } from '../../db.ts'
import { releasePolicy } from '../policy.ts'
import type { LedgerRow } from './rows.ts'

/**
 * CRD-13: against a release the warehouse confirms, in a file as by form and API: whoever brings one needs that right for
 * the release, too. A number that nobody has is refused when the row is imported.
 */
export async function shipProblemsIn(client: Pick<Db, 'release'>, actor: Actor | null, rows: readonly LedgerRow[]) {
  const numbers = [...new Set(rows.flatMap(({ release }) => (release === null ? [] : [release.toUpperCase()])))]
  const select = { number: true, ownerId: true, departmentId: true, regionId: true } as const
  const found = numbers.length > 0 ? await client.release.findMany({ where: { number: { in: numbers } }, select }) : []
  const placed = new Map(found.map((release) => [release.number, release]))
  return ({ release: number }: LedgerRow, column: number | null): Finding[] => {
    if (actor === null || number === null) return []
    const release = placed.get(number.toUpperCase())
    const allowed = release ? releasePolicy.ship(actor, release) : mayEver(actor, 'releases.ship')
    return allowed ? [] : [{ rule: 'CRD-13', reason: 'ledgerImports:finding.warehouse', column }]
  }
}
