import type { Actor } from '../../access/actor.ts'
import { requestPath } from '../../approvals/addresses.ts'
import { translate, type Translate } from '../../i18n.ts'
import { planPolicy } from '../policy.ts'
import { hasBegun, type Limit } from '../spending.ts'
import { costText, limitText, whenText } from '../spendings/saying.ts'
import { costVerdicts, verdicts } from './forms.ts'
import type { PlanLine } from './queries.ts'
import { costField, whyField } from './rules.ts'
import type { Turn } from './turn.ts'

/** Every line of a plan with its own choice, and every cost over the limit with its own. */
export function decisionPage(actor: Actor, turn: Turn, lines: PlanLine[], limit: Limit, now: Date) {
  const t = translate[actor.language]
  const { plan, request, mine, forName } = turn
  const waiting = lines.filter(({ state }) => state === 'waiting')
  return {
    title: t('visitDecisions:each.title', { month: plan.monthText }),
    lede: t('visitDecisions:each.lede', { name: plan.owner.name, n: waiting.length, asked: plan.asked }),
    late: plan.late,
    version: request.version,
    request: { number: request.number, href: requestPath(request.number) },
    plan: planPolicy.view(actor, plan) ? `/visits/plans/${plan.number}` : null,
    forWhom: forName ? t('visitDecisions:each.forWhom', { name: forName }) : null,
    mine,
    nothing: {
      heading: t('visitDecisions:each.none'),
      hint: t('visitDecisions:each.noneHint'),
      next: { href: requestPath(request.number), word: t('visitDecisions:each.back') },
    },
    lines: waiting.map((line) => lineOf(t, line, limit, now)),
    labels: labelsOf(t, waiting),
    verdicts: verdicts.map((value) => ({ value, word: t(`visitDecisions:each.verdict.${value}`) })),
    costVerdicts: costVerdicts.map((value) => ({ value, word: t(`visitDecisions:each.cost.${value}`) })),
  }
}

function lineOf(t: Translate, line: PlanLine, limit: Limit, now: Date) {
  const begun = hasBegun(line, now)
  return {
    when: whenText(t, line),
    party: line.party,
    grade: line.grade,
    purposes: line.purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma')),
    within: line.costs
      .filter(({ state }) => state === 'within')
      .map((cost) => costText(t, cost))
      .join(t('regulations:semicolon')),
    verdict: `line_${line.id}`,
    why: whyField(line.id),
    costs: line.asked.map((cost) => ({
      name: costField(line.id, cost.id),
      text: costText(t, cost),
      limit: limitText(t, cost.kind, limit),
      first: begun ? 'refuse' : 'approve',
      gone: begun,
    })),
  }
}

const labelsOf = (t: Translate, lines: readonly PlanLine[]) =>
  Object.fromEntries(
    lines.flatMap((line) => {
      const words = { day: whenText(t, line), party: line.party }
      return [
        [`line_${line.id}`, t('visitDecisions:each.row.line', words)],
        [whyField(line.id), t('visitDecisions:each.row.why', words)],
        ...line.asked.map((cost) => [
          costField(line.id, cost.id),
          t('visitDecisions:each.row.cost', { party: line.party, what: cost.what }),
        ]),
      ]
    }),
  ) as Record<string, string>
