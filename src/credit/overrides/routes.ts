import type { OverrideKind } from '../../../prisma/client/enums.ts'
import { db } from '../../db.ts'
import { form, seeOther } from '../../web/route.ts'
import { creditPolicy } from '../policy.ts'
import { releaseFor, type Release } from '../queries.ts'
import { askOverride } from './commands.ts'
import { overdueForm, overrideForm, type OverdueInput, type OverrideInput } from './forms.ts'
import { askPage } from './pages.ts'
import { scalesFor, waitingFor } from './queries.ts'
import { askProblems, ruleOf } from './rules.ts'

const partsOf = (kind: OverrideKind) => ({
  load: releaseFor,
  allow: creditPolicy.ask,
  guard: async ({ record, now }: { record: Release; now: Date }) => {
    const number = await waitingFor(db, record, kind)
    if (number) return [{ rule: ruleOf[kind], reason: 'overrides:refused.waiting' as const, params: { number } }]
    return askProblems(kind, (await scalesFor(db, record, kind, now)).standing)
  },
  view: 'credit/overrides/ask',
})

const routeOf = (path: string, kind: 'first' | 'final') =>
  form<OverrideInput, Release>(`/releases/:number/${path}`, {
    ...partsOf(kind),
    show: ({ actor, record, now }) => askPage(actor, record, kind, now),
    fields: overrideForm as never,
    submit: async ({ actor, record, input, now }) => {
      const number = await askOverride(actor, record.id, kind, input, now)
      return seeOther(`/releases/${record.number}`, 'overrides:notice.asked', { number })
    },
  })

export const overrideRoutes = [
  routeOf('first-override', 'first'),
  routeOf('final-override', 'final'),
  form<OverdueInput, Release>('/releases/:number/overdue', {
    ...partsOf('overdue'),
    show: ({ actor, record, now }) => askPage(actor, record, 'overdue', now),
    fields: overdueForm as never,
    submit: async ({ actor, record, input, now }) => {
      const number = await askOverride(actor, record.id, 'overdue', input, now)
      return seeOther(`/releases/${record.number}`, 'overrides:notice.asked', { number })
    },
  }),
]
