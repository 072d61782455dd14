import { form, seeOther } from '../../web/route.ts'
import { archivePolicy } from '../policy.ts'
import { archiveTabs } from '../tabs.ts'
import { placeOf } from './finding.ts'
import { scanForm, type Scan } from './forms.ts'

export const scanRoutes = [
  form<Scan>('/archive/scan', {
    allow: archivePolicy.list,
    view: 'archive/scan/index',
    show: ({ actor }) => ({ tabs: archiveTabs(actor, '/archive/scan'), scanHere: true }),
    fields: scanForm,
    submit: async ({ actor, input }) => seeOther(await placeOf(actor, input.item)),
  }),
]
