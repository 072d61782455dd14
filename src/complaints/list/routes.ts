import { countSearch } from '../../alerts/watching.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { download, page } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { searchOf } from './address.ts'
import { conditionsPage } from './conditions-page.ts'
import { exportComplaints, exportPage } from './export.ts'
import { complaintExportQuery, type ComplaintExport } from './export-forms.ts'
import { complaintListQuery, type ComplaintListQuery } from './forms.ts'
import { indexPage } from './pages.ts'
import { handlersListed } from './names.ts'
import { complaintsFor } from './queries.ts'
import { recordWideSearch } from './recording.ts'
import { countedTabs, tabsFor } from './tabs.ts'
import { wayOutOf } from './way-out.ts'

export const complaintListRoutes = [
  page<undefined, ComplaintListQuery>('/complaints', {
    allow: complaintPolicy.list,
    query: complaintListQuery as never,
    view: 'complaints/list/index',
    show: async ({ actor, query, now }) => {
      const tabs = await tabsFor(actor, query, now)
      const [list] = await Promise.all([
        complaintsFor(actor, query, now, tabs.asked),
        searchOf(query) === '' ? null : countSearch(actor),
      ])
      const [wayOut, calendar] = await Promise.all([
        wayOutOf(actor, query, list, now),
        calendarAt(now),
        recordWideSearch(actor, query, list.count, now),
      ])
      return indexPage(actor, query, { ...list, tabs: countedTabs(tabs, list), wayOut }, { now, calendar })
    },
  }),
  page<undefined, ComplaintListQuery>('/complaints/conditions', {
    allow: complaintPolicy.list,
    query: complaintListQuery as never,
    view: 'complaints/list/conditions',
    show: async ({ actor, query }) => {
      const [departments, owners] = await Promise.all([unitsOf('department'), handlersListed(actor)])
      return conditionsPage(actor, query, { departments, owners })
    },
  }),
  page<undefined, ComplaintExport>('/complaints/export', {
    allow: complaintPolicy.export,
    stepUp: true,
    query: complaintExportQuery as never,
    view: 'complaints/list/export',
    show: ({ actor, query, now }) => exportPage(actor, query, now),
  }),
  download<undefined, ComplaintExport>('/complaints/export/file', {
    allow: complaintPolicy.export,
    stepUp: '/complaints/export',
    query: complaintExportQuery as never,
    send: ({ actor, query, now }) => exportComplaints(actor, query, now),
  }),
]
