/** A business number as people read it: K2026000123. */
export function businessNumber(prefix: string, year: number, n: number): string {
  return `${prefix}${year}${String(n).padStart(6, '0')}`
}
