import { signedIn } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { recordAccess } from '../audit/change.ts'
import { ownStanding } from '../acknowledgements/section.ts'
import { delegationLines } from '../delegations/section.ts'
import { translate } from '../i18n.ts'
import { ownPath } from '../lib/own-path.ts'
import { factorOf } from '../second-factor/queries.ts'
import { service } from '../sso/queries.ts'
import { ownService } from '../sso/section.ts'
import { form, page, seeOther } from '../web/route.ts'
import { changePassword, changePreferences, endSession, signIn, signOutEverywhere, signOutOthers } from './commands.ts'
import { enter } from './entering.ts'
import {
  emptyForm,
  languageForm,
  nextQuery,
  passwordForm,
  proofForm,
  shortcutsForm,
  signInForm,
  themeForm,
} from './forms.ts'
import { passwordPage, profilePage, stepUpPage } from './pages.ts'
import { companyName, ownSessions, ownStaff, passwordOf } from './queries.ts'
import { stepUp } from './step-up.ts'
import { passwordNeeds, strictnessAt } from './strictness.ts'

const self = permit('self.use')

export const sessionRoutes = [
  form('/sign-in', {
    allow: permit('public.sign_in'),
    query: nextQuery,
    view: 'session/sign-in',
    show: async ({ query }) => ({ company: await companyName(), next: query.next ?? '', sso: service() }),
    fields: signInForm,
    submit: async ({ actor, input, session, now }) => {
      const staff = await signIn(actor, input, now)
      return enter(actor, staff, session, 'password', now, input.next)
    },
  }),
  form('/sign-out', {
    // Also for somebody whose second factor is still to come.
    allow: permit('public.sign_in'),
    fields: emptyForm,
    submit: async ({ actor, session }) => {
      if (signedIn(actor)) await recordAccess(actor, 'session.ended', `staff:${actor.id}`)
      await session.end()
      return seeOther('/sign-in')
    },
  }),
  form('/password', {
    allow: permit('self.password'),
    view: 'session/password',
    show: async ({ actor, now }) =>
      passwordPage(actor, await passwordOf(actor.id), await strictnessAt(now), await passwordNeeds(now), now),
    fields: passwordForm,
    submit: async ({ actor, input, session, now }) => {
      const epoch = await changePassword(actor, input, now)
      // Not a beginning: whoever has a second factor has not proven that one by it (ACC-01).
      await session.goOn(epoch)
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
      const [{ email }, sessions, factor] = await Promise.all([
        ownStaff(actor.id),
        ownSessions(actor.id, now),
        factorOf(actor.id, now),
      ])
      const delegations = await delegationLines(actor.id, now, translate[actor.language])
      const acknowledgement = await ownStanding(actor, now)
      const sso = await ownService(actor)
      return { ...profilePage(actor, email, sessions, factor), delegations, acknowledgement, sso }
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
  form('/profile/sign-out-others', {
    allow: self,
    fields: emptyForm,
    submit: async ({ actor, session }) => {
      await session.goOn(await signOutOthers(actor))
      return seeOther('/profile', 'session:notice.othersEnded')
    },
  }),
  form<{ proof: string; next?: string | undefined }, undefined, { next?: string | undefined }>('/step-up', {
    allow: self,
    query: nextQuery as never,
    view: 'session/step-up',
    show: async ({ actor, query, now }) => stepUpPage(await stepUp.page(actor, now), query?.next),
    fields: proofForm,
    submit: async ({ actor, input, session, now }) => {
      await stepUp.check(actor, input.proof, now)
      await session.prove()
      return seeOther(ownPath(input.next))
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
