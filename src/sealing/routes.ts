import { permit } from '../access/policy.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { askForCheck, exportHead } from './commands.ts'
import { checkForm } from './forms.ts'
import { sealsPage } from './pages.ts'
import { checkUnderWay, lastChecks, lastSeals } from './queries.ts'

const largestHead = 10_000

export const sealingRoutes = [
  page('/audit/seals', {
    allow: permit('audit.seals'),
    view: 'sealing/index',
    show: async ({ actor }) => {
      const [checks, seals, underWay] = await Promise.all([lastChecks(), lastSeals(), checkUnderWay()])
      return sealsPage(actor, { checks, seals, underWay })
    },
  }),
  form('/audit/check', {
    allow: permit('audit.verify'),
    view: 'sealing/check',
    fields: checkForm,
    upload: { field: 'head', maxBytes: largestHead },
    submit: async ({ actor, upload }) => {
      await askForCheck(actor, upload)
      return seeOther('/audit/seals', 'sealing:notice.asked')
    },
  }),
  download('/audit/head', {
    allow: permit('audit.export'),
    send: ({ actor, now }) => exportHead(actor, now),
  }),
]
