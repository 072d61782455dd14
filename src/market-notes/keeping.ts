import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { staleSince } from '../audit/stale.ts'
import type { Tx } from '../db.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { dayOf, dayText } from '../lib/days.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { cleanText } from '../lib/text.ts'
import { customerToVisit } from '../visits/making.ts'
import { visitPolicy } from '../visits/policy.ts'
import { lockVisit, type Visit } from '../visits/queries.ts'
import { noteSearch, noteStep, subjectOf } from './commands.ts'
import type { NoteCorrection, NoteInput, NoteWithdrawal, VisitNoteInput } from './forms.ts'
import { notePolicy } from './policy.ts'
import { lockNote, type Locked } from './queries.ts'
import { noteProblems } from './rules.ts'

/** VIS-13: written down by hand, of a customer that the writer sees, or of none. */
export function recordNote(actor: Actor, { customer, ...note }: NoteInput, now: Date): Promise<bigint> {
  return change(actor, async (tx, audit) => {
    if (!notePolicy.record(actor, null)) throw new Forbidden('visits.plan')
    const customerId = customer === null ? null : (await customerToVisit(tx, actor, customer)).id
    return noteStep(tx, audit, actor, { ...note, customerId }, now)
  })
}

/** VIS-13: what was heard on a visit. */
export function recordOnVisit(actor: Actor, { id }: Pick<Visit, 'id'>, note: VisitNoteInput, now: Date) {
  return change(actor, async (tx, audit) => {
    const visit = await lockVisit(tx, id)
    if (!visitPolicy.own(actor, visit)) throw new Forbidden('visits.plan')
    refuseIf(heardProblems(visit))
    return noteStep(tx, audit, actor, { ...note, visitId: id }, now)
  })
}

export function correctNote(actor: Actor, id: bigint, input: NoteCorrection, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const note = await held(tx, actor, id)
    const { kind, text, notedOn, version } = input
    const about = cleanText(input.about ?? '') || null
    const known = { kind: note.kind, about: note.about ?? '', text: note.text, notedOn: dayText(note.notedOn) }
    if (note.version !== version) {
      throw await staleSince(tx, subjectOf(note), version, { version: note.version, fields: known })
    }
    refuseIf(noteProblems({ notedOn }, dateText(now)))
    const { before, after } = differences(known, { kind, about: about ?? '', text, notedOn })
    if (Object.keys(after).length === 0)
      throw new Refused([{ rule: 'VIS-13', reason: 'marketNotes:refused.nothingChanged' }])
    const party = note.customer?.name ?? note.visit?.party ?? null
    await tx.marketNote.update({
      where: { id },
      data: { kind, about, text, notedOn: dayOf(notedOn), ...noteSearch({ about, text, party }), version: version + 1 },
    })
    await audit('market_note.corrected', subjectOf(note), {
      before: { ...before, version },
      after: { ...after, version: version + 1 },
    })
  })
}

/** It was not so: it counts nowhere any more, and stays on record. */
export function withdrawNote(actor: Actor, id: bigint, { reason, version }: NoteWithdrawal, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const note = await held(tx, actor, id)
    if (note.version !== version)
      throw new Refused([{ rule: 'VIS-13', reason: 'marketNotes:refused.changedMeanwhile' }])
    await tx.marketNote.update({ where: { id }, data: { withdrawnAt: now, version: version + 1 } })
    await audit('market_note.withdrawn', subjectOf(note), {
      before: { version },
      after: { version: version + 1 },
      why: reason,
    })
  })
}

/** Locked, not withdrawn, and this person's own. */
async function held(tx: Tx, actor: Actor, id: bigint): Promise<Locked> {
  const note = await lockNote(tx, id)
  if (!notePolicy.own(actor, note)) throw new Forbidden('visits.plan')
  refuseIf(keptProblems(note))
  return note
}

/** VIS-13: what was withdrawn stays as it is. */
export const keptProblems = ({ withdrawnAt }: { withdrawnAt: Date | null }): Refusal[] =>
  withdrawnAt === null
    ? []
    : [{ rule: 'VIS-13', reason: 'marketNotes:refused.withdrawn', params: { at: dateTimeText(withdrawnAt) } }]

/** VIS-13: nothing was heard on a visit that was not made. */
export const heardProblems = ({ state }: Pick<Visit, 'state'>): Refusal[] =>
  state === 'cancelled' ? [{ rule: 'VIS-13', reason: 'marketNotes:refused.notVisited' }] : []

type Facts = Record<'kind' | 'about' | 'text' | 'notedOn', string>

function differences(known: Facts, next: Facts) {
  const changed = (Object.keys(known) as (keyof Facts)[]).filter((name) => known[name] !== next[name])
  return {
    before: Object.fromEntries(changed.map((name) => [name, known[name]])),
    after: Object.fromEntries(changed.map((name) => [name, next[name]])),
  }
}
