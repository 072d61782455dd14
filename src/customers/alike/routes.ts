import type { Actor } from '../../access/actor.ts'
import { countSearch } from '../../alerts/watching.ts'
import { page } from '../../web/route.ts'
import type { Conflict } from '../conflicts.ts'
import { customerPolicy } from '../policy.ts'
import { customerFor, type Customer } from '../queries.ts'
import { alikeQuery, type AlikeQuery } from './forms.ts'
import { admitCheck } from './limits.ts'
import { alikePage, tooManyChecksPage } from './pages.ts'
import { alikeTo, alikeToRecord } from './queries.ts'

export const alikeRoutes = [
  page<undefined, AlikeQuery>('/customers/alike', {
    allow: customerPolicy.create,
    query: alikeQuery,
    view: 'customers/alike',
    show: ({ actor, query }) => check(actor, () => alikeTo(query)),
  }),
  page<Customer, AlikeQuery>('/customers/:number/alike', {
    load: customerFor,
    allow: customerPolicy.correct,
    query: alikeQuery,
    view: 'customers/alike',
    show: ({ actor, record, query }) => check(actor, () => alikeToRecord(record.id, query)),
  }),
]

async function check(actor: Actor, search: () => Promise<Conflict | null>) {
  await countSearch(actor)
  return (await admitCheck(actor)) ? alikePage(actor, await search()) : tooManyChecksPage(actor)
}
