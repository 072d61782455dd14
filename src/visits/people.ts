import type { Role } from '../../prisma/client/enums.ts'
import type { Db } from '../db.ts'

type Reads = Pick<Db, 'roleGrant'>

/** The roles somebody holds, wherever. */
export async function rolesOf(tx: Reads, staffId: bigint): Promise<Role[]> {
  const held = await tx.roleGrant.findMany({ where: { staffId }, select: { role: true }, distinct: ['role'] })
  return held.map(({ role }) => role)
}
