import type {
  ComplaintChannel,
  ComplaintKind,
  ComplaintLevel,
  ComplaintState,
  MediaExposure,
} from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import { searchable } from '../customers/search.ts'
import type { Tx } from '../db.ts'
import { yearOf } from '../lib/dates.ts'
import { businessNumber } from '../lib/numbers.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { alarm } from './alarming.ts'
import { handOnClocks, startClock, startReceiptClocks } from './clocks.ts'
import { levelOf, levelReasons } from './level.ts'
import { levelFigures } from './leveling.ts'
import { lockComplaint, subjectOf, type Complaint } from './queries.ts'
import { shutOutConcerned } from './remedying.ts'

/** CMP-01: what is written down while the caller speaks. Money in yuan with two decimals. */
export type NewComplaint = {
  channel: ComplaintChannel
  kind: ComplaintKind
  receivedAt: Date
  reportingUnit: string | null
  customerId: bigint | null
  anonymous: boolean
  complainant: string | null
  /** As it is to be shown; `phoneDigits` are its digits. */
  phone: string | null
  phoneDigits: string | null
  product: string | null
  title: string
  what: string
  wants: string | null
  containment: string | null
  claim: string | null
  hazard: boolean
  households: number
  toldManufacturer: boolean
  blockade: boolean
  exchange: boolean
  legal: boolean
  media: MediaExposure
  accused: readonly bigint[]
  departmentId: bigint | null
  regionId: bigint | null
  /** Assigned at once (受理并派单). */
  ownerId: bigint | null
}

/** Folded as plates and product numbers are compared. */
export const productKey = (product: string | null): string | null =>
  product === null
    ? null
    : product
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[\s·.\-—_/]/gu, '') || null

/** CUS-14: what is stored of a complaint so that two characters or initials find it. */
export function complaintSearch({
  title,
  complainant,
  product,
}: Pick<NewComplaint, 'title' | 'complainant' | 'product'>) {
  const { grams, text } = searchable([
    { text: title, as: 'plain' },
    ...(complainant ? [{ text: complainant, as: 'person' as const }] : []),
    ...(product ? [{ text: product, as: 'plain' as const }] : []),
  ])
  return { grams, searchText: text }
}

/** CMP-01, CMP-06: writes a complaint down within a change, with its number, its level and the clocks that run from now. */
export async function takeStep(tx: Tx, audit: Audit, actor: Actor, given: NewComplaint, now: Date): Promise<Complaint> {
  const figures = levelFigures(await regulationAt(now))
  const reasons = levelReasons(
    { ...given, compensation: Number(given.claim ?? 0), repeated: false, grave: false },
    figures,
  )
  const level = levelOf(reasons, { raisedTo: null, loweredTo: null, overruled: [] })
  const complaint = await write(tx, actor, given, level, now)
  const { id, number, channel, kind } = complaint
  await tx.levelChange.create({
    data: { complaintId: id, at: now, kind: 'computed', after: level, facts: reasons.map(({ fact }) => fact) },
  })
  await audit('complaint.taken', subjectOf(complaint), { after: { number, channel, kind, level } })
  await startReceiptClocks(tx, complaint)
  if (given.ownerId !== null) await assigned(tx, complaint, now)
  if (level === 'major') await alarm(tx, complaint, now)
  return complaint
}

async function write(tx: Tx, actor: Actor, given: NewComplaint, level: ComplaintLevel, now: Date): Promise<Complaint> {
  const { id } = await tx.complaint.create({
    data: {
      ...given,
      ...complaintSearch(given),
      number: businessNumber('T', yearOf(now), await takeSerials(tx, 'complaint', yearOf(now), 1)),
      level,
      accused: [...given.accused],
      productKey: productKey(given.product),
      recordedAt: now,
      receivedById: actor.id,
      receivingDepartmentId: actor.departmentId,
      assignedAt: given.ownerId === null ? null : now,
    },
    select: { id: true },
  })
  return lockComplaint(tx, id)
}

const beforeProposal: readonly ComplaintState[] = ['received', 'accepting', 'investigating']

/** CMP-13: from being assigned on there is so much time for a remedy; the clocks are the handler's. */
export async function assigned(tx: Tx, complaint: Complaint, now: Date): Promise<void> {
  await handOnClocks(tx, complaint, now)
  await shutOutConcerned(tx, complaint)
  if (beforeProposal.includes(complaint.state)) await startClock(tx, 'complaint.remedy', complaint, now)
}
