/** DA2026000001-07 as people and scanners write it; null where it is something else. */
export function numberIn(typed: string): string | null {
  const plain = typed.normalize('NFKC').replace(/\s/gu, '').toUpperCase()
  if (/^DA[0-9A-Z-]{1,30}$/u.test(plain) && /\d/u.test(plain)) return plain
  return /^20\d{8}(?:-\d{0,4})?$/u.test(plain) ? `DA${plain}` : null
}
