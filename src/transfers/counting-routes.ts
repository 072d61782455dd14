import { keepersToChoose } from '../archive/keepers.ts'
import { db } from '../db.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { form, seeOther } from '../web/route.ts'
import { checkPage, takingPage } from './counting-pages.ts'
import { handOverPage, returnPage } from './form-pages.ts'
import { checkForm, takingForm, type CheckInput, type TakingInput } from './counting-forms.ts'
import {
  itemsForm,
  itemsQuery,
  reasonForm,
  signForm,
  type ItemsInput,
  type ItemsQuery,
  type ReasonInput,
} from './forms.ts'
import { saveItems } from './listing.ts'
import { blankRows, listingPage } from './listing-page.ts'
import { transferPolicy } from './policy.ts'
import { itemsOf, transferFor, type Transfer } from './queries.ts'
import { placesToChoose } from './shelving.ts'
import { checkTransfer, handOver, returnToChecker, returnToOfficer } from './signing.ts'
import { takeTransfer } from './taking.ts'

const homeOf = ({ number }: Transfer) => `/transfers/${number}`

/** The list, and the three who sign it. */
export const countingRoutes = [
  form<ItemsInput, Transfer, ItemsQuery>('/transfers/:number/items', {
    load: transferFor,
    allow: transferPolicy.officer,
    query: itemsQuery as never,
    view: 'transfers/items',
    show: async ({ actor, record, query, now }) => {
      const level = (await regulationAt(now)).value('archive.default_level')
      return listingPage(actor, record, await itemsOf(record.id), { ...query, level }, now)
    },
    fields: itemsForm as never,
    submit: async ({ actor, record, input, now }) => {
      await saveItems(actor, record.id, input, now)
      const kept = Object.keys(input.rows).length
      if (input.more) return seeOther(`${homeOf(record)}/items?rows=${kept + 2 * blankRows}`, 'transfers:notice.saved')
      return seeOther(homeOf(record), 'transfers:notice.saved')
    },
  }),
  form<{ version: number }, Transfer>('/transfers/:number/handing-over', {
    load: transferFor,
    allow: transferPolicy.officer,
    view: 'transfers/handing-over',
    show: async ({ actor, record, now }) => {
      const days = (await regulationAt(now)).value('archive.check_days')
      return handOverPage(actor, record, await itemsOf(record.id), days)
    },
    fields: signForm,
    submit: async ({ actor, record, input, now }) => {
      await handOver(actor, record.id, input.version, now)
      return seeOther(homeOf(record), 'transfers:notice.handed')
    },
  }),
  form<CheckInput, Transfer>('/transfers/:number/check', {
    load: transferFor,
    allow: transferPolicy.checker,
    view: 'transfers/check',
    show: async ({ actor, record }) => checkPage(actor, record, await itemsOf(record.id)),
    fields: checkForm as never,
    submit: async ({ actor, record, input, now }) => {
      await checkTransfer(actor, record.id, input, now)
      if (input.sign) return seeOther(homeOf(record), 'transfers:notice.checked')
      return seeOther(`${homeOf(record)}/check`, 'transfers:notice.counted')
    },
  }),
  form<TakingInput, Transfer>('/transfers/:number/taking', {
    load: transferFor,
    allow: transferPolicy.archivist,
    view: 'transfers/taking',
    show: async ({ actor, record }) => {
      const { customerId } = record
      const [items, file, keepers, places] = await Promise.all([
        itemsOf(record.id),
        db.customerFile.findUnique({ where: { customerId }, select: { number: true } }),
        keepersToChoose(),
        placesToChoose(),
      ])
      return takingPage(actor, record, items, { file, keepers, places })
    },
    fields: takingForm as never,
    submit: async ({ actor, record, input, now }) => {
      const taken = await takeTransfer(actor, record.id, input, now)
      if (taken) return seeOther(homeOf(record), 'transfers:notice.taken', taken)
      return seeOther(`${homeOf(record)}/taking`, 'transfers:notice.counted')
    },
  }),
  form<ReasonInput, Transfer>('/transfers/:number/return', {
    load: transferFor,
    allow: transferPolicy.checker,
    view: 'transfers/return',
    show: ({ actor, record }) => returnPage(actor, record, 'ledeOfficer'),
    fields: reasonForm,
    submit: async ({ actor, record, input, now }) => {
      await returnToOfficer(actor, record.id, input, now)
      return seeOther(homeOf(record), 'transfers:notice.returned')
    },
  }),
  form<ReasonInput, Transfer>('/transfers/:number/sending-back', {
    load: transferFor,
    allow: transferPolicy.archivist,
    view: 'transfers/return',
    show: ({ actor, record }) => returnPage(actor, record, 'ledeChecker'),
    fields: reasonForm,
    submit: async ({ actor, record, input, now }) => {
      await returnToChecker(actor, record.id, input, now)
      return seeOther(homeOf(record), 'transfers:notice.returned')
    },
  }),
]
