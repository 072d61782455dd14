import type { Actor } from '../access/actor.ts'
import { calendarAt } from '../calendar/queries.ts'
import { promisesOfRecord } from '../promises/queries.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { colleaguesToChoose } from '../tasks/colleagues.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { correctRecord, recordContact } from './commands.ts'
import { correctionPage, newPage } from './form-pages.ts'
import { correctionForm, newQuery, recordForm, type NewQuery, type NewRecord, type RecordCorrection } from './forms.ts'
import { exportRecords } from './list-file.ts'
import { recordListQuery, type RecordListQuery } from './list-forms.ts'
import { listPage } from './list-pages.ts'
import { recordersListed, recordsFor } from './list.ts'
import { contactMonthRoutes } from './month/routes.ts'
import { recordPage } from './pages.ts'
import { recordPolicy } from './policy.ts'
import { contactsToChoose, customerAsked, recordFor, type AboutWhom, type ContactRecord } from './queries.ts'
import { recordDue } from './rules.ts'

export const contactRecordRoutes = [
  page<undefined, RecordListQuery>('/contact-records', {
    allow: recordPolicy.list,
    query: recordListQuery as never,
    view: 'contact-records/index',
    show: async ({ actor, query, now }) => {
      const [list, people] = await Promise.all([
        recordsFor(actor, query),
        query.tab === 'mine' ? [] : recordersListed(actor, now),
      ])
      return listPage(actor, query, list, people, now)
    },
  }),
  download<undefined, RecordListQuery>('/contact-records.xlsx', {
    allow: recordPolicy.export,
    stepUp: '/contact-records',
    query: recordListQuery as never,
    send: ({ actor, query, now }) => exportRecords(actor, query, now),
  }),
  form<NewRecord, undefined, NewQuery>('/contact-records/new', {
    allow: recordPolicy.record,
    query: newQuery as never,
    view: 'contact-records/new',
    show: async ({ actor, query, now, typed }) => {
      const customer = await customerAsked(actor, query.customer ?? (typed?.['customer'] || undefined))
      return newPage(actor, query, customer, await choicesFor(customer, now), now, typed)
    },
    fields: recordForm as never,
    draft: true,
    submit: async ({ actor, input, now }) => {
      const number = await recordContact(actor, input, now)
      const { late } = await recordFor(actor, number)
      const notice = late ? 'contactRecords:notice.recordedLate' : 'contactRecords:notice.recorded'
      return seeOther(await whereTo(actor, input), notice, { number })
    },
  }),
  ...contactMonthRoutes,
  page<ContactRecord>('/contact-records/:number', {
    load: recordFor,
    allow: recordPolicy.view,
    view: 'contact-records/show',
    show: async ({ actor, record, now }) => {
      const [promises, calendar] = await Promise.all([promisesOfRecord(actor, record.id, now), calendarAt(now)])
      return recordPage(actor, record, promises, now, calendar)
    },
  }),
  form<RecordCorrection, ContactRecord>('/contact-records/:number/correction', {
    load: recordFor,
    allow: recordPolicy.correct,
    view: 'contact-records/correction',
    show: async ({ actor, record, now }) =>
      correctionPage(actor, record, await contactsToChoose(record.customerId), now),
    fields: correctionForm as never,
    submit: async ({ actor, record, input, now }) => {
      await correctRecord(actor, record.id, input, now)
      return seeOther(`/contact-records/${record.number}`, 'contactRecords:notice.corrected')
    },
  }),
]

/** Back to the customer, whose newest contact it is now. */
const whereTo = async (actor: Actor, { customer }: NewRecord): Promise<string> => {
  const found = await customerAsked(actor, customer)
  return found ? `/customers/${found.number}#contact-records` : '/contact-records'
}

async function choicesFor(customer: AboutWhom | null, now: Date) {
  const [contacts, colleagues, calendar, regulation] = await Promise.all([
    customer ? contactsToChoose(customer.id) : [],
    colleaguesToChoose(),
    calendarAt(now),
    regulationAt(now),
  ])
  const dueAt = recordDue(calendar, { at: now, way: 'call' }, regulation.value('contacts.record_days'))
  return { contacts, colleagues, dueAt }
}
