import type { ItemInk, ItemMedium, ItemState, Retention, SecrecyLevel } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { isClassified, levels } from '../levels.ts'

const fading: readonly ItemInk[] = ['ballpoint', 'pencil']

type Carrier = { medium: ItemMedium; ink: ItemInk | null; fades: boolean }

/** ARC-22: ballpoint and pencil do not last, nor does what fades by itself; an electronic item has no ink. */
export function isDurable({ medium, ink, fades }: Carrier): boolean {
  return medium === 'electronic' || !(fades || (ink !== null && fading.includes(ink)))
}

/** ARC-22: what paper is written with is looked at when it is taken in. */
export function carrierProblems({ medium, ink }: Carrier): Refusal[] {
  return medium === 'paper' && ink === null ? [{ rule: 'ARC-22', reason: 'archive:refused.ink', field: 'ink' }] : []
}

export type Lying = { separate: boolean } | null

/** ARC-02: 机密 and 绝密 of paper lie in a separate room; nothing classified lies anywhere else. */
export function placeProblems(secrecy: SecrecyLevel, medium: ItemMedium, place: Lying): Refusal[] {
  if (!isClassified(secrecy) || place?.separate) return []
  if (place === null && medium === 'electronic') return []
  return [{ rule: 'ARC-02', reason: 'archive:refused.notSeparate', field: 'room' }]
}

/** ARC-02: 机密 and 绝密 have a named keeper of their own. */
export function keeperProblems(secrecy: SecrecyLevel, keeper: unknown): Refusal[] {
  return isClassified(secrecy) && keeper === null
    ? [{ rule: 'ARC-02', reason: 'archive:refused.keeper', field: 'keeper' }]
    : []
}

type Periods = { secrecy: SecrecyLevel; secrecyUntil: string | null; retention: Retention; retainUntil: string | null }

/** ARC-01: until when it is secret and until when it is kept are two ends; neither is past, each has its reason to be there. */
export function termProblems(terms: Periods, today: string): Refusal[] {
  const { secrecy, secrecyUntil, retention, retainUntil } = terms
  const problems: Refusal[] = []
  const refuse = (reason: Refusal['reason'], field: string) => problems.push({ rule: 'ARC-01', reason, field })
  if (secrecyUntil && secrecy === 'internal') refuse('archive:refused.noSecrecyEnd', 'secrecyUntil')
  else if (secrecyUntil && secrecyUntil < today) refuse('archive:refused.pastDay', 'secrecyUntil')
  if (retainUntil && retention === 'permanent') refuse('archive:refused.permanent', 'retainUntil')
  else if (retainUntil && retainUntil < today) refuse('archive:refused.pastDay', 'retainUntil')
  return problems
}

export const isLower = (from: SecrecyLevel, to: SecrecyLevel): boolean => levels.indexOf(to) < levels.indexOf(from)

/** ARC-04: only what is in its place goes missing there; what is on loan is missed at its borrower’s. */
export function missingProblems(state: ItemState, lent: boolean): Refusal[] {
  if (lent) return [{ rule: 'ARC-04', reason: 'archive:refused.lentNotMissing' }]
  return state === 'in_place' ? [] : [{ rule: 'ARC-04', reason: 'archive:refused.notInPlace' }]
}

export function foundProblems(state: ItemState): Refusal[] {
  return state === 'missing' ? [] : [{ rule: 'ARC-04', reason: 'archive:refused.notMissing' }]
}
