import type { ComplaintKind } from '../../../prisma/client/enums.ts'
import type { Db } from '../../db.ts'

export type Destinations = Map<ComplaintKind, { departmentId: bigint; name: string; version: number }>

export async function destinations(from: Pick<Db, 'complaintDestination'>): Promise<Destinations> {
  const include = { department: { select: { name: true } } }
  const rows = await from.complaintDestination.findMany({ orderBy: { kind: 'asc' }, include })
  return new Map(
    rows.map(({ kind, departmentId, version, department }) => [kind, { departmentId, version, name: department.name }]),
  )
}

/** Tells whether they are still what somebody saw. */
export const seenMark = (all: Destinations): string =>
  [...all].map(([kind, { departmentId, version }]) => `${kind}.${departmentId}.${version}`).join(' ')
