import type { Actor } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { ownPath } from '../lib/own-path.ts'
import { outletOf } from '../mail/transport.ts'
import { form, page, seeOther } from '../web/route.ts'
import { askForTest, changeChoices } from './choices.ts'
import {
  choicesForm,
  emptyForm,
  listQuery,
  mailboxQuery,
  oneForm,
  readForm,
  type Choices,
  type ListQuery,
  type MailboxQuery,
  type One,
  type Reading,
} from './forms.ts'
import { listPage } from './pages.ts'
import { addressOf, allMails, choicesOf, mailsOf, namesFor, noticeFor, noticesOf } from './queries.ts'
import { markAllRead, markRead } from './reading.ts'
import { mailboxPage, settingsPage } from './setting-pages.ts'

const self = permit('self.use')
type Own = Awaited<ReturnType<typeof noticeFor>>

export const noticeRoutes = [
  page<undefined, ListQuery>('/notices', {
    allow: self,
    query: listQuery as never,
    view: 'notices/index',
    show: async ({ actor, query, now }) => {
      const found = await noticesOf(actor, query)
      return listPage(actor, query, found, await namesFor(actor, found.rows), now)
    },
  }),
  form<Reading>('/notices/read', {
    allow: self,
    fields: readForm,
    submit: async ({ actor, input, now }) => {
      const n = await markAllRead(actor, input, now)
      return seeOther(ownPath(input.back ?? '/notices'), 'notices:notice.allRead', { n })
    },
  }),
  form<Choices>('/notices/settings', {
    allow: self,
    view: 'notices/settings',
    show: ({ actor }) => settings(actor),
    fields: choicesForm,
    submit: async ({ actor, input }) => {
      await changeChoices(actor, input)
      return seeOther('/notices/settings', 'notices:notice.saved')
    },
  }),
  form('/notices/settings/test', {
    allow: self,
    view: 'notices/settings',
    show: ({ actor }) => settings(actor),
    fields: emptyForm,
    submit: async ({ actor, now }) => {
      await askForTest(actor, outletOf(), now)
      return seeOther('/notices/settings', 'notices:notice.test')
    },
  }),
  form<One, Own>('/notices/:id/open', {
    load: (actor, id) => noticeFor(actor, id!),
    allow: self,
    fields: oneForm,
    submit: async ({ actor, record, now }) => {
      await markRead(actor, record.id, now)
      return seeOther(ownPath(record.href))
    },
  }),
  form<One, Own>('/notices/:id/read', {
    load: (actor, id) => noticeFor(actor, id!),
    allow: self,
    fields: oneForm,
    submit: async ({ actor, record, input, now }) => {
      await markRead(actor, record.id, now)
      return seeOther(ownPath(input.back ?? '/notices'), 'notices:notice.read')
    },
  }),
]

/** What would have gone out; in development only. */
export const mailboxRoutes = [
  page<undefined, MailboxQuery>('/mailbox', {
    allow: self,
    query: mailboxQuery as never,
    view: 'notices/mailbox',
    show: async ({ actor, query }) => mailboxPage(actor, await allMails(query.before)),
  }),
]

async function settings(actor: Actor) {
  const [address, choices, mails] = await Promise.all([addressOf(actor.id), choicesOf(actor.id), mailsOf(actor.id)])
  return settingsPage(actor, { address, choices, mails }, outletOf()?.kind ?? 'none')
}
