import type { Db, Tx } from '../db.ts'
import { dayText } from '../lib/days.ts'
import { monthAfter } from '../lib/months.ts'

/** CRD-20: a closed month takes no more documents, nor does one before it; nothing where none is closed. */
export async function firstOpenDay(client: Pick<Db, 'ledgerMonth'>): Promise<string> {
  const { _max } = await client.ledgerMonth.aggregate({ _max: { month: true } })
  return _max.month === null ? '' : `${monthAfter(dayText(_max.month).slice(0, 7), 1)}-01`
}

/** The same for what is being entered: whoever is closing a month is waited for, as the ledger itself does. */
export async function isClosed(tx: Tx, day: string): Promise<boolean> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('ledger month', 0))`
  return day < (await firstOpenDay(tx))
}

/** CRD-13: null before the company's first release. */
export async function openedOn(tx: Pick<Db, 'creditOpening'>): Promise<string | null> {
  const found = await tx.creditOpening.findUnique({ where: { id: 1 } })
  return found ? dayText(found.openedOn) : null
}
