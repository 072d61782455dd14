import { permit } from '../../access/policy.ts'
import { db } from '../../db.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { parametersOf } from '../parameters.ts'
import { ruleFor } from '../queries.ts'
import type { RuleId } from '../register.ts'
import { NotFound } from '../../lib/refused.ts'
import type { Actor } from '../../access/actor.ts'
import { draftChange, redraftChange, submitChange, withdrawChange } from './commands.ts'
import { againPage, newDraftPage } from './draft-page.ts'
import { draftForm, registerQuery, stepForm, type DraftInput, type RegisterQuery, type StepInput } from './forms.ts'
import { changePage } from './pages.ts'
import { registerPage } from './register-page.ts'
import { newestOf, waitingWith } from './newest.ts'
import { changeCounts, changeFor, changesFor, changeTrail, draftFor, requestOf, type Change } from './queries.ts'

const to = (number: string) => `/regulations/changes/${number}`
const rulesOf = ({ proposals }: Change) => proposals.map(({ rule }) => rule)

/** Read anew: a step that came too late shows what was first. */
async function changeShown({ actor, record: { number }, now }: { actor: Actor; record: Change; now: Date }) {
  const record = await changeFor(actor, number)
  return changePage(
    actor,
    record,
    await newestOf(db, rulesOf(record)),
    await changeTrail(record),
    await requestOf(record),
    now,
  )
}

export const changeRoutes = [
  page<undefined, RegisterQuery>('/regulations/changes', {
    allow: permit('regulations.view'),
    query: registerQuery as never,
    view: 'regulations/changes',
    show: async ({ actor, query }) =>
      registerPage(actor, query, await changesFor(actor, query.state || undefined), await changeCounts(actor)),
  }),
  page<Change>('/regulations/changes/:number', {
    load: (actor, number) => changeFor(actor, number!),
    allow: permit('regulations.view'),
    view: 'regulations/change',
    show: changeShown,
  }),
  form<StepInput, Change>('/regulations/changes/:number/submit', {
    load: (actor, number) => changeFor(actor, number!),
    allow: permit('regulations.draft'),
    view: 'regulations/change',
    show: changeShown,
    fields: stepForm as never,
    submit: async ({ actor, record, input, now }) => {
      await submitChange(actor, record.id, input, now)
      return seeOther(to(record.number), 'regulations:notice.submitted', { number: record.number })
    },
  }),
  form<StepInput, Change>('/regulations/changes/:number/withdraw', {
    load: (actor, number) => changeFor(actor, number!),
    allow: permit('regulations.draft'),
    view: 'regulations/change',
    show: changeShown,
    fields: stepForm as never,
    submit: async ({ actor, record, input, now }) => {
      await withdrawChange(actor, record.id, input, now)
      return seeOther(to(record.number), 'regulations:notice.withdrawn', { number: record.number })
    },
  }),
  form<DraftInput, Change>('/regulations/changes/:number/draft', {
    load: (actor, number) => draftFor(actor, number!),
    allow: permit('regulations.draft'),
    view: 'regulations/draft',
    show: async ({ actor, record, now }) => {
      const newest = await newestOf(db, rulesOf(record))
      return againPage(actor, record, newest, await waitingWith(db, rulesOf(record), record.id), now)
    },
    fields: draftForm as never,
    submit: async ({ actor, record, input, now }) => {
      await redraftChange(actor, record.id, input, now)
      return seeOther(to(record.number), draftNotice(input), { number: record.number })
    },
  }),
]

export const draftRoutes = [
  form<DraftInput, RuleId>('/regulations/:rule/draft', {
    load: parametricRule,
    allow: permit('regulations.draft'),
    view: 'regulations/draft',
    show: async ({ actor, record, now }) => {
      const [newest, other] = [await newestOf(db, [record]), await waitingWith(db, [record], null)]
      return newDraftPage(actor, record, newest, other, now)
    },
    fields: draftForm as never,
    submit: async ({ actor, record, input, now }) => {
      const number = await draftChange(actor, record, input, now)
      return seeOther(to(number), draftNotice(input), { number })
    },
  }),
]

/** Without a figure there is nothing to change. */
async function parametricRule(actor: Actor, id?: string): Promise<RuleId> {
  const rule = await ruleFor(actor, id ?? '')
  if (parametersOf(rule).length === 0) throw new NotFound()
  return rule
}

export const draftNotice = ({ act }: { act: 'submit' | 'keep' }) =>
  act === 'submit' ? 'regulations:notice.submitted' : 'regulations:notice.kept'
