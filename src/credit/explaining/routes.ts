import { page } from '../../web/route.ts'
import { creditPolicy } from '../policy.ts'
import { creditCustomer, type CreditCustomer } from '../queries.ts'
import { documentsPage } from './documents-page.ts'
import { documentsQuery, figureQuery, type DocumentsQuery, type FigureQuery } from './forms.ts'
import { figurePage } from './pages.ts'

export const figureRoutes = [
  page<CreditCustomer, FigureQuery>('/credit/customers/:number', {
    load: creditCustomer,
    allow: creditPolicy.view,
    query: figureQuery as never,
    view: 'credit/explaining/index',
    show: ({ actor, record, query, now }) => figurePage(actor, record, query, now),
  }),
  page<CreditCustomer, DocumentsQuery>('/credit/customers/:number/documents', {
    load: creditCustomer,
    allow: creditPolicy.view,
    query: documentsQuery as never,
    view: 'credit/explaining/documents',
    show: ({ actor, record, query, now }) => documentsPage(actor, record, query, now),
  }),
]
