import { permit } from '../access/policy.ts'
import type { Actor } from '../access/actor.ts'
import { page } from '../web/route.ts'
import { calculatorOf } from './calculator.ts'
import { changeRoutes, draftRoutes } from './changes/routes.ts'
import { changesOf } from './changes/queries.ts'
import { isOpen } from './changes/states.ts'
import { eventsPage } from './event-page.ts'
import { eventsFor } from './event-queries.ts'
import {
  eventsQuery,
  indexQuery,
  ruleQuery,
  versionsQuery,
  type EventsQuery,
  type IndexQuery,
  type RuleQuery,
  type VersionsQuery,
} from './forms.ts'
import { regulationAt } from './in-force.ts'
import { indexPage } from './pages.ts'
import { presetRoutes } from './presets/routes.ts'
import {
  approvedVersions,
  companyTrade,
  countsByRule,
  countsOf,
  ruleFor,
  rulesWaiting,
  trailOf,
  versionsOf,
} from './queries.ts'
import type { RuleId } from './register.ts'
import { rulePage, seesChanges } from './rule-page.ts'
import { versionsPage } from './version-page.ts'

const load = (actor: Actor, id?: string) => ruleFor(actor, id ?? '')
const allow = permit('regulations.view')

export const regulationRoutes = [
  page<undefined, IndexQuery>('/regulations', {
    allow,
    query: indexQuery as never,
    view: 'regulations/index',
    show: async ({ actor, query, now }) => {
      const [regulation, trade, counts] = await Promise.all([regulationAt(now), companyTrade(), countsByRule(now)])
      const [versions, waiting] = await Promise.all([approvedVersions(), rulesWaiting()])
      return indexPage(actor, query, { regulation, trade, counts, versions, waiting, now })
    },
  }),
  ...changeRoutes,
  ...presetRoutes,
  page<RuleId, RuleQuery>('/regulations/:rule', {
    load,
    allow,
    query: ruleQuery as never,
    view: 'regulations/show',
    show: async ({ actor, record: rule, query, now }) => {
      const [versions, counts, trade, changes, trail, calculator] = await Promise.all([
        versionsOf(rule),
        countsOf(rule, now),
        companyTrade(),
        changesOf(actor, rule),
        seesChanges(actor) ? trailOf(rule) : [],
        calculatorOf(actor.language, rule, query, now),
      ])
      const open = changes.filter(({ state }) => isOpen(state))
      return rulePage(actor, { rule, versions, counts, trade, open, trail, calculator }, now)
    },
  }),
  page<RuleId, EventsQuery>('/regulations/:rule/events', {
    load,
    allow,
    query: eventsQuery as never,
    view: 'regulations/events',
    show: async ({ actor, record, query, now }) => {
      const [found, counts] = await Promise.all([eventsFor(actor, record, query, now), countsByRule(now)])
      return eventsPage(actor, record, query, found, counts(record))
    },
  }),
  page<RuleId, VersionsQuery>('/regulations/:rule/versions', {
    load,
    allow,
    query: versionsQuery as never,
    view: 'regulations/versions',
    show: async ({ actor, record, query, now }) => versionsPage(actor, record, await versionsOf(record), query, now),
  }),
  ...draftRoutes,
]
