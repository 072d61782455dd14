import type { Actor } from '../../access/actor.ts'
import { voidMany } from '../../approvals/many.ts'
import { auditMany, type Audit } from '../../audit/change.ts'
import type { Finding } from '../../customers/intake/cells.ts'
import type { Tx } from '../../db.ts'
import { cancelDeadlines } from '../../deadlines/commands.ts'
import { now } from '../../lib/clock.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { inBatch } from '../under-way.ts'
import type { LockedImport } from '../queries.ts'
import { importStates } from '../states.ts'
import { json } from '../store.ts'
import { lastTouch, touched, type Touch } from './queries.ts'

export const rowsInUndoBatch = 500

type Row = { line: number; outcome: 'imported' | 'warned'; customer_id: bigint }
type Customer = { id: bigint; number: string; version: number; touched: boolean; touch: Touch }

/**
 * The next rows of an import that is taken back: customers, outcomes, counts and trail in one transaction, so that a
 * process that dies leaves none half withdrawn. False at the end.
 */
export function nextUndoBatch(owner: Actor, number: string): Promise<boolean> {
  return inBatch(owner, number, ['undoing'], async (tx, audit, record) => {
    const rows = await tx.$queryRaw<Row[]>`
      select line, outcome::text, customer_id from customer_import_row
      where import_id = ${record.id} and outcome in ('imported', 'warned') and customer_id is not null
        and not coalesce(findings, '[]'::jsonb) @> '[{"field": "undone"}]'::jsonb
      order by line limit ${rowsInUndoBatch}`
    if (rows.length === 0) return finish(tx, audit, record)
    await withdraw(tx, audit, owner, record, rows)
    return true
  })
}

async function withdraw(tx: Tx, audit: Audit, owner: Actor, record: LockedImport, rows: Row[]): Promise<void> {
  const ids = rows.map(({ customer_id }) => customer_id)
  // Locked before it is looked at: who is just correcting one of them is waited for, and counts.
  await tx.$queryRaw`select 1 from customer where id = any(${ids}) order by id for update`
  const customers = await tx.$queryRaw<Customer[]>`
    select c.id, c.number, c.version, ${touched} as touched, ${lastTouch} as touch
    from customer c where c.id = any(${ids})`
  const going = customers.filter((customer) => !customer.touched)
  const staying = customers.filter((customer) => customer.touched)
  await takeOut(tx, owner, record, going)
  const byId = new Map(customers.map((customer) => [customer.id, customer]))
  const goes = ({ customer_id }: Row) => byId.get(customer_id)?.touched === false
  await tx.$executeRaw`
    update customer_import_row set outcome = 'withdrawn'
    where import_id = ${record.id} and line = any(${rows.filter(goes).map(({ line }) => line)})`
  const kept = rows.filter((row) => !goes(row))
  await markKept(
    tx,
    record,
    kept.map(({ line, customer_id }) => ({ line, finding: keptFor(byId.get(customer_id)) })),
  )
  const gone = (outcome: Row['outcome']) => rows.filter((row) => goes(row) && row.outcome === outcome).length
  await tx.customerImport.update({
    where: { id: record.id },
    data: {
      imported: { decrement: gone('imported') },
      warned: { decrement: gone('warned') },
      withdrawn: { increment: going.length },
      failures: 0,
      failure: null,
    },
  })
  await audit('import.undo_batch_done', `import:${record.id}`, {
    after: { from: rows[0]!.line, to: rows.at(-1)!.line, withdrawn: going.length, staying: staying.length },
  })
}

/** A withdrawn customer keeps its row, its number and its trail; search and the check of codes find it no more. */
async function takeOut(tx: Tx, owner: Actor, record: LockedImport, going: Customer[]): Promise<void> {
  const ids = going.map(({ id }) => id)
  await tx.$executeRaw`
    update customer set withdrawn_at = ${now()}::timestamptz, updated_at = ${now()}::timestamptz, version = version + 1,
      grams = '{}', search_text = '', phone_digits = null
    where id = any(${ids})`
  await tx.$executeRaw`
    update contact set grams = '{}', search_text = '', phone_digits = null where customer_id = any(${ids})`
  const subjects = ids.map((id) => `customer:${id}`)
  await voidMany(tx, 'customer.confirmation', subjects, now())
  await cancelDeadlines(tx, 'customer.confirmation', subjects, now())
  await cancelDeadlines(tx, 'customer.verification', subjects, now())
  await auditMany(
    tx,
    owner,
    'customer.withdrawn',
    going.map(({ id, version }) => ({
      subject: `customer:${id}`,
      detail: { before: { version }, after: { import: record.number, version: version + 1 } },
    })),
  )
}

async function markKept(tx: Tx, record: LockedImport, kept: { line: number; finding: Finding }[]): Promise<void> {
  if (kept.length === 0) return
  await tx.$executeRaw`
    update customer_import_row r set findings = coalesce(r.findings, '[]'::jsonb) || v.finding
    from jsonb_to_recordset(${json(kept)}::jsonb) as v(line int, finding jsonb)
    where r.import_id = ${record.id} and r.line = v.line`
}

/** `field` marks the row as looked at, so that the next batch goes on behind it. */
function keptFor(customer: Customer | undefined): Finding {
  const touch = customer?.touch
  const mark = { rule: 'CUS-15', field: 'undone', column: null }
  if (!touch) return { ...mark, reason: 'imports:finding.staysLinked' }
  return { ...mark, reason: 'imports:finding.stays', params: { who: touch.who, at: dateTimeText(new Date(touch.at)) } }
}

async function finish(tx: Tx, audit: Audit, { id, state, withdrawn, imported, warned }: LockedImport): Promise<false> {
  const data = { state: importStates.next(state, 'finish_undo'), undoneAt: now() }
  await tx.customerImport.update({ where: { id }, data })
  await audit('import.undone', `import:${id}`, { after: { withdrawn, staying: imported + warned } })
  return false
}
