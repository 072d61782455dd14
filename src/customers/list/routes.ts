import { countSearch } from '../../alerts/watching.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { page } from '../../web/route.ts'
import { customerPolicy } from '../policy.ts'
import { searchOf } from './address.ts'
import { conditionsPage } from './conditions-page.ts'
import { listQuery, type ListQuery } from './forms.ts'
import { indexPage } from './pages.ts'
import { recordWideSearch } from './recording.ts'
import { customersFor, ownersToChoose } from './queries.ts'
import { countedTabs, tabsFor } from './tabs.ts'
import { wayOutOf } from './way-out.ts'

export const listRoutes = [
  page<undefined, ListQuery>('/customers', {
    allow: customerPolicy.list,
    query: listQuery as never,
    view: 'customers/index',
    show: async ({ actor, query, now }) => {
      const tabs = await tabsFor(actor, query)
      const [list] = await Promise.all([
        customersFor(actor, query, tabs.asked),
        searchOf(query) === '' ? null : countSearch(actor),
      ])
      await recordWideSearch(actor, query, list.count, now)
      const wayOut = await wayOutOf(actor, query, list)
      const office = { now, calendar: await calendarAt(now) }
      return indexPage(actor, query, { ...list, tabs: countedTabs(tabs, list.counts), wayOut }, office)
    },
  }),
  page<undefined, ListQuery>('/customers/conditions', {
    allow: customerPolicy.list,
    query: listQuery as never,
    view: 'customers/conditions',
    show: async ({ actor, query }) => {
      const [departments, regions, owners] = await Promise.all([
        unitsOf('department'),
        unitsOf('region'),
        ownersToChoose(actor),
      ])
      return conditionsPage(actor, query, { departments, regions, owners })
    },
  }),
]
