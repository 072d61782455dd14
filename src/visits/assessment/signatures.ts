import { Prisma } from '../../../prisma/client/client.ts'
import { ask } from '../../db.ts'
import type { Person } from './people.ts'
import type { Figures } from './rules.ts'

export type Signed = {
  figures: Partial<Figures>
  score: number
  comment: string | null
  signedAt: Date
  by: string
}
type Snapshot = Signed & { ownerId: bigint; month: string }

const snapshots = (where: Prisma.Sql) =>
  ask<Snapshot>`
    select owner_id as "ownerId", to_char(month, 'YYYY-MM') as month, figures, score::float8 as score, comment,
      signed_at as "signedAt", (select name from staff where staff.id = signed_by_id) as by
    from visit_assessment where ${where} order by month desc limit 1000`

/** What was signed of a month, by whose it is. */
export async function signaturesOf(ids: bigint[], month: string): Promise<Map<bigint, Signed>> {
  const found = await snapshots(Prisma.sql`owner_id = any(${ids}::bigint[]) and month = ${`${month}-01`}::date`)
  return new Map(found.map((one) => [one.ownerId, one]))
}

/** The months of somebody that were signed, the newest first. */
export const signedMonths = ({ id }: Pick<Person, 'id'>): Promise<Snapshot[]> => snapshots(Prisma.sql`owner_id = ${id}`)
