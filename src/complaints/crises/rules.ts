import type { ComplaintLevel, ComplaintState, ToldUnit } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { Values } from '../../regulations/parameters.ts'

export type Crisis = {
  level: ComplaintLevel
  /** A journalist asked, or a report appeared. */
  exposed: boolean
  /** So many households on the matter that a complaint of the whole group threatens. */
  grouped: boolean
  authority: Values['complaints.authority']
  /** An emergency meeting is on record. */
  met: boolean
  told: readonly ToldUnit[]
}

const tells = ({ told }: Pick<Crisis, 'told'>, unit: ToldUnit) => told.includes(unit)

/** CMP-24: danger of a group complaint, or of exposure in the media. */
export const isDangerous = ({ exposed, grouped }: Pick<Crisis, 'exposed' | 'grouped'>): boolean => exposed || grouped

/** CMP-08: the warning is out when the brand or the management above knows, and the lawyers know. */
export const isWarned = (crisis: Pick<Crisis, 'told'>): boolean =>
  (tells(crisis, 'brand') || tells(crisis, 'management')) && tells(crisis, 'legal')

/** CMP-08, CMP-24: what must have been done before a remedy goes to approval. */
export function crisisProblems(crisis: Crisis): Refusal[] {
  const problems: Refusal[] = []
  if (isDangerous(crisis) && !tells(crisis, 'customer_relations'))
    problems.push({ rule: 'CMP-24', reason: 'remedies:refused.notToldOfDanger' })
  if (crisis.level === 'major' && !crisis.met) problems.push({ rule: 'CMP-08', reason: 'remedies:refused.noMeeting' })
  return problems
}

/** CMP-10, preset mall: important ones are filed with customer relations as well, major ones with the board. */
export function missingReportsOf(crisis: Crisis): Refusal[] {
  const unit = filedWith(crisis)
  if (unit === null || tells(crisis, unit)) return []
  return [
    { rule: 'CMP-10', reason: 'remedies:refused.notFiled', params: { unit: { word: `complaints:unit.${unit}` } } },
  ]
}

/** S2 5.4.2: with whom a complaint of this level is filed. */
export function filedWith({ level, authority }: Pick<Crisis, 'level' | 'authority'>): ToldUnit | null {
  if (authority !== 'by_level' || level === 'general') return null
  return level === 'major' ? 'board' : 'customer_relations'
}

type Person = { id: bigint; name: string }
/** Whom the written names or numbers mean; `unknown` mean nobody here, or several. */
export type Named = { found: readonly Person[]; unknown: readonly string[] }

/** Names or numbers as people write them in a line. */
export const namesIn = (line: string): string[] => [
  ...new Set(
    line
      .normalize('NFKC')
      .split(/[\s,、;；，。]+/u)
      .filter(Boolean),
  ),
]

/** CMP-08, CMP-03: a meeting is of a major complaint, of people who are here, and of none it is about. */
export function meetingProblems(
  { level, accused }: { level: ComplaintLevel; accused: readonly bigint[] },
  { chairs, members }: { chairs: Named; members: Named },
): Refusal[] {
  const problems: Refusal[] = []
  if (level !== 'major') problems.push({ rule: 'CMP-08', reason: 'remedies:refused.notMajor' })
  for (const [field, { found, unknown }] of Object.entries({ chair: chairs, members })) {
    const who = (names: readonly string[]) => ({ names: names.join(' ') })
    if (unknown.length > 0)
      problems.push({ rule: 'CMP-08', reason: 'remedies:refused.nobodySuch', field, params: who(unknown) })
    const about = found.filter(({ id }) => accused.includes(id)).map(({ name }) => name)
    if (about.length > 0)
      problems.push({ rule: 'CMP-03', reason: 'remedies:refused.accused', field, params: who(about) })
  }
  return problems
}

/** What happened, happened after the complaint was made and before now. */
export function momentProblems({ at, from, field }: { at: Date; from: Date; field: string }, now: Date): Refusal[] {
  if (at > now) return [{ rule: 'CMP-08', reason: 'remedies:refused.future', field }]
  // A form tells the minute, the record the second.
  return at.getTime() + 60_000 <= from.getTime() ? [{ rule: 'CMP-08', reason: 'remedies:refused.before', field }] : []
}

/** CMP-13: reported is a result, to a unit that passed the complaint on. */
export function reportProblems(complaint: {
  reportingUnit: string | null
  toldAt: Date | null
  state: ComplaintState
}): Refusal[] {
  if (complaint.reportingUnit === null) return [{ rule: 'CMP-13', reason: 'remedies:refused.noUnit' }]
  return mayReport(complaint) ? [] : [{ rule: 'CMP-13', reason: 'remedies:refused.noResult' }]
}

const handled: readonly ComplaintState[] = ['asking', 'improving', 'answering', 'closed']
export const mayReport = ({ toldAt, state }: { toldAt: Date | null; state: ComplaintState }): boolean =>
  toldAt !== null || handled.includes(state)
