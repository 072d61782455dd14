import type { MarketNoteKind } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { searchable } from '../customers/search.ts'
import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { refuseIf } from '../lib/refused.ts'
import { cleanText } from '../lib/text.ts'
import { noteProblems } from './rules.ts'

export type NewNote = {
  visitId?: bigint | null
  /** Left out, it is the visit's. */
  customerId?: bigint | null
  kind: MarketNoteKind
  /** Which competitor, product or region it speaks of; at most `longestAbout` characters. */
  about: string | null
  /** At most `longestNote` characters. */
  text: string
  /** 2026-11-24 */
  notedOn: string
}

/** As the trail calls it: what was heard is not for everybody who sees the customer, so it has a trail of its own. */
export const subjectOf = ({ id }: { id: bigint }) => `market_note:${id}`

/** VIS-13: writes down within a change what was heard of the market, as the actor's own. Answers with its id. */
export async function noteStep(tx: Tx, audit: Audit, actor: Actor, given: NewNote, now: Date): Promise<bigint> {
  const { visitId = null, kind, text, notedOn } = given
  // Names of competitors are summed: how wide their letters are makes no difference.
  const about = cleanText(given.about ?? '') || null
  refuseIf(noteProblems(given, dateText(now)))
  const visit = visitId === null ? null : await tx.visit.findUniqueOrThrow({ where: { id: visitId }, select: whose })
  const customerId = given.customerId ?? visit?.customerId ?? null
  const customer =
    customerId === null ? null : await tx.customer.findUniqueOrThrow({ where: { id: customerId }, select: named })
  const party = customer?.name ?? visit?.party ?? null
  const note = await tx.marketNote.create({
    data: {
      visitId,
      customerId,
      kind,
      about,
      text,
      notedOn: dayOf(notedOn),
      recordedAt: now,
      ...noteSearch({ about, text, party }),
      ownerId: actor.id,
      departmentId: actor.departmentId,
      regionId: customer?.regionId ?? visit?.regionId ?? null,
    },
    select: { id: true },
  })
  await audit('market_note.recorded', subjectOf(note), {
    after: { kind, ...(about ? { about } : {}), text, notedOn, ...(party ? { party } : {}) },
  })
  return note.id
}

const whose = { customerId: true, party: true, regionId: true } as const
const named = { name: true, regionId: true } as const

/** CUS-14: what is stored of a note so that two characters or initials find it. */
export function noteSearch({ about, text, party }: { about: string | null; text: string; party: string | null }) {
  const found = searchable([
    { text, as: 'plain' },
    ...(about ? [{ text: about, as: 'company' as const }] : []),
    ...(party ? [{ text: party, as: 'company' as const }] : []),
  ])
  return { grams: found.grams, searchText: found.text }
}
