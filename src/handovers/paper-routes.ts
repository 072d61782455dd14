import { permit } from '../access/policy.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { printHandover } from './document.ts'
import { emptyForm, linesQuery } from './forms.ts'
import { linesOnPage, linesPage, receiptPage } from './hand-pages.ts'
import { confirmReceipt } from './handing-on.ts'
import { linesOf, receiptFor, sharesOf, type Receipt } from './lines.ts'
import { handoverPolicy } from './policy.ts'
import { handoverFor, listedHandoverFor, type Handover } from './queries.ts'

/** What was handed on, on paper and on the screen of whoever received it. */
export const paperRoutes = [
  page<Handover, { after?: string }>('/handovers/:number/lines', {
    load: listedHandoverFor,
    allow: handoverPolicy.view,
    query: linesQuery as never,
    view: 'handovers/lines',
    show: async ({ actor, record, query: { after } }) => {
      const from = after ? { after: BigInt(after) } : {}
      return linesPage(actor, record, await linesOf(actor, record.id, { ...from, limit: linesOnPage + 1 }))
    },
  }),
  download<Handover>('/handovers/:number/list.pdf', {
    load: handoverFor,
    allow: handoverPolicy.view,
    send: ({ actor, record, now }) => printHandover(actor, record, now),
  }),
  form<object, Receipt>('/handovers/:number/receipt', {
    load: receiptFor,
    allow: permit('self.use'),
    view: 'handovers/receipt',
    show: async ({ actor, record }) => {
      const [shares, lines] = await Promise.all([
        sharesOf(actor, record.id, actor.id),
        linesOf(actor, record.id, { toId: actor.id, limit: linesOnPage + 1 }),
      ])
      return receiptPage(actor, record, shares, lines)
    },
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await confirmReceipt(actor, record.number)
      return seeOther(`/handovers/${record.number}/receipt`, 'handovers:notice.received')
    },
  }),
]
