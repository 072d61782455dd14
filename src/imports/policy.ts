import type { ImportSubject } from '../../prisma/client/enums.ts'
import { may, mayEver, permit, permitAt } from '../access/policy.ts'
import type { Actor } from '../access/actor.ts'
import type { ImportRecord } from './queries.ts'

export const mayList = permit('imports.view')
export const mayUpload = permit('imports.run')
export const mayView = permitAt<ImportRecord>('imports.view')
/** Choosing the columns, starting, stopping and going on: whoever brought the file. */
export const mayRun = permitAt<ImportRecord>('imports.run')
const undoes = permitAt<ImportRecord>('imports.undo')
/** CRD-16: documents of the ledger are countered one by one, never taken back. */
export const mayUndo: typeof undoes = Object.assign(
  (actor: Actor, record: ImportRecord) => record.subject === 'customers' && undoes(actor, record),
  { act: undoes.act },
)

/** New customers may only go where this person may create customers by hand, too. */
export function mayFill(actor: Actor, departmentId: bigint | null, regionId: bigint | null): boolean {
  return may(actor, 'customers.create', { ownerId: null, departmentId, regionId })
}

/** PRV-02: the file is its bringer's own; to everyone else its telephones and numbers are masked. */
export const seesFileAsItCame = (actor: Actor, { ownerId }: Pick<ImportRecord, 'ownerId'>) => actor.id === ownerId

/** CRD-18: files of shipments and receipts are for who records them by hand, too. */
export const mayBring = (actor: Actor, subject: ImportSubject): boolean =>
  mayEver(actor, subject === 'customers' ? 'customers.create' : 'ledger.record')
