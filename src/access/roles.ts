import type { Role } from '../../prisma/client/enums.ts'
import { rowOf, type Act } from './table.ts'

/** The roles that a row of the table gives the act to, wherever it reaches. */
export function rolesWith(act: Act): Role[] {
  const row = rowOf(act)
  return typeof row === 'string' ? [] : (Object.keys(row) as Role[])
}
