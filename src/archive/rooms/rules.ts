import type { Refusal } from '../../lib/refused.ts'
import type { PlacesInput, RoomInput } from './forms.ts'

/** More than this at once is a slip of the keyboard: a large room has some thousand places. */
export const mostPlaces = 5000

/** ARC-02: what keeps 机密 and 绝密 has a named keeper. */
export function roomProblems({ separate, keeper }: RoomInput): Refusal[] {
  return separate && keeper === null ? [{ rule: 'ARC-02', reason: 'archive:refused.roomKeeper', field: 'keeper' }] : []
}

/** ARC-01 art.7: cabinets from one number to another, each with as many shelves, each shelf with as many positions. */
export function placesProblems({ cabinetFrom, cabinetTo, shelves, positions }: PlacesInput): Refusal[] {
  if (cabinetTo < cabinetFrom) return [{ rule: 'ARC-01', reason: 'archive:refused.cabinets', field: 'cabinetTo' }]
  const n = (cabinetTo - cabinetFrom + 1) * shelves * positions
  if (n <= mostPlaces) return []
  return [{ rule: 'ARC-01', reason: 'archive:refused.places', field: 'positions', params: { n, most: mostPlaces } }]
}
