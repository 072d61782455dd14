import type { Actor } from '../access/actor.ts'
import { fileField } from '../attachments/limits.ts'
import { now as theTime } from '../lib/clock.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { actPage } from './act-page.ts'
import { correctViewing } from './commands.ts'
import { endViewing } from './ending.ts'
import { applicationPage } from './form-pages.ts'
import {
  correctionForm,
  endForm,
  reviewForm,
  sealForm,
  type Correction,
  type Ended,
  type Reviewed,
  type Sealed,
} from './forms.ts'
import { acceptable, paperOf, scanHint } from './papers.ts'
import { mayEnd, viewingPolicy } from './policy.ts'
import { viewingFor, type Viewing } from './queries.ts'
import { reviewEmergency } from './reviewing.ts'
import { sealViewing } from './sealing.ts'
import { printViewing } from './sheet.ts'
import { viewingPage } from './viewing-page.ts'

const load = (actor: Actor, number: string) => viewingFor(actor, number, theTime())
const at = (number: string) => `/viewings/${number}`

/** One application: its page, and what can be done with it. */
export const recordRoutes = [
  page<Viewing>('/viewings/:number', {
    load,
    allow: viewingPolicy.view,
    view: 'viewings/show',
    show: ({ actor, record, now }) =>
      viewingPage(
        actor,
        record,
        { mayEnd: mayEnd(actor, record), mayReview: viewingPolicy.review(actor, record) },
        now,
      ),
  }),
  form<Correction, Viewing>('/viewings/:number/correction', {
    load,
    allow: viewingPolicy.own,
    view: 'viewings/correction',
    show: async ({ actor, record, now }) => {
      const numbers = record.items.map(({ number }) => number)
      const { version, number } = record
      return {
        ...(await applicationPage(actor, { item: numbers }, 'own', now, record)),
        version,
        number,
        home: at(number),
      }
    },
    fields: correctionForm,
    submit: async ({ actor, record, input, now }) => {
      const { number, sealed } = await correctViewing(actor, record, input, now)
      return seeOther(at(number), sealed ? 'viewings:notice.refiled' : 'viewings:notice.unsealed', { number })
    },
  }),
  form<Sealed, Viewing>('/viewings/:number/seal', {
    load,
    allow: viewingPolicy.own,
    view: 'viewings/seal',
    show: async ({ actor, record, now }) => ({
      ...actPage(actor, record, now),
      acceptable,
      fileHint: await scanHint(actor, now),
    }),
    fields: sealForm,
    upload: fileField,
    submit: async ({ actor, record, input, upload, now }) => {
      await sealViewing(actor, record, input, upload, now)
      return seeOther(at(record.number), 'viewings:notice.sealed', { number: record.number })
    },
  }),
  form<Ended, Viewing>('/viewings/:number/end', {
    load,
    allow: viewingPolicy.end,
    view: 'viewings/end',
    show: ({ actor, record, now }) => actPage(actor, record, now),
    fields: endForm,
    submit: async ({ actor, record, input, now }) => {
      await endViewing(actor, record, input, now)
      const opened = record.state === 'approved'
      const { number } = record
      return seeOther(at(number), opened ? 'viewings:notice.ended' : 'viewings:notice.withdrawn', { number })
    },
  }),
  form<Reviewed, Viewing>('/viewings/:number/review', {
    load,
    allow: viewingPolicy.review,
    view: 'viewings/review',
    show: ({ actor, record, now }) => actPage(actor, record, now),
    fields: reviewForm,
    submit: async ({ actor, record, input, now }) => {
      await reviewEmergency(actor, record, input, now)
      return seeOther(at(record.number), 'viewings:notice.reviewed', { number: record.number })
    },
  }),
  download<Viewing>('/viewings/:number/sheet', {
    load,
    allow: viewingPolicy.view,
    send: ({ actor, record, now }) => printViewing(actor, record, now),
  }),
  download<Viewing>('/viewings/:number/letter', {
    load,
    allow: viewingPolicy.view,
    send: ({ actor, record }) => paperOf(actor, record, 'letter'),
  }),
  download<Viewing>('/viewings/:number/sealed', {
    load,
    allow: viewingPolicy.view,
    send: ({ actor, record }) => paperOf(actor, record, 'seal'),
  }),
]
