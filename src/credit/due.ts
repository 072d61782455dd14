import { Prisma } from '../../prisma/client/client.ts'

/**
 * CRD-05: the day by which goods are to be paid: after the term of their contract, at most `most` days. Over the columns of
 * `shipment`, or of what it is called (`of`, as `d.`).
 */
export const dueSql = (most: number, of = Prisma.empty): Prisma.Sql =>
  Prisma.sql`(${of}shipped_on + least(coalesce(${of}term_days, ${most}::int), ${most}::int))`
