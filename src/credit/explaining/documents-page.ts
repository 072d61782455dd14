import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import type { CreditCustomer } from '../queries.ts'
import { atOf } from './at.ts'
import type { DocumentsQuery } from './forms.ts'
import { documentsOf, perPage } from './queries.ts'
import { places } from './rules.ts'
import { money } from '../saying.ts'

/** CRD-17: behind a folded line: every document that counts in it. */
export async function documentsPage(actor: Actor, customer: CreditCustomer, query: DocumentsQuery, now: Date) {
  const t = translate[actor.language]
  const { part, from, until, page } = query
  const { at } = atOf(query.on, now)
  const rows = await documentsOf(customer.id, at, { part, from: from || null, until: until || null, page })
  const n = rows[0]?.total ?? 0
  const pages = Math.max(1, Math.ceil(n / perPage))
  const address = (to: number) => addressOf(customer, query, to)
  return {
    title: t(`creditFigure:documents.title.${part}`),
    lede: t('creditFigure:documents.lede', { name: customer.name, day: at.day, n }),
    between: from && until && from !== until ? t('creditFigure:documents.between', { from, until }) : from,
    back: `/credit/customers/${customer.number}${query.on ? `?on=${query.on}` : ''}`,
    rows: rows.map(({ day, number, sum, whole, overdueDays }) => ({
      day,
      number,
      href: `/${places[part]}/${number}`,
      whole: money(whole),
      sum: money(sum),
      late: overdueDays > 0 ? t('credit:days', { n: overdueDays }) : '',
    })),
    nothing: { heading: t('creditFigure:documents.none') },
    pager: {
      words: t('creditFigure:documents.page', { page, pages }),
      ...(page > 1 ? { previous: address(page - 1) } : {}),
      ...(page < pages ? { next: address(page + 1) } : {}),
    },
  }
}

function addressOf({ number }: CreditCustomer, { on, part, from, until }: DocumentsQuery, page: number): string {
  const given = Object.entries({ part, from, until, on, page: String(page) }).filter(([, value]) => value !== '')
  return `/credit/customers/${number}/documents?${new URLSearchParams(given).toString()}`
}
