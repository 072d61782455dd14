/** S2026000001; never reused. */
export function requestNumber(year: number, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1) throw new RangeError(`no approval number for ${serial}`)
  return `S${year}${String(serial).padStart(6, '0')}`
}
