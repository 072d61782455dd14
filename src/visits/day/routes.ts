import { download, page } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { aroundDay } from './around.ts'
import { dayQuery, type DayQuery } from './forms.ts'
import { dayPage } from './pages.ts'
import { printDay } from './paper.ts'
import { dayFor } from './queries.ts'

export const dayRoutes = [
  page<undefined, DayQuery>('/visits/day', {
    allow: visitPolicy.list,
    query: dayQuery as never,
    view: 'visits/day/show',
    show: async ({ actor, query, now }) => {
      const day = await dayFor(actor, query, now)
      return dayPage(actor, day, await aroundDay(actor, day, now), now)
    },
  }),
  download<undefined, DayQuery>('/visits/day.pdf', {
    allow: visitPolicy.list,
    query: dayQuery as never,
    send: async ({ actor, query, now }) => {
      const day = await dayFor(actor, query, now)
      return printDay(actor, day, await aroundDay(actor, day, now), now)
    },
  }),
]
