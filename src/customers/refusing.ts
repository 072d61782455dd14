import { Prisma } from '../../prisma/client/client.ts'
import type { Tx } from '../db.ts'
import { Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { acquaintancesOf, conflictOf, conflictProblems } from './conflicts.ts'
import { identityOf, type Facts } from './facts.ts'

type Identified = Pick<Facts, 'kind' | 'name' | 'code' | 'phone'>

/** POOL-01: what stands against a customer with these facts; `except` is the customer itself, by number. */
export async function conflictsWith(
  tx: Pick<Tx, '$queryRaw'>,
  facts: Identified,
  distinction: string | null,
  except?: string,
): Promise<Refusal[]> {
  const identity = identityOf(facts)
  const conflict = conflictOf(await acquaintancesOf(tx, [identity]), identity, except)
  return conflict ? conflictProblems(conflict, distinction) : []
}

export async function refuseConflict(tx: Tx, facts: Identified, distinction: string | null, except?: string) {
  refuseIf(await conflictsWith(tx, facts, distinction, except))
}

export function refuseTakenCode(error: unknown): never {
  if (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    JSON.stringify(error.meta).includes('customer_code_once')
  )
    throw new Refused([{ rule: 'CUS-03', reason: 'customers:refused.codeTaken', field: 'code' }])
  throw error
}
