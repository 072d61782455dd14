/** 2-4-3, from the left: a cabinet, a shelf of it, a position on it; null where it is none. */
export function placeParts(typed: string): number[] | null {
  const parts = typed
    .normalize('NFKC')
    .split(/[\s\-–—−.、/]+/u)
    .filter((part) => part !== '')
  const whole = parts.length > 0 && parts.length <= 3 && parts.every((part) => /^\d{1,6}$/u.test(part))
  return whole ? parts.map(Number) : null
}

/** ARC-01: as it stands on a label: 2-4-3. */
export const shelfText = (place: { cabinet: number; shelf: number; position: number }): string =>
  `${place.cabinet}-${place.shelf}-${place.position}`
