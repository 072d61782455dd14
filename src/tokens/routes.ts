import type { Actor } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { form, page, seeOther } from '../web/route.ts'
import { makeToken, revokeToken } from './commands.ts'
import { everyQuery, revokeForm, tokenForm, type EveryQuery, type TokenForm } from './forms.ts'
import { everyPage, madePage, newPage, ownPage } from './pages.ts'
import { anyToken, everyToken, ownToken, ownTokens, type Token } from './queries.ts'

const use = permit('tokens.use')
const manage = permit('tokens.manage')

const showNew = async ({ actor, now }: { actor: Actor; now: Date }) =>
  newPage(actor, (await regulationAt(now)).value('credit.token_days'), now)

export const tokenRoutes = [
  page('/tokens', {
    allow: use,
    view: 'tokens/index',
    show: async ({ actor, now }) => ownPage(actor, await ownTokens(actor), now),
  }),
  form<TokenForm>('/tokens/new', {
    allow: use,
    stepUp: true,
    view: 'tokens/new',
    show: showNew,
    fields: tokenForm,
    submit: async ({ actor, input, now }) => {
      const secret = await makeToken(actor, input, now)
      return { to: '/tokens', shown: { view: 'tokens/made', model: madePage(input.name, secret) } }
    },
  }),
  page<undefined, EveryQuery>('/tokens/all', {
    allow: manage,
    query: everyQuery as never,
    view: 'tokens/every',
    show: async ({ actor, query, now }) => everyPage(actor, query, await everyToken(query, now), now),
  }),
  form<Record<string, never>, Token>('/tokens/all/:id/revocation', {
    load: anyToken,
    allow: manage,
    fields: revokeForm as never,
    submit: async ({ actor, record, now }) => {
      await revokeToken(actor, record, now)
      return seeOther('/tokens/all', 'tokens:notice.revoked', { name: record.name })
    },
  }),
  form<Record<string, never>, Token>('/tokens/:id/revocation', {
    load: ownToken,
    allow: use,
    fields: revokeForm as never,
    submit: async ({ actor, record, now }) => {
      await revokeToken(actor, record, now)
      return seeOther('/tokens', 'tokens:notice.revoked', { name: record.name })
    },
  }),
]
