import { db } from '../db.ts'
import { businessNumber } from '../lib/numbers.ts'

/** A sequence, so that reading changes no table; a number is never given twice. */
export async function nextExportNumber(year: number): Promise<string> {
  const [row] = await db.$queryRaw<{ n: bigint }[]>`select nextval('export_number') as n`
  return businessNumber('E', year, Number(row!.n))
}
