/** The number on a label, however a keyboard or a scanner wrote it; null where it is none. */
export function scannedNumber(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Cf}]/gu, '')
    .replace(/[–—−_]/gu, '-')
    .toUpperCase()
  return /^DA[0-9A-Z]{1,24}(?:-\d{2,4})?$/u.test(plain) && /\d/u.test(plain) ? plain : null
}

export const isItem = (number: string): boolean => number.includes('-')
