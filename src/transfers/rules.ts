import type { FileKind, FilePart, ItemInk, ItemType, SecrecyLevel } from '../../prisma/client/enums.ts'
import { isClassified } from '../archive/levels.ts'
import { partAllowed } from '../archive/parts.ts'
import { addWorkingDays, type Calendar } from '../calendar/reckoning.ts'
import { dayStart } from '../lib/dates.ts'
import type { Refusal } from '../lib/refused.ts'

/** As it is chosen in one column: what it is written with, or a carrier that does not last. */
export const carriers = ['printed', 'carbon', 'blue_black', 'ballpoint', 'pencil', 'weak'] as const
export type Carrier = (typeof carriers)[number]

/** ARC-22: ballpoint, pencil and weak carriers do not last. */
export function carrierOf(carrier: Carrier): { durable: boolean; ink: ItemInk | null } {
  if (carrier === 'weak') return { durable: false, ink: null }
  return { durable: carrier !== 'ballpoint' && carrier !== 'pencil', ink: carrier }
}

export const carrierFrom = ({ durable, ink }: { durable: boolean; ink: ItemInk | null }): Carrier =>
  ink ?? (durable ? 'printed' : 'weak')

/** A line of the list, by the row it was typed in. */
export type Line = {
  row: number
  title: string
  type: ItemType
  part: FilePart
  datedOn: string | null
  /** 0: not counted yet. */
  pages: number
  copies: number
  secrecy: SecrecyLevel
  carrier: Carrier
  attachment: boolean
  certificate: boolean
  certKind: string | null
  certNumber: string | null
  certOwner: string | null
}

export const fieldOf = (row: number, name: string) => `rows.${row}.${name}`

/** What cannot stand in a list, finished or not. */
export function lineProblems(lines: readonly Line[], kind: FileKind, today: string): Refusal[] {
  return lines.flatMap((line) => {
    const found: Refusal[] = []
    const refuse = (rule: string, reason: Refusal['reason'], name: string) =>
      found.push({ rule, reason, field: fieldOf(line.row, name) })
    if (!partAllowed(kind, line.part)) refuse('ARC-24', 'transfers:refused.part', 'part')
    if (line.datedOn !== null && line.datedOn > today) refuse('ARC-03', 'transfers:refused.future', 'datedOn')
    if (line.attachment && line.certificate) refuse('ARC-23', 'transfers:refused.attachedCertificate', 'attachment')
    if (line.attachment && isClassified(line.secrecy))
      refuse('ARC-02', 'transfers:refused.attachedClassified', 'secrecy')
    return found
  })
}

/** ARC-03, ARC-23: what a list lacks before it can be signed. */
export function unfinishedProblems(lines: readonly Line[]): Refusal[] {
  if (lines.length === 0) return [{ rule: 'ARC-03', reason: 'transfers:refused.empty' }]
  return lines.flatMap((line) => {
    const params = { row: line.row, title: line.title }
    const lacks: Refusal[] = line.pages > 0 ? [] : [{ rule: 'ARC-03', reason: 'transfers:refused.noPages', params }]
    const named = line.certKind !== null && line.certNumber !== null && line.certOwner !== null
    if (line.certificate && !named) lacks.push({ rule: 'ARC-23', reason: 'transfers:refused.certificate', params })
    return lacks
  })
}

export type Counted = {
  n: number
  title: string
  pages: number
  copies: number
  certificate: boolean
  counted: number | null
  countedCopies: number | null
}

/** ARC-03, ARC-23: nobody signs before every item is counted, or while a count differs from the list. */
export function countProblems(items: readonly Counted[]): Refusal[] {
  return items.flatMap(({ n, title, pages, copies, certificate, counted, countedCopies }): Refusal[] => {
    const params = { row: n, title }
    if (counted === null || (certificate && countedCopies === null))
      return [{ rule: certificate ? 'ARC-23' : 'ARC-03', reason: 'transfers:refused.uncounted', params }]
    const found: Refusal[] = []
    if (counted !== pages)
      found.push({ rule: 'ARC-03', reason: 'transfers:refused.pagesDiffer', params: { ...params, pages, counted } })
    if (certificate && countedCopies !== copies)
      found.push({
        rule: 'ARC-23',
        reason: 'transfers:refused.copiesDiffer',
        params: { ...params, copies, counted: countedCopies ?? 0 },
      })
    return found
  })
}

/** ARC-03: three different people sign. */
export function partyProblems(officer: bigint, checker: bigint, archivist: bigint): Refusal[] {
  const found: Refusal[] = []
  if (checker === officer) found.push({ rule: 'ARC-03', reason: 'transfers:refused.sameChecker', field: 'checker' })
  if (archivist === officer || archivist === checker)
    found.push({ rule: 'ARC-03', reason: 'transfers:refused.sameArchivist', field: 'archivist' })
  return found
}

const mostYears = 10

/** The project has ended, and not in a past that nobody hands over any more. */
export function endedProblems(endedOn: string, today: string): Refusal[] {
  if (endedOn > today) return [{ rule: 'ARC-03', reason: 'transfers:refused.notEnded', field: 'endedOn' }]
  const oldest = `${Number(today.slice(0, 4)) - mostYears}${today.slice(4)}`
  return endedOn < oldest
    ? [{ rule: 'ARC-03', reason: 'transfers:refused.longAgo', field: 'endedOn', params: { years: mostYears } }]
    : []
}

/** ARC-03: until when the archive has it without asking: 3 + 2 working days after the day the project ended. */
export function limitOf(calendar: Calendar, endedOn: string, days: { handOver: number; check: number }): Date {
  return addWorkingDays(calendar, dayStart(endedOn), days.handOver + days.check)
}

export type Lateness = { limit: Date; lateApprovedAt: Date | null }

export const isLate = ({ limit, lateApprovedAt }: Lateness, now: Date): boolean =>
  now > limit && lateApprovedAt === null

type Owed = { settledAt: Date | null; followWhy: string | null }

/** ARC-03: B does not sign while A still owes something, unless it is marked to follow. */
export function supplementProblems(owed: readonly Owed[]): Refusal[] {
  const open = owed.filter(({ settledAt, followWhy }) => settledAt === null && followWhy === null).length
  return open > 0 ? [{ rule: 'ARC-03', reason: 'transfers:refused.supplementOpen', params: { n: open } }] : []
}
