import type { ComplaintOutcome } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { form, seeOther } from '../../web/route.ts'
import { contactsOf, remedyInForce } from '../contacts/queries.ts'
import { complaintPolicy, permitOn } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { linkOut } from '../ratings/queries.ts'
import { callBack } from './calling-back.ts'
import { closeComplaint } from './commands.ts'
import {
  callBackForm,
  closingForm,
  letterForm,
  reopeningForm,
  unreachableForm,
  unresolvedForm,
  type CallBackForm,
  type ClosingForm,
  type LetterForm,
  type ReopeningForm,
  type UnreachableForm,
  type UnresolvedForm,
} from './forms.ts'
import { giveUpReaching, leaveUnresolved } from './giving-up.ts'
import { closingLetter, hasAddress, linkAddress, newLink } from './letter.ts'
import {
  callBackPage,
  closingPage,
  letterPage,
  linkPage,
  reopeningPage,
  unreachablePage,
  unresolvedPage,
} from './pages.ts'
import { askingBy, attemptsFor, closingFacts, daysTried, endingBy } from './queries.ts'
import { reopenComplaint } from './reopening.ts'
import { outcomeOf } from './rules.ts'
import { askingProblems, closedProblems, endingProblems, unreachableProblems, unresolvedProblems } from './guards.ts'

const home = ({ number }: Complaint) => `/complaints/${number}`
const tried = async (complaint: Complaint) => ({
  days: await daysTried(db, complaint),
  attempts: await attemptsFor(complaint),
})
const endsAlone = async (actor: Actor, complaint: Complaint, outcome: ComplaintOutcome) =>
  (await endingBy(db, actor, complaint, outcome)).alone

export const closingRoutes = [
  form<CallBackForm, Complaint>('/complaints/:number/call-back', {
    load: complaintFor,
    allow: complaintPolicy.callBack,
    guard: ({ actor, record }) => askingProblems(db, actor, record),
    view: 'complaints/closing/call-back',
    show: async ({ actor, record, now }) =>
      callBackPage(
        actor,
        record,
        await contactsOf(record),
        { ...(await tried(record)), alone: (await askingBy(db, actor, record)).alone },
        await remedyInForce(db, record),
        now,
      ),
    fields: callBackForm as never,
    submit: async ({ actor, record, input, now }) => {
      const result = await callBack(actor, record, input, now)
      return seeOther(home(record), `closing:notice.${result}`)
    },
  }),
  form<UnreachableForm, Complaint>('/complaints/:number/unreachable', {
    load: complaintFor,
    allow: complaintPolicy.close,
    guard: ({ actor, record }) => unreachableProblems(db, actor, record),
    view: 'complaints/closing/unreachable',
    show: async ({ actor, record }) =>
      unreachablePage(actor, record, await contactsOf(record), {
        ...(await tried(record)),
        alone: await endsAlone(actor, record, 'unreachable'),
      }),
    fields: unreachableForm,
    submit: async ({ actor, record, input, now }) => {
      await giveUpReaching(actor, record, input, now)
      return seeOther(home(record), 'closing:notice.unreachable')
    },
  }),
  form<UnresolvedForm, Complaint>('/complaints/:number/unresolved', {
    load: complaintFor,
    allow: permitOn('complaints.leave'),
    guard: ({ actor, record }) => unresolvedProblems(db, actor, record),
    view: 'complaints/closing/unresolved',
    show: async ({ actor, record, now }) => ({
      ...unresolvedPage(actor, record, await contactsOf(record), now),
      alone: await endsAlone(actor, record, 'unresolved'),
    }),
    fields: unresolvedForm,
    submit: async ({ actor, record, input, now }) => {
      await leaveUnresolved(actor, record, input, now)
      return seeOther(home(record), 'closing:notice.unresolved')
    },
  }),
  form<ClosingForm, Complaint>('/complaints/:number/closing', {
    load: complaintFor,
    allow: complaintPolicy.close,
    guard: ({ actor, record }) => endingProblems(db, actor, record),
    view: 'complaints/closing/close',
    show: async ({ actor, record }) => {
      const facts = await closingFacts(db, record)
      const page = closingPage(actor, record, facts, await remedyInForce(db, record))
      return { ...page, alone: await endsAlone(actor, record, outcomeOf(facts)) }
    },
    fields: closingForm,
    submit: async ({ actor, record, input, now }) => {
      const token = await closeComplaint(actor, record, input, now)
      const model = linkPage(record, linkAddress(token), true, hasAddress())
      return { to: home(record), shown: { view: 'complaints/closing/link', model } }
    },
  }),
  form<ReopeningForm, Complaint>('/complaints/:number/reopening', {
    load: complaintFor,
    allow: complaintPolicy.reopen,
    guard: ({ record }) => closedProblems(record),
    view: 'complaints/closing/reopen',
    show: ({ actor, record }) => reopeningPage(actor, record),
    fields: reopeningForm,
    submit: async ({ actor, record, input, now }) => {
      await reopenComplaint(actor, record, input, now)
      return seeOther(home(record), 'closing:notice.reopened')
    },
  }),
  form<LetterForm, Complaint>('/complaints/:number/letter', {
    load: complaintFor,
    allow: complaintPolicy.close,
    guard: ({ record }) => closedProblems(record),
    view: 'complaints/closing/letter',
    show: async ({ actor, record, now }) => letterPage(actor, record, await linkOut(record, now), hasAddress()),
    fields: letterForm,
    submit: async ({ actor, record, input, now }) => {
      if (input.as === 'letter') return { to: home(record), file: await closingLetter(actor, record, now) }
      const address = linkAddress(await newLink(actor, record, now))
      return {
        to: home(record),
        shown: { view: 'complaints/closing/link', model: linkPage(record, address, false, hasAddress()) },
      }
    },
  }),
]
