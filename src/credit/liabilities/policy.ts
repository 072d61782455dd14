import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver, permit, withinSql } from '../../access/policy.ts'

export const liabilityPolicy = {
  list: permit('credit_liabilities.view'),
  export: permit('credit.export'),
}

export const mayExport = (actor: Actor): boolean => mayEver(actor, 'credit.export')

/** CRD-10: one's own, and those of the people and the company in one's place; `l` is the row. */
export const seenLiabilitiesSql = (actor: Actor): Prisma.Sql =>
  withinSql(actor, 'credit_liabilities.view', {
    owner: Prisma.sql`l.staff_id`,
    department: Prisma.sql`l.department_id`,
    region: Prisma.sql`null::bigint`,
  })
