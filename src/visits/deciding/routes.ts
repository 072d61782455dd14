import { permit } from '../../access/policy.ts'
import { requestPath } from '../../approvals/addresses.ts'
import { form, seeOther, type SeeOther } from '../../web/route.ts'
import { limitFor } from '../spendings/queries.ts'
import { decideLines } from './commands.ts'
import { linesForm, type LinesInput } from './forms.ts'
import { decisionPage } from './pages.ts'
import { linesOf } from './queries.ts'
import { outcomeOf, type Choice } from './rules.ts'
import { planToDecide, type Turn } from './turn.ts'

export const decisionRoutes = [
  form<LinesInput, Turn>('/visits/plans/:number/decision', {
    load: planToDecide,
    // Whether it is this person's to sign, in whose place ever, the approvals say (APR-04).
    allow: permit('approvals.use'),
    view: 'visits/deciding/form',
    show: async ({ actor, record, now }) =>
      decisionPage(actor, record, await linesOf(record.plan.id), await limitFor(record.plan.ownerId, now), now),
    fields: linesForm as never,
    submit: async ({ actor, record, input, now }) => {
      const decided = await decideLines(actor, record, input, now)
      return afterwards(record, decided, input.choices)
    },
  }),
]

function afterwards({ request }: Turn, decided: string, choices: readonly Choice[]): SeeOther {
  const { number } = request
  const to = requestPath(number)
  if (decided === 'returned' || decided === 'refused' || decided === 'void')
    return seeOther(to, `visitDecisions:notice.${decided}`, { number })
  const { agreed, left } = outcomeOf(choices)
  return seeOther(to, `visitDecisions:notice.${left > 0 ? 'approved' : 'approvedAll'}`, { number, agreed, left })
}
