import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindProblems, volumeProblems } from '../../src/archive/files/rules.ts'
import {
  carrierProblems,
  foundProblems,
  isDurable,
  keeperProblems,
  missingProblems,
  placeProblems,
  termProblems,
} from '../../src/archive/items/rules.ts'
import { inks, media } from '../../src/archive/items/forms.ts'
import { isClassified, levels } from '../../src/archive/levels.ts'
import { missingParts, partsOf } from '../../src/archive/parts.ts'
import { mostPlaces, placesProblems, roomProblems } from '../../src/archive/rooms/rules.ts'
import type { Refusal } from '../../src/lib/refused.ts'

const of = (problems: Refusal[]) => problems.map(({ rule, field }) => `${rule} ${field ?? ''}`.trim())
const anyLevel = fc.constantFrom(...levels)

describe('what is taken in', () => {
  it.each([
    ['paper', 'printed', false, true],
    ['paper', 'carbon', false, true],
    ['paper', 'blue_black', false, true],
    ['paper', 'ballpoint', false, false],
    ['paper', 'pencil', false, false],
    ['paper', 'printed', true, false],
    ['electronic', null, true, true],
  ] as const)('ARC-22: %s in %s, fading %s: lasts %s', (medium, ink, fades, lasts) => {
    expect(isDurable({ medium, ink, fades })).toBe(lasts)
  })

  it('ARC-22: paper says what it is written with; nothing else needs to', () => {
    fc.assert(
      fc.property(fc.constantFrom(...media), fc.constantFrom(null, ...inks), fc.boolean(), (medium, ink, fades) => {
        const refused = carrierProblems({ medium, ink, fades }).length > 0
        expect(refused).toBe(medium === 'paper' && ink === null)
      }),
    )
  })

  it('ARC-24: a loan file has four parts, a mall file seven; what is missing is what nothing stands in', () => {
    expect([partsOf.loan.length, partsOf.mall.length]).toEqual([4, 7])
    expect(missingParts('loan', ['contracts', 'general'])).toEqual(['approval', 'investigation', 'customer_papers'])
    expect(missingParts('general', [])).toEqual([])
    expect(of(volumeProblems('general', { part: 'leases', startedOn: null, endedOn: null }))).toEqual(['ARC-24 part'])
    expect(of(volumeProblems('mall', { part: 'leases', startedOn: '2026-02-01', endedOn: '2026-01-31' }))).toEqual([
      'ARC-01 endedOn',
    ])
    expect(of(kindProblems('general', ['leases']))).toEqual(['ARC-24 kind'])
    expect(kindProblems('mall', ['leases', 'general'])).toEqual([])
  })
})

describe('levels', () => {
  it('ARC-02: classified paper lies in a separate room and nowhere else; everything else may lie anywhere', () => {
    const places = fc.constantFrom(null, { separate: true }, { separate: false })
    fc.assert(
      fc.property(anyLevel, fc.constantFrom(...media), places, (level, medium, place) => {
        const refused = placeProblems(level, medium, place).length > 0
        const apart = place?.separate === true || (place === null && medium === 'electronic')
        expect(refused).toBe(isClassified(level) && !apart)
      }),
    )
    expect(of(keeperProblems('confidential', null))).toEqual(['ARC-02 keeper'])
    expect(keeperProblems('secret', null)).toEqual([])
  })

  it('ARC-01: the end of secrecy and the end of keeping are two, and neither is past', () => {
    const terms = { secrecy: 'secret', secrecyUntil: null, retention: 'years10', retainUntil: null } as const
    const today = '2026-11-22'
    expect(termProblems({ ...terms, secrecyUntil: today, retainUntil: '2036-12-31' }, today)).toEqual([])
    expect(of(termProblems({ ...terms, secrecyUntil: '2026-11-21' }, today))).toEqual(['ARC-01 secrecyUntil'])
    expect(of(termProblems({ ...terms, secrecy: 'internal', secrecyUntil: today }, today))).toEqual([
      'ARC-01 secrecyUntil',
    ])
    expect(of(termProblems({ ...terms, retention: 'permanent', retainUntil: today }, today))).toEqual([
      'ARC-01 retainUntil',
    ])
  })
})

it('ARC-04: what is on loan or not in its place is not missed there; only what is missing is found', () => {
  expect(missingProblems('in_place', false)).toEqual([])
  expect(of(missingProblems('in_place', true))).toEqual(['ARC-04'])
  expect(of(missingProblems('missing', false))).toEqual(['ARC-04'])
  expect(foundProblems('missing')).toEqual([])
  expect(of(foundProblems('in_place'))).toEqual(['ARC-04'])
})

it('ARC-01, ARC-02: places go by cabinets in order, so many at a time; a separate room has a keeper', () => {
  const places = { cabinetFrom: 1, cabinetTo: 4, shelves: 5, positions: 20 }
  expect(placesProblems(places)).toEqual([])
  expect(of(placesProblems({ ...places, cabinetFrom: 5 }))).toEqual(['ARC-01 cabinetTo'])
  expect(placesProblems({ cabinetFrom: 1, cabinetTo: 1, shelves: 1, positions: mostPlaces })).toEqual([])
  expect(of(placesProblems({ cabinetFrom: 1, cabinetTo: 1, shelves: 1, positions: mostPlaces + 1 }))).toEqual([
    'ARC-01 positions',
  ])
  expect(of(roomProblems({ name: '蓬莱', separate: true, keeper: null, note: null }))).toEqual(['ARC-02 keeper'])
})
