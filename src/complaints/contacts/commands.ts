import type { ContactPurpose, ContactWay } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { meetClock } from '../clocks.ts'
import { progressed } from '../course.ts'
import { negotiated } from '../crises/gates.ts'
import { holdFor } from '../holding.ts'
import { endPauseStep } from '../pausing.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import type { ContactForm } from './forms.ts'
import { companionsOf, remedyInForce, wasReached, type Reads } from './queries.ts'
import { contactProblems, isStep, type ContactFacts } from './rules.ts'
import { answered, disputed, rejected, told } from './steps.ts'

/** CMP-11, CMP-12: writes down a word with the customer, or a try, and takes the case on where it was waited for. */
export function recordContact(actor: Actor, { id }: { id: bigint }, input: ContactForm, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const found = await holdFor(tx, actor, id, 'complaints.contact', { version: input.version, rule: 'CMP-12' })
    const facts = await factsFor(tx, found, actor)
    refuseIf(contactProblems(input, facts, now))
    const complaint = await spokenTo(tx, found, actor, input.reached, now)
    await addContact(tx, complaint, actor, lineOf(input))
    await meetClocks(tx, complaint, input, facts.nameless, now)
    if (isStep(input.purpose) && input.reached) await stepTaken(tx, audit, complaint, input, now)
    else {
      await progressed(tx, complaint, now)
      await audit('complaint.contact_recorded', subjectOf(complaint), { after: toldOf(input, complaint) })
    }
  })
}

/** CMP-21: whoever has just spoken with the customer waits for the customer no more. */
export async function spokenTo(tx: Tx, complaint: Complaint, actor: Actor, reached: boolean, now: Date) {
  return reached && complaint.paused ? endPauseStep(tx, complaint, now, actor.id) : complaint
}

/** What a contact is judged by, as things stand. */
export async function factsFor(tx: Reads, complaint: Complaint, actor: Actor): Promise<ContactFacts> {
  const { state, level, receivedAt, judgedAt, anonymous, phone } = complaint
  const remedy = await remedyInForce(tx, complaint)
  return {
    state,
    level,
    receivedAt,
    reachedBefore: await wasReached(tx, complaint),
    tellableAt: state === 'telling' ? (remedy?.decidedAt ?? null) : judgedAt,
    companions: await companionsOf(tx, complaint, actor),
    negotiated: await negotiated(tx, complaint),
    nameless: anonymous && phone === null,
  }
}

/** What is kept of a contact. */
export type ContactLine = {
  at: Date
  purpose: ContactPurpose
  way: ContactWay
  reached: boolean
  words: string
  withId?: bigint | null
  standardMessage?: string | null
  satisfied?: boolean | null
  score?: number | null
}

// Only a message that went out because nobody answered is one; a companion is named where two negotiated.
const lineOf = ({ purpose, way, at, reached, words, message, withId }: ContactForm): ContactLine => ({
  purpose,
  way,
  at,
  reached,
  words,
  withId: purpose === 'negotiation' ? withId : null,
  standardMessage: reached ? null : message,
})

export async function addContact(tx: Tx, { id, round }: Complaint, actor: Actor, line: ContactLine): Promise<void> {
  await tx.complaintContact.create({ data: { ...line, complaintId: id, round, byId: actor.id } })
}

const toldOf = ({ purpose, way, at, reached, reply }: ContactForm, { round }: Complaint) => ({
  purpose,
  way,
  contactedAt: at,
  reached,
  round,
  ...(reply ? { reply } : {}),
})

/** CMP-15: what counts is the entry: a call that nobody wrote down in time was not made in time. */
async function meetClocks(tx: Tx, complaint: Complaint, input: ContactForm, nameless: boolean, now: Date) {
  const { reached, purpose, message } = input
  if (reached || message !== null || nameless) await meetClock(tx, 'complaint.contact', complaint, now)
  if (reached && (isStep(purpose) || purpose === 'progress'))
    await meetClock(tx, 'complaint.first_result', complaint, now)
}

async function stepTaken(tx: Tx, audit: Audit, complaint: Complaint, input: ContactForm, now: Date): Promise<void> {
  const taken = input.reply === 'accepted'
  const telling = input.purpose === 'telling'
  if (taken) await (telling ? told : answered)(tx, complaint, input.at, now)
  else await (telling ? rejected : disputed)(tx, complaint, now)
  const action = {
    telling: taken ? 'complaint.told' : 'complaint.remedy_rejected',
    answer: taken ? 'complaint.answered' : 'complaint.answer_disputed',
  } as const
  const done = action[input.purpose as keyof typeof action]
  await audit(done, subjectOf(complaint), { after: toldOf(input, complaint), ...(taken ? {} : { why: input.words }) })
}
