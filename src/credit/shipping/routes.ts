import { moneyText } from '../../lib/money.ts'
import { download, form, page, seeOther } from '../../web/route.ts'
import { releasePolicy } from '../policy.ts'
import { releaseFor, type Release } from '../queries.ts'
import { confirmShipping } from './commands.ts'
import { shippingForm, shippingQuery, type ShippingInput, type ShippingQuery } from './forms.ts'
import { confirmPage, shipGuard, shippingPage, stoppedPage } from './pages.ts'
import { printRelease } from './paper.ts'

export const shippingRoutes = [
  page<undefined, ShippingQuery>('/releases/shipping', {
    allow: releasePolicy.list,
    query: shippingQuery as never,
    view: 'credit/shipping/index',
    show: ({ actor, query, now }) => shippingPage(actor, query, now),
  }),
  download<Release>('/releases/:number.pdf', {
    load: releaseFor,
    allow: releasePolicy.view,
    send: ({ actor, record, now }) => printRelease(actor, record, now),
  }),
  form<ShippingInput, Release>('/releases/:number/shipping', {
    load: releaseFor,
    allow: releasePolicy.ship,
    guard: ({ record }) => shipGuard(record),
    view: 'credit/shipping/confirm',
    show: ({ actor, record, now }) => confirmPage(actor, record, now),
    fields: shippingForm as never,
    submit: async ({ actor, record, input, now }) => {
      const { release, shipped } = await confirmShipping(actor, record.id, input, now)
      if (shipped) {
        const params = { number: record.number, amount: moneyText(input.amount) }
        return seeOther('/releases/shipping', 'shipping:notice.shipped', params)
      }
      const model = stoppedPage(actor, record, release.check.weighed.holds)
      return { to: '/releases/shipping', shown: { view: 'credit/shipping/stopped', model } }
    },
  }),
]
