import { signedIn } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { ownPath } from '../lib/own-path.ts'
import { enter } from '../session/entering.ts'
import { companyName } from '../session/queries.ts'
import { personFor, type Person } from '../staff/queries.ts'
import { form, page, passage, seeOther } from '../web/route.ts'
import { identify, linkOwn, unlinkOwn, unlinkStaff } from './commands.ts'
import { reach, refusal } from './crossing.ts'
import { answerQuery, emptyForm, ownQuery, startQuery } from './forms.ts'
import { service } from './queries.ts'
import { ownService } from './section.ts'

const self = permit('self.use')
const visitors = permit('public.sign_in')
const gate = async () => ({ name: service()?.name ?? '', company: await companyName() })

/** Only where the company's own service is set up (config.sso). */
export const ssoRoutes = [
  // A link, not a form: a form must not lead off this site (CSP form-action).
  passage<undefined, { next?: string }>('/sso/start', {
    allow: visitors,
    query: startQuery as never,
    view: 'sso/refused',
    show: gate,
    pass: async ({ actor, query, session, now }) => {
      const linking = signedIn(actor) ? actor.id : undefined
      // Whoever is signed in goes there to link the account, and has asked for it on the profile a moment ago.
      if (linking && (await session.takeCrossing())?.linking !== String(linking)) return seeOther('/')
      const { to, crossing } = await reach(ownPath(query.next), now, linking)
      await session.keepCrossing(crossing)
      return seeOther(to)
    },
  }),
  passage<undefined, Record<string, string>>('/sso/callback', {
    allow: visitors,
    query: answerQuery as never,
    view: 'sso/refused',
    show: gate,
    pass: async ({ actor, query, session, now }) => {
      const crossing = await session.takeCrossing()
      if (signedIn(actor)) {
        if (!crossing) throw refusal('stale')
        await linkOwn(actor, crossing, query, now)
        return seeOther('/profile', 'sso:notice.linked', service() ?? {})
      }
      const staff = await identify(actor, crossing, query, now)
      return enter(actor, staff, session, 'sso', now, crossing!.next)
    },
  }),
  page<undefined, { go?: 'on' }>('/profile/sign-in-service', {
    allow: self,
    query: ownQuery as never,
    view: 'sso/link',
    show: async ({ actor, query }) => ({ sso: await ownService(actor, query.go === 'on') }),
  }),
  form('/profile/sign-in-service/link', {
    allow: self,
    stepUp: true,
    fields: emptyForm,
    submit: async ({ actor, session, now }) => {
      const nothing = { state: '', nonce: '', verifier: '', next: '/profile' }
      await session.keepCrossing({ ...nothing, at: now.getTime(), linking: String(actor.id) })
      return seeOther('/profile/sign-in-service?go=on')
    },
  }),
  form('/profile/sign-in-service/unlink', {
    allow: self,
    fields: emptyForm,
    submit: async ({ actor }) => {
      await unlinkOwn(actor)
      return seeOther('/profile', 'sso:notice.unlinked', service() ?? {})
    },
  }),
  form<object, Person>('/staff/:number/sign-in-service/unlink', {
    load: personFor,
    allow: permit('staff.manage'),
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await unlinkStaff(actor, record.id)
      return seeOther(`/staff/${record.number}`, 'sso:notice.unlinkedStaff', { name: record.name })
    },
  }),
]
