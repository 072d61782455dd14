import type { Actor } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { calendarAt } from '../calendar/queries.ts'
import { colleaguesBeside } from '../delegations/queries.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { requestPath, searchOf } from './addresses.ts'
import { decideRequest } from './deciding.ts'
import {
  decisionForm,
  inboxQuery,
  listQuery,
  signerForm,
  togetherForm,
  togetherQuery,
  withdrawalForm,
  type DecisionInput,
  type InboxQuery,
  type ListQuery,
  type SignerInput,
  type TogetherInput,
  type WithdrawalInput,
} from './forms.ts'
import { kindOf } from './kinds.ts'
import { inboxShown } from './opening.ts'
import { listPage, type ListName } from './list-page.ts'
import { decidedBy, filedBy, registerOf } from './lists.ts'
import { signerPage, withdrawalPage } from './own-pages.ts'
import { requestFor, type SeenRequest } from './reading.ts'
import { printSheet } from './sheet.ts'
import { shownTicked, turnFor } from './shown.ts'
import { addSigner } from './signers.ts'
import { titlesFor, titlesOf } from './titles.ts'
import { batchFor, decideTogether, type Batch } from './together.ts'
import { batchPage, togetherPage } from './together-page.ts'
import { withdrawRequest } from './withdrawing.ts'

const use = permit('approvals.use')
const lists = { mine: filedBy, decided: decidedBy, register: registerOf }

const listOf = (name: ListName) =>
  page<undefined, ListQuery>(`/approvals/${name}`, {
    allow: name === 'register' ? permit('approvals.register') : use,
    query: listQuery as never,
    view: 'approvals/list',
    show: async ({ actor, query, now }) => {
      const found = await lists[name](actor, query)
      const titles = await titlesFor(actor, found.rows, now)
      return listPage(actor, name, { page: found, titles }, query, now, await calendarAt(now))
    },
  })

const load = (actor: Actor, number?: string) => requestFor(actor, number ?? '')

export const approvalRoutes = [
  page<undefined, InboxQuery>('/approvals', {
    allow: use,
    query: inboxQuery as never,
    view: 'approvals/index',
    show: (visit) => inboxShown(visit, null),
  }),
  listOf('mine'),
  listOf('decided'),
  listOf('register'),
  form<TogetherInput, undefined, string[]>('/approvals/together', {
    allow: use,
    query: togetherQuery as never,
    view: 'approvals/together',
    show: async ({ actor, query, now }) => togetherPage(actor, await shownTicked(actor, query, now), now),
    fields: togetherForm as never,
    submit: async ({ actor, input, now }) => {
      const batch = await decideTogether(actor, input, now)
      const { outcomes } = await batchFor(actor, batch)
      const left = outcomes.filter(({ reason }) => reason).length
      const params = { done: outcomes.length - left, left }
      return seeOther(
        `/approvals/together/${batch}`,
        left > 0 ? 'approvals:notice.together' : 'approvals:notice.togetherAll',
        params,
      )
    },
  }),
  page<Batch>('/approvals/together/:batch', {
    load: (actor, batch) => batchFor(actor, batch!),
    allow: use,
    view: 'approvals/batch',
    show: async ({ actor, record, now }) => {
      const numbers = record.outcomes.map(({ number }) => number)
      return batchPage(actor, record, await titlesOf(actor, numbers, now))
    },
  }),
  page<SeenRequest, InboxQuery>('/approvals/:number', {
    load,
    allow: use,
    query: inboxQuery as never,
    view: 'approvals/index',
    show: (visit) => inboxShown(visit, visit.record.number),
  }),
  form<DecisionInput, SeenRequest, InboxQuery>('/approvals/:number/decision', {
    load,
    allow: use,
    stepUp: ({ kind }) => kindOf(kind).weighty === true,
    query: inboxQuery as never,
    view: 'approvals/index',
    show: (visit) => inboxShown(visit, visit.record.number),
    fields: decisionForm as never,
    submit: async ({ actor, record: { id, number }, query, input: { next, ...decision }, now }) => {
      const decided = await decideRequest(actor, id, decision, now)
      // What became void is explained on its own page, with the way to the next.
      const to = decided === 'void' ? requestPath(number, query) : next ? requestPath(next, query) : afterLast(query)
      return seeOther(to, `approvals:notice.${decided}`, { number })
    },
  }),
  form<WithdrawalInput, SeenRequest>('/approvals/:number/withdrawal', {
    load,
    allow: use,
    view: 'approvals/withdrawal',
    show: ({ actor, record }) => withdrawalPage(actor, record),
    fields: withdrawalForm as never,
    submit: async ({ actor, record: { id, number }, input: { withdrawReason: reason, version }, now }) => {
      await withdrawRequest(actor, id, { reason, version }, now)
      return seeOther(requestPath(number), 'approvals:notice.withdrawn', { number })
    },
  }),
  form<SignerInput, SeenRequest>('/approvals/:number/signer', {
    load,
    allow: use,
    view: 'approvals/signer',
    show: async ({ actor, record, now }) =>
      signerPage(actor, record, await turnFor(actor, record, now), await colleaguesBeside(actor.id)),
    fields: signerForm as never,
    submit: async ({ actor, record: { id, number }, input: { colleague, question, version }, now }) => {
      await addSigner(actor, id, { staff: colleague, reason: question, version }, now)
      return seeOther(requestPath(number), 'approvals:notice.signer', { number })
    },
  }),
  download<SeenRequest>('/approvals/:number/sheet.pdf', {
    load,
    allow: use,
    send: ({ actor, record, now }) => printSheet(actor, record, now),
  }),
]

const afterLast = ({ kind }: InboxQuery) => `/approvals${searchOf({ kind })}`
