import { download, form, page, seeOther } from '../web/route.ts'
import { countSafe, giveBack } from './commands.ts'
import { countFor, countsFor, sumsByKind, type CountRecord } from './counts.ts'
import { countPage, countRecordPage, countsPage } from './count-pages.ts'
import { printCountList, printReceipt } from './document.ts'
import { countForm, givingForm, listQuery, type CountInput, type GivingInput, type ListQuery } from './forms.ts'
import { certificatePage, givingPage, listPage } from './pages.ts'
import { witnessesToChoose } from './people.ts'
import { certificatePolicy } from './policy.ts'
import { certificateFor, certificatesFor, heldNow, historyOf, movementsOf, type Certificate } from './queries.ts'

export const certificateRoutes = [
  page<undefined, ListQuery>('/certificates', {
    allow: certificatePolicy.list,
    query: listQuery as never,
    view: 'certificates/index',
    show: async ({ actor, query }) => {
      const [list, sums] = await Promise.all([certificatesFor(actor, query), sumsByKind(actor)])
      return listPage(actor, query, list, sums)
    },
  }),
  page('/certificates/counts', {
    allow: certificatePolicy.list,
    view: 'certificates/counts',
    show: async ({ actor }) => countsPage(actor, await countsFor(actor)),
  }),
  form<CountInput>('/certificates/counts/new', {
    allow: certificatePolicy.count,
    view: 'certificates/count',
    show: async ({ actor }) => {
      const [held, sums, people] = await Promise.all([
        heldNow(actor),
        sumsByKind(actor, true),
        witnessesToChoose(actor.id),
      ])
      return countPage(actor, held, sums, people)
    },
    fields: countForm as never,
    submit: async ({ actor, input, now }) => {
      const { id, lines, differing } = await countSafe(actor, input, now)
      const to = `/certificates/counts/${id}`
      if (differing.length === 0) return seeOther(to, 'certificates:notice.tallies', { n: lines })
      return seeOther(to, 'certificates:notice.differs', { n: differing.length })
    },
  }),
  download('/certificates/counts/list.pdf', {
    allow: certificatePolicy.count,
    send: ({ actor, now }) => printCountList(actor, now),
  }),
  page<CountRecord>('/certificates/counts/:count', {
    load: countFor,
    allow: certificatePolicy.list,
    view: 'certificates/count-record',
    show: ({ actor, record }) => countRecordPage(actor, record),
  }),
  page<Certificate>('/certificates/:number', {
    load: certificateFor,
    allow: certificatePolicy.view,
    view: 'certificates/show',
    show: async ({ actor, record, now }) => {
      const [moves, history] = await Promise.all([movementsOf(record), historyOf(record)])
      return certificatePage(actor, record, moves, history, now)
    },
  }),
  form<GivingInput, Certificate>('/certificates/:number/giving-back', {
    load: certificateFor,
    allow: certificatePolicy.run,
    view: 'certificates/giving-back',
    show: async ({ actor, record }) => givingPage(actor, record, await witnessesToChoose(actor.id)),
    fields: givingForm,
    submit: async ({ actor, record, input, now }) => {
      await giveBack(actor, record.id, input, now)
      return seeOther(`/certificates/${record.number}`, 'certificates:notice.given', { to: input.to })
    },
  }),
  download<Certificate>('/certificates/:number/receipt.pdf', {
    load: certificateFor,
    allow: certificatePolicy.run,
    send: ({ actor, record, now }) => printReceipt(actor, record, now),
  }),
]
