import type { Actor } from '../../access/actor.ts'
import { form, page, seeOther, type SeeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { permit } from '../../access/policy.ts'
import { assignTogether, linkTogether, raiseTogether } from './commands.ts'
import {
  assigningForm,
  linkingForm,
  raisingForm,
  tickedQuery,
  type AssignTogether,
  type LinkTogether,
  type RaiseTogether,
  type TickedNumbers,
} from './forms.ts'
import { batchPage, manyPage } from './pages.ts'
import { batchFor, type Batch } from './queries.ts'

async function told(actor: Actor, batch: string): Promise<SeeOther> {
  const { outcomes } = await batchFor(actor, batch)
  const left = outcomes.filter(({ whys }) => whys.length > 0).length
  return seeOther(`/complaints/together/${batch}`, 'complaintList:notice.done', { done: outcomes.length - left, left })
}

export const togetherRoutes = [
  form<AssignTogether, undefined, TickedNumbers>('/complaints/assigning', {
    allow: permit('complaints.assign'),
    query: tickedQuery as never,
    view: 'complaints/together/many',
    show: ({ actor, query }) => manyPage(actor, 'assign', query),
    fields: assigningForm as never,
    submit: async ({ actor, input, now }) => told(actor, await assignTogether(actor, input, now)),
  }),
  form<RaiseTogether, undefined, TickedNumbers>('/complaints/raising', {
    allow: permit('complaints.raise'),
    query: tickedQuery as never,
    view: 'complaints/together/many',
    show: ({ actor, query }) => manyPage(actor, 'raise', query),
    fields: raisingForm as never,
    submit: async ({ actor, input, now }) => told(actor, await raiseTogether(actor, input, now)),
  }),
  form<LinkTogether, undefined, TickedNumbers>('/complaints/linking', {
    allow: permit('complaints.group'),
    query: tickedQuery as never,
    view: 'complaints/together/many',
    show: ({ actor, query }) => manyPage(actor, 'link', query),
    fields: linkingForm as never,
    submit: async ({ actor, input, now }) => told(actor, await linkTogether(actor, input, now)),
  }),
  page<Batch>('/complaints/together/:batch', {
    load: batchFor,
    allow: complaintPolicy.list,
    view: 'complaints/together/batch',
    show: ({ actor, record }) => batchPage(actor, record),
  }),
]
