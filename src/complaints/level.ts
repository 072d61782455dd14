import type { ComplaintLevel, MediaExposure } from '../../prisma/client/enums.ts'

/** What the level is computed from. Money in yuan. */
export type LevelFacts = {
  hazard: boolean
  /** Of the group, or those the caller speaks for: whichever is more. */
  households: number
  /** What is asked for or offered: whichever is more. */
  compensation: number
  repeated: boolean
  toldManufacturer: boolean
  blockade: boolean
  exchange: boolean
  legal: boolean
  media: MediaExposure
  grave: boolean
}

/** The thresholds in force when the complaint was received; CAL-03: ≥ ≥ ≥ > in this order. */
export type LevelFigures = {
  majorHouseholds: number
  importantHouseholds: number
  majorCompensation: number
  importantCompensation: number
  negativeMedia: 'major' | 'important'
}

export const levelFacts = [
  'hazard',
  'majorHouseholds',
  'majorCompensation',
  'repeated',
  'toldManufacturer',
  'blockade',
  'exchange',
  'negativeMedia',
  'grave',
  'importantHouseholds',
  'importantCompensation',
  'legal',
  'media',
] as const
export type LevelFact = (typeof levelFacts)[number]

/** A fact that speaks for a level. */
export type LevelReason = { fact: LevelFact; level: Exclude<ComplaintLevel, 'general'> }

const rank: Record<ComplaintLevel, number> = { general: 0, important: 1, major: 2 }
export const isAbove = (one: ComplaintLevel, other: ComplaintLevel): boolean => rank[one] > rank[other]
export const higher = (one: ComplaintLevel, other: ComplaintLevel): ComplaintLevel =>
  isAbove(other, one) ? other : one

/** CMP-06: every fact that makes a complaint more than general, the gravest first (S1§18 2.5; S2 5.4.1). */
export function levelReasons(facts: LevelFacts, figures: LevelFigures): LevelReason[] {
  const reasons: [boolean, LevelFact, LevelReason['level']][] = [
    [facts.hazard, 'hazard', 'major'],
    [facts.households >= figures.majorHouseholds, 'majorHouseholds', 'major'],
    [facts.compensation >= figures.majorCompensation, 'majorCompensation', 'major'],
    [facts.repeated, 'repeated', 'major'],
    [facts.toldManufacturer, 'toldManufacturer', 'major'],
    [facts.blockade, 'blockade', 'major'],
    [facts.exchange, 'exchange', 'major'],
    [facts.grave, 'grave', 'major'],
    [facts.media === 'negative', 'negativeMedia', figures.negativeMedia],
    [
      between(facts.households, figures.importantHouseholds, figures.majorHouseholds),
      'importantHouseholds',
      'important',
    ],
    [
      facts.compensation > figures.importantCompensation && facts.compensation < figures.majorCompensation,
      'importantCompensation',
      'important',
    ],
    [facts.legal, 'legal', 'important'],
    [facts.media === 'exposed', 'media', 'important'],
  ]
  const found = reasons.flatMap(([holds, fact, level]) => (holds ? [{ fact, level }] : []))
  return found.toSorted((a, b) => rank[b.level] - rank[a.level])
}

const between = (n: number, from: number, below: number) => n >= from && n < below

/** What people did to the computed level. */
export type LevelWill = {
  raisedTo: ComplaintLevel | null
  loweredTo: ComplaintLevel | null
  /** Facts that were known when it was lowered. */
  overruled: readonly string[]
}

/**
 * CMP-06: the level that holds. Raised by anyone it does not fall below that; lowered by the customer service manager it
 * stays there until a fact appears that was not known then.
 */
export function levelOf(
  reasons: readonly LevelReason[],
  { raisedTo, loweredTo, overruled }: LevelWill,
): ComplaintLevel {
  const speaking = loweredTo === null ? reasons : reasons.filter(({ fact }) => !overruled.includes(fact))
  const computed = speaking.reduce<ComplaintLevel>(
    (level, reason) => higher(level, reason.level),
    loweredTo ?? 'general',
  )
  return raisedTo === null ? computed : higher(computed, raisedTo)
}
