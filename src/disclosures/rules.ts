import { createHash } from 'node:crypto'
import { DisclosureWay, LegalBasis } from '../../prisma/client/enums.ts'
import type { ApplicationState } from '../../prisma/client/enums.ts'
import type { Signature } from '../approvals/contract.ts'
import { dayText } from '../lib/days.ts'
import { businessNumber } from '../lib/numbers.ts'
import type { Refusal } from '../lib/refused.ts'

export const bases = Object.values(LegalBasis) as [LegalBasis, ...LegalBasis[]]
export const ways = Object.values(DisclosureWay) as [DisclosureWay, ...DisclosureWay[]]

/** What of a customer's facts can be given out, by their names in customers/facts.ts, in the order of the package. */
export const disclosable = [
  'name',
  'kind',
  'aliases',
  'code',
  'relation',
  'cooperation',
  'phone',
  'email',
  'wechat',
  'website',
  'province',
  'city',
  'district',
  'address',
  'plates',
  'source',
  'purpose',
  'creditNote',
  'tradeNote',
  'remark',
] as const
export type Disclosable = (typeof disclosable)[number]
export const isDisclosable = (name: string): name is Disclosable => (disclosable as readonly string[]).includes(name)

/** DW2026000001 */
export const disclosureNumber = (year: number, n: number): string => businessNumber('DW', year, n)

/** What one package holds at most: it is made in memory. */
export const mostBytes = 100 * 1024 * 1024
export const mostItems = 50
/** Nobody needs data of a customer for longer without asking again. */
export const mostDays = 366

/** ARC-15: both, one after the other; the general manager as well where the company reads its rules strictly. */
export function signaturesOf(strict: boolean): Signature[] {
  const both: Signature[] = [{ role: 'info_supervisor' }, { role: 'cs_manager' }]
  return strict ? [...both, { role: 'general_manager' }] : both
}

export type Period = { fromOn: string; untilOn: string }
const day = 86_400_000

/** A period that lies ahead, and no longer than the recipient is bound. */
export function periodProblems({ fromOn, untilOn }: Period, today: string, boundUntil: string | null): Refusal[] {
  const problem = (reason: Refusal['reason'], params?: Refusal['params']): Refusal => ({
    rule: 'ARC-15',
    reason,
    field: 'untilOn',
    ...(params ? { params } : {}),
  })
  if (untilOn < fromOn) return [problem('disclosures:refused.order')]
  if (untilOn < today) return [problem('disclosures:refused.past', { today })]
  if ((Date.parse(untilOn) - Date.parse(fromOn)) / day >= mostDays)
    return [problem('disclosures:refused.tooLong', { most: mostDays })]
  if (boundUntil !== null && untilOn > boundUntil)
    return [{ ...problem('disclosures:refused.outlasts', { until: boundUntil }), rule: 'PRV-14' }]
  return []
}

export type Ground = {
  agreement: string
  fields: Record<string, unknown>
  items: { number: string; secrecy: string; n: number; sha256: string | null; gone: boolean }[]
}

/** APR-02: the approved values and contents themselves, as one fingerprint: whoever changes one of them changes it. */
export function basisOf({ agreement, fields, items }: Ground): string {
  const whole = {
    agreement,
    fields: Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    items: items.map(({ number, secrecy, n, sha256, gone }) => [number, secrecy, n, sha256, gone]),
  }
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex')
}

type Held = {
  state: ApplicationState
  fromOn: Date
  untilOn: Date
  packedAt: Date | null
  handedAt: Date | null
}

export type Standing =
  'waiting' | 'returned' | 'refused' | 'withdrawn' | 'ended' | 'approved' | 'packed' | 'handed' | 'over'

/** Where it stands today, in one word. */
export function standingOf({ state, untilOn, packedAt, handedAt }: Held, today: string): Standing {
  if (state !== 'approved') return state
  if (handedAt !== null) return 'handed'
  if (dayText(untilOn) < today) return 'over'
  return packedAt === null ? 'approved' : 'packed'
}

/** Packed once, handed over once, and only in the approved period. */
export function packProblems(held: Held, today: string): Refusal[] {
  const refuse = (reason: Refusal['reason'], params?: Refusal['params']): Refusal[] => [
    { rule: 'ARC-15', reason, ...(params ? { params } : {}) },
  ]
  if (held.state !== 'approved') return refuse('disclosures:refused.notApproved')
  if (held.packedAt !== null) return refuse('disclosures:refused.packedAlready')
  return outsidePeriod(held, today)
}

export function handProblems(held: Held, today: string): Refusal[] {
  const refuse = (reason: Refusal['reason']): Refusal[] => [{ rule: 'ARC-15', reason }]
  if (held.state !== 'approved' || held.packedAt === null) return refuse('disclosures:refused.notPacked')
  if (held.handedAt !== null) return refuse('disclosures:refused.handedAlready')
  return outsidePeriod(held, today)
}

function outsidePeriod({ fromOn, untilOn }: Held, today: string): Refusal[] {
  if (dayText(fromOn) > today)
    return [{ rule: 'ARC-15', reason: 'disclosures:refused.notBegun', params: { from: dayText(fromOn) } }]
  if (dayText(untilOn) < today)
    return [{ rule: 'ARC-15', reason: 'disclosures:refused.over', params: { until: dayText(untilOn) } }]
  return []
}

/** It is handed over after it was packed, and not in the time to come. */
export function handedProblems(handedAt: Date, packedAt: Date, now: Date): Refusal[] {
  // The browser's field knows minutes.
  const from = new Date(Math.floor(packedAt.getTime() / 60_000) * 60_000)
  if (handedAt >= from && handedAt <= now) return []
  return [{ rule: 'ARC-15', reason: 'disclosures:refused.handedWhen', field: 'handedAt' }]
}
