import type { Actor } from '../../access/actor.ts'
import { actorFor } from '../../access/queries.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import type { Outcome } from '../../imports/contract.ts'
import { Refused } from '../../lib/refused.ts'
import { bookShipment } from '../booking.ts'
import { payIn } from '../paying.ts'
import { lockAccounts } from '../queries.ts'
import { releaseCalled } from '../ledger/commands.ts'
import type { LedgerField, LedgerMapping, LedgerSubject } from './columns.ts'
import { asFindings, judgeLedger, type LedgerVerdict } from './judging.ts'

/** Accounts of that many rows are held at the same time; more would keep others waiting. */
export const ledgerRowsInBatch = 50

type Batch = {
  subject: LedgerSubject
  importId: bigint
  /** Whoever brought the file; what this person may no longer record is rejected. */
  owner: Actor
  columns: LedgerMapping
  lines: { line: number; cells: string[] }[]
}

/**
 * CRD-18: rows become documents, each by itself: what one of them is refused for undoes nothing of the others, and the same
 * checks stand in its way as on the form.
 */
export async function storeLedger(tx: Tx, audit: Audit, batch: Batch, now: Date): Promise<Outcome[]> {
  const actor = await asTheyAreNow(tx, batch.owner)
  await holdAccounts(tx, actor, batch, now)
  const outcomes: Outcome[] = []
  for (const line of batch.lines) {
    // One by one: a row may be what the row before it became.
    const [verdict] = await judgeLedger(tx, actor, batch.subject, [line], batch.columns, now)
    outcomes.push(actor === null ? plain(verdict!) : await become(tx, audit, actor, batch, verdict!, now))
  }
  return outcomes
}

/** All of them before the first number is taken: whoever has one of them waits for that number, too. */
async function holdAccounts(tx: Tx, actor: Actor | null, { subject, lines, columns }: Batch, now: Date): Promise<void> {
  const verdicts = await judgeLedger(tx, actor, subject, lines, columns, now)
  await lockAccounts(
    tx,
    verdicts.flatMap(({ customerId }) => customerId ?? []),
  )
}

const plain = ({ line, outcome, findings }: LedgerVerdict): Outcome => ({
  line,
  outcome,
  findings,
  customerId: null,
  document: null,
})

async function become(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  batch: Batch,
  verdict: LedgerVerdict,
  now: Date,
): Promise<Outcome> {
  if (verdict.outcome !== 'imported') return { ...plain(verdict), customerId: verdict.customerId }
  await tx.$executeRaw`savepoint import_row`
  try {
    const made = await book(tx, audit, actor, batch, verdict, now)
    await tx.$executeRaw`release savepoint import_row`
    return { ...plain(verdict), ...made, customerId: verdict.customerId }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await tx.$executeRaw`rollback to savepoint import_row`
    const findings = error.refusals.flatMap((refusal) => asFindings([refusal], columnOf(batch, refusal.field)))
    return { ...plain(verdict), outcome: 'rejected', findings }
  }
}

async function book(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { subject, importId }: Batch,
  { row, customerId }: LedgerVerdict,
  now: Date,
): Promise<Partial<Outcome>> {
  const { document, amount, day, goods, invoice, payer, way, release } = row
  const common = { customerId: customerId!, document, amount, source: 'import' as const, importId }
  if (subject === 'receipts') {
    const releaseId = release === null ? null : await releaseCalled(tx, customerId!, release)
    const paid = await payIn(tx, audit, actor, { ...common, receivedOn: day, way, payer, releaseId }, now)
    return { document: paid.document.number }
  }
  const booked = await bookShipment(tx, audit, actor, { ...common, shippedOn: day, goods, invoice, release }, now)
  if (booked.document) return { document: booked.document.number }
  const params = { number: booked.held.number }
  return {
    outcome: 'rejected',
    findings: [{ rule: 'CRD-20', reason: 'ledgerImports:finding.held', column: null, params }],
  }
}

const fields: Record<string, LedgerField> = {
  shippedOn: 'day',
  receivedOn: 'day',
  amount: 'amount',
  document: 'document',
  release: 'release',
}

function columnOf({ columns }: Batch, field: string | undefined): number | null {
  const at = field && fields[field] ? columns.indexOf(fields[field]) : -1
  return at === -1 ? null : at
}

/** Null for who has left or is suspended since the file was brought. */
async function asTheyAreNow(tx: Tx, { id, origin }: Actor): Promise<Actor | null> {
  const found = await tx.staff.findUnique({ where: { id }, select: { epoch: true } })
  return found && actorFor(String(id), found.epoch, origin)
}
