import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may, mayEver, permit, withinSql, type Permit, type Placed } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import type { TransferState } from '../../prisma/client/enums.ts'

/** A transfer lies where its customer lies. */
export type PlacedTransfer = Placed & {
  officerId: bigint
  checkerId: bigint
  archivistId: bigint
  state: TransferState
}

const permitTransfer = (act: Act, rule: (actor: Actor, transfer: PlacedTransfer) => boolean): Permit<PlacedTransfer> =>
  Object.assign((actor: Actor, transfer: PlacedTransfer) => mayEver(actor, act) && rule(actor, transfer), { act })

export const isParty = (actor: Actor, { officerId, checkerId, archivistId }: PlacedTransfer): boolean =>
  [officerId, checkerId, archivistId].includes(actor.id)

const isOfficer = (actor: Actor, { officerId }: PlacedTransfer) => officerId === actor.id
const isChecker = (actor: Actor, { checkerId }: PlacedTransfer) => checkerId === actor.id

/** ARC-03: the named archivist, or another one whose reach it is; never who has signed it already. */
const isArchivist = (actor: Actor, transfer: PlacedTransfer) =>
  !isOfficer(actor, transfer) && !isChecker(actor, transfer) && may(actor, 'transfers.take', transfer)

/** Whose signature comes next has to ask for more time. */
const isNext = (actor: Actor, transfer: PlacedTransfer) =>
  transfer.state === 'listing' ? isOfficer(actor, transfer) : isChecker(actor, transfer)

export function seesTransfer(actor: Actor, transfer: PlacedTransfer): boolean {
  return (
    isParty(actor, transfer) ||
    may(actor, 'archive.registers', transfer) ||
    may(actor, 'transfers.take', transfer) ||
    may(actor, 'transfers.approve', transfer)
  )
}

export const transferPolicy = {
  list: permit('archive.view'),
  create: permit('transfers.make'),
  view: permitTransfer('archive.view', seesTransfer),
  officer: permitTransfer('transfers.make', isOfficer),
  checker: permitTransfer('transfers.check', isChecker),
  archivist: permitTransfer('transfers.take', isArchivist),
  late: permitTransfer('transfers.make', isNext),
  /** The officer; whoever else could let a late one pass can also say that it comes to nothing. */
  cancel: permitTransfer(
    'transfers.make',
    (actor, transfer) => isOfficer(actor, transfer) || may(actor, 'transfers.approve', transfer),
  ),
}

/** Which transfers exist for this person, of `transfer` as t and its `customer` as c. */
export function visibleTransfersSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`(${actor.id} in (t.officer_id, t.checker_id, t.archivist_id) or t.customer_id in (
    select id from customer where withdrawn_at is null and (${withinSql(actor, 'archive.registers')}
      or ${withinSql(actor, 'transfers.take')} or ${withinSql(actor, 'transfers.approve')})))`
}
