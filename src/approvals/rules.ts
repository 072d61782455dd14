import { businessNumber } from '../lib/numbers.ts'
/** S2026000001; never reused. */
export function requestNumber(year: number, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1) throw new RangeError(`no approval number for ${serial}`)
  return businessNumber('S', year, serial)
}
