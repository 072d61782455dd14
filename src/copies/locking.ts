import type { ApplicationState, CopyWay, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'

export type LockedPermit = {
  id: bigint
  number: string
  state: ApplicationState
  way: CopyWay
  holder: string
  dueOn: string
  applicantId: bigint
  customerId: bigint
}

/** Holds the permit until the transaction ends: its copies are counted under this lock. */
export async function lockPermit(tx: Tx, id: bigint): Promise<LockedPermit> {
  const [row] = await tx.$queryRaw<LockedPermit[]>`
    select id, number, state::text, way::text, holder, due_on::text as "dueOn", applicant_id as "applicantId",
      customer_id as "customerId"
    from copy_permit where id = ${id} for update`
  if (!row) throw new NotFound()
  return row
}

export type LockedLine = { permitted: number; made: number; secrecy: SecrecyLevel; number: string }

/** What the permit says of an item, by its locked row. */
export async function lineIn(tx: Tx, permitId: bigint, itemId: bigint): Promise<LockedLine> {
  const [row] = await tx.$queryRaw<LockedLine[]>`
    select pi.copies as permitted, pi.secrecy::text, i.number,
      (select count(*)::int from numbered_copy n where n.permit_id = pi.permit_id and n.item_id = pi.item_id) as made
    from copy_permit_item pi join archive_item i on i.id = pi.item_id
    where pi.permit_id = ${permitId} and pi.item_id = ${itemId}`
  if (!row) throw new NotFound()
  return row
}
