import { permit } from '../access/policy.ts'
import { now } from '../lib/clock.ts'
import { dateTimeText } from '../lib/dates.ts'
import { form, seeOther } from '../web/route.ts'
import { moveBack, moveBy, moveTo } from './commands.ts'
import { backForm, byForm, toForm, type By, type To } from './forms.ts'
import { clockPage } from './pages.ts'

// Whoever is signed in: it is there in development only (src/routes.ts).
const parts = {
  allow: permit('self.use'),
  view: 'clock/index',
  show: ({ actor, now }: { actor: Parameters<typeof clockPage>[0]; now: Date }) => clockPage(actor, now),
}

/** The product's clock, to be moved by hand. */
export const clockRoutes = [
  form<By>('/clock', {
    ...parts,
    fields: byForm,
    submit: async ({ actor, session, input }) => {
      const swept = await moveBy(actor, session, input)
      return seeOther('/clock', 'clock:notice.moved', { at: dateTimeText(now()), ...swept })
    },
  }),
  form<To>('/clock/to', {
    ...parts,
    fields: toForm as never,
    submit: async ({ actor, session, input }) => {
      const swept = await moveTo(actor, session, input.moment)
      return seeOther('/clock', 'clock:notice.moved', { at: dateTimeText(now()), ...swept })
    },
  }),
  form('/clock/back', {
    ...parts,
    fields: backForm,
    submit: async ({ actor, session }) => {
      await moveBack(actor, session)
      return seeOther('/clock', 'clock:notice.back')
    },
  }),
]
