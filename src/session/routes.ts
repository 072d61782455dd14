import { signedIn } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { recordAccess } from '../audit/change.ts'
import { ownPath } from '../lib/own-path.ts'
import { form, page, seeOther } from '../web/route.ts'
import { changePassword, changePreferences, endSession, signIn, signOutEverywhere } from './commands.ts'
import { emptyForm, languageForm, nextQuery, passwordForm, shortcutsForm, signInForm, themeForm } from './forms.ts'
import { passwordPage, profilePage } from './pages.ts'
import { companyName, ownSessions, ownStaff, shortestPassword } from './queries.ts'

const self = permit('self.use')

export const sessionRoutes = [
  form('/sign-in', {
    allow: permit('public.sign_in'),
    query: nextQuery,
    view: 'session/sign-in',
    show: async ({ query }) => ({ company: await companyName(), next: query.next ?? '' }),
    fields: signInForm,
    submit: async ({ actor, input, session, now }) => {
      const { id, epoch } = await signIn(actor, input, now)
      await session.begin(id, epoch)
      return seeOther(ownPath(input.next))
    },
  }),
  form('/sign-out', {
    allow: permit('self.password'),
    fields: emptyForm,
    submit: async ({ actor, session }) => {
      await recordAccess(actor, 'session.ended', `staff:${actor.id}`)
      await session.end()
      return seeOther('/sign-in')
    },
  }),
  form('/password', {
    allow: permit('self.password'),
    view: 'session/password',
    show: async ({ actor, now }) => passwordPage(actor, await shortestPassword(now)),
    fields: passwordForm,
    submit: async ({ actor, input, session, now }) => {
      const epoch = await changePassword(actor, input, now)
      await session.begin(actor.id, epoch)
      return seeOther(actor.mustChangePassword ? '/' : '/profile', 'session:notice.passwordChanged')
    },
  }),
  form('/language', {
    allow: permit('public.read'),
    fields: languageForm,
    submit: async ({ actor, input, session }) => {
      session.rememberLanguage(input.language)
      if (signedIn(actor)) await changePreferences(actor, { language: input.language })
      return seeOther(ownPath(input.next))
    },
  }),
  form('/theme', {
    allow: self,
    fields: themeForm,
    submit: async ({ actor, input }) => {
      await changePreferences(actor, { theme: input.theme })
      return seeOther(ownPath(input.next))
    },
  }),
  page('/profile', {
    allow: self,
    view: 'session/profile',
    show: async ({ actor, now }) => {
      const { email } = await ownStaff(actor.id)
      return profilePage(actor, email, await ownSessions(actor.id, now))
    },
  }),
  form('/profile/shortcuts', {
    allow: self,
    fields: shortcutsForm,
    submit: async ({ actor, input }) => {
      await changePreferences(actor, { shortcuts: input.shortcuts === 'on' })
      return seeOther('/profile', 'session:notice.shortcuts')
    },
  }),
  form('/profile/sessions/:key/end', {
    allow: self,
    load: async (_actor, key) => key!,
    fields: emptyForm,
    submit: async ({ actor, record: key, session, now }) => {
      await endSession(actor, key, now)
      if (key !== actor.origin.session) return seeOther('/profile', 'session:notice.sessionEnded')
      await session.end()
      return seeOther('/sign-in')
    },
  }),
  form('/profile/sign-out-everywhere', {
    allow: self,
    fields: emptyForm,
    submit: async ({ actor, session }) => {
      await signOutEverywhere(actor)
      await session.end()
      return seeOther('/sign-in')
    },
  }),
]
