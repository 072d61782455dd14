import type { Actor } from '../../access/actor.ts'
import type { Card, ObjectList, Request } from '../../approvals/contract.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { unreportedOf } from '../clocks.ts'
import { reads } from '../../db.ts'
import { planPolicy } from '../policy.ts'
import { planToSign, type Plan } from '../queries.ts'
import { limitFor, sumOf } from '../spendings/queries.ts'
import { costText, limitsText, limitText, whenText, yuan } from '../spendings/saying.ts'
import type { Limit } from '../spending.ts'
import { byGrade, byPurpose, tableOf } from './card-lines.ts'
import { countOf, linesOf, missingFrom, ownerOf, type Missing, type PlanLine } from './queries.ts'
import { agreeTo, begunProblems } from './rules.ts'

type Fact = Card['facts'][number]

/** VIS-01: a month's plan at one look: asked and planned, what for, who is missing, what costs more than the post may spend. */
export async function planCard(actor: Actor, request: Request, id: bigint, now: Date): Promise<Card> {
  const t = translate[actor.language]
  const plan = await planToSign({ id })
  const [lines, limit] = await Promise.all([linesOf(id), limitFor(plan.ownerId, now)])
  const waits = request.state === 'waiting'
  return {
    title: titleOf(t, plan, lines.length),
    href: planPolicy.view(actor, plan) ? `/visits/plans/${plan.number}` : null,
    asked: overRows(t, lines, limit),
    facts: [...(await headFacts(t, plan, lines, limit, now)), ...(await duties(t, actor, plan, now))],
    why: t('visitDecisions:card.why'),
    problems: waits ? problemsOf(lines, now) : [],
    list: {
      title: t('visitDecisions:card.lines'),
      ...tableOf(t, lines, waits),
      ...(waits ? { each: eachOf(t, plan) } : {}),
    },
  }
}

export async function planTitle(actor: Actor, id: bigint): Promise<string> {
  const [plan, n] = await Promise.all([planToSign({ id }), countOf(id)])
  return titleOf(translate[actor.language], plan, n)
}

const titleOf = (t: Translate, { owner, monthText: month }: Plan, n: number): string =>
  t('visitDecisions:card.plan', { name: owner.name, month, n })

const eachOf = (t: Translate, plan: Plan) => ({
  href: decisionPath(plan),
  word: t('visitDecisions:each.link'),
  hint: t('visitDecisions:each.linkHint'),
})

export const decisionPath = ({ number }: Pick<Plan, 'number'>) => `/visits/plans/${number}/decision`

/** The same lines for the printed sheet. */
export async function planLines(actor: Actor, id: bigint): Promise<ObjectList> {
  const plan = await planToSign({ id })
  return tableOf(translate[actor.language], await linesOf(id), plan.state === 'waiting')
}

/** What the decision would run into when all were agreed to. */
const problemsOf = (lines: readonly PlanLine[], now: Date): Refusal[] =>
  begunProblems(lines, lines.map(agreeTo), now).map(({ rule, reason, params }) => ({
    rule,
    reason,
    ...(params ? { params } : {}),
  }))

/** VIS-04: what is over the limit, each beside the limit. */
const overRows = (t: Translate, lines: readonly PlanLine[], limit: Limit) =>
  lines.flatMap((line) =>
    line.asked.map((cost) => ({
      label: t('visitDecisions:card.overLine', { day: whenText(t, line), party: line.party }),
      before: '',
      after: t('visitDecisions:card.overText', { cost: costText(t, cost), limit: limitText(t, cost.kind, limit) }),
    })),
  )

async function headFacts(t: Translate, plan: Plan, lines: PlanLine[], limit: Limit, now: Date): Promise<Fact[]> {
  const owner = await ownerOf(plan)
  const who = owner.department ? t('visitDecisions:card.post', { ...owner, department: owner.department }) : owner.name
  const at = dateTimeText(plan.submittedAt ?? now)
  return [
    { label: t('visitDecisions:card.who'), value: who },
    { label: t('visitDecisions:card.month'), value: plan.monthText },
    {
      label: t('visitDecisions:card.submitted'),
      value: plan.late ? t('visitDecisions:card.lateBy', { at }) : at,
    },
    {
      label: t('visitDecisions:card.planned'),
      value: t('visitDecisions:card.plannedOf', { n: lines.length, asked: plan.asked }),
    },
    { label: t('visitDecisions:card.costs'), value: costsText(t, lines) },
    { label: t('visitDecisions:card.byPurpose'), value: byPurpose(t, lines), wide: true },
    { label: t('visitDecisions:card.byGrade'), value: byGrade(t, lines) },
    { label: t('visitDecisions:card.limits'), value: limitsText(t, limit), wide: true },
    ...(plan.note ? [{ label: t('visitDecisions:card.note'), value: plan.note, wide: true }] : []),
  ]
}

function costsText(t: Translate, lines: readonly PlanLine[]): string {
  const [all, over] = [lines.flatMap(({ costs }) => costs), lines.flatMap(({ asked }) => asked)]
  if (all.length === 0) return t('visitDecisions:card.costsNone')
  return t('visitDecisions:card.costsText', { all: yuan(sumOf(all)), over: yuan(sumOf(over)), n: over.length })
}

/** VIS-06, VIS-10: what is owed apart from the plan. */
async function duties(t: Translate, actor: Actor, plan: Plan, now: Date): Promise<Fact[]> {
  const [missing, unreported, regulation] = await Promise.all([
    missingFrom(actor, plan, now),
    unreportedOf(reads, plan.ownerId, now),
    regulationAt(now),
  ])
  const most = regulation.value('visits.most_unreported')
  return [
    { label: t('visitDecisions:card.missing'), value: missingText(t, missing), wide: true },
    {
      label: t('visitDecisions:card.unreported'),
      value: t('visitDecisions:card.unreportedText', { n: unreported, most }),
    },
  ]
}

function missingText(t: Translate, { n, rows }: Missing): string {
  if (n === 0) return t('visitDecisions:card.missingNone')
  const named = rows.map(({ name, last }) =>
    last ? t('visitDecisions:card.missingOne', { name, last }) : t('visitDecisions:card.missingNever', { name }),
  )
  const list = named.join(t('web:comma'))
  const names = n > rows.length ? t('visitDecisions:card.andMore', { names: list }) : list
  return t('visitDecisions:card.missingText', { n, names })
}
