import { permit } from '../../access/policy.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { setWays } from './commands.ts'
import { waysForm } from './forms.ts'
import { publicPage, waysPage } from './pages.ts'
import { company } from './queries.ts'

export const wayRoutes = [
  page('/how-to-complain', {
    allow: permit('public.read'),
    view: 'complaints/ways/public',
    show: async ({ actor }) => publicPage(actor, await company()),
  }),
  form('/complaints/ways', {
    allow: complaintPolicy.manage,
    view: 'complaints/ways/edit',
    show: async () => waysPage(await company()),
    fields: waysForm,
    submit: async ({ actor, input }) => {
      await setWays(actor, input)
      return seeOther('/complaints/ways', 'closing:notice.ways')
    },
  }),
]
