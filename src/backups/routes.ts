import { calendarAt } from '../calendar/queries.ts'
import { form, page, seeOther } from '../web/route.ts'
import { askForBackup } from './commands.ts'
import { emptyForm } from './forms.ts'
import { backupsPage } from './pages.ts'
import { mayRun, mayView } from './policy.ts'
import { backupState } from './queries.ts'

export const backupRoutes = [
  page('/backups', {
    allow: mayView,
    view: 'backups/index',
    show: async ({ actor, now }) => backupsPage(actor, await backupState(), now, await calendarAt(now)),
  }),
  form('/backups/run', {
    allow: mayRun,
    fields: emptyForm,
    submit: async ({ actor }) => {
      await askForBackup(actor)
      return seeOther('/backups', 'backups:notice.asked')
    },
  }),
]
