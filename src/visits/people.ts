import type { Role } from '../../prisma/client/enums.ts'
import type { Db } from '../db.ts'
import { managerRoles } from './posts.ts'

type Reads = Pick<Db, 'roleGrant'>

/** The roles somebody holds, wherever. */
export async function rolesOf(tx: Reads, staffId: bigint): Promise<Role[]> {
  const held = await tx.roleGrant.findMany({ where: { staffId }, select: { role: true }, distinct: ['role'] })
  return held.map(({ role }) => role)
}

/** VIS-10: who of these is set over others. */
export async function managersAmong(tx: Reads, ids: readonly bigint[]): Promise<bigint[]> {
  const where = { staffId: { in: [...ids] }, role: { in: [...managerRoles] } }
  const held = await tx.roleGrant.findMany({ where, select: { staffId: true }, distinct: ['staffId'] })
  return held.map(({ staffId }) => staffId)
}
