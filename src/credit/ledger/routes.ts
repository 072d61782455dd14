import { form, seeOther } from '../../web/route.ts'
import { reads } from '../../db.ts'
import { monthOf } from '../../lib/months.ts'
import { creditPolicy } from '../policy.ts'
import { closingForm, monthsQuery, type ClosingForm, type MonthsQuery } from './forms.ts'
import { monthsPage } from './months-page.ts'
import { closableMonth, closeMonth, monthsOf, yearsUsed } from './months.ts'
import { receiptRoutes } from './receipt-routes.ts'
import { shipmentRoutes } from './shipment-routes.ts'

export const ledgerRoutes = [
  ...shipmentRoutes,
  ...receiptRoutes,
  form<ClosingForm, undefined, MonthsQuery>('/ledger/months', {
    allow: creditPolicy.close,
    query: monthsQuery as never,
    view: 'credit/ledger/months',
    show: async ({ actor, query, now }) => {
      const year = query.year || monthOf(now).slice(0, 4)
      const [years, months, closable] = await Promise.all([
        yearsUsed(now),
        monthsOf(year, now),
        closableMonth(reads, now),
      ])
      return monthsPage(actor, { year, years, months, closable, now })
    },
    fields: closingForm as never,
    submit: async ({ actor, input, now }) => {
      await closeMonth(actor, input.month, now)
      return seeOther(`/ledger/months?year=${input.month.slice(0, 4)}`, 'ledger:notice.closed', { month: input.month })
    },
  }),
]
