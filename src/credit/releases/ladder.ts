import type { OverrideKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Refusal } from '../../lib/refused.ts'
import { regulationAt, type Regulation } from '../../regulations/in-force.ts'
import { scalesFor, signerOf, waitingFor } from '../overrides/queries.ts'
import { askProblems, mostBelow, ruleOf, type Standing } from '../overrides/rules.ts'
import { creditPolicy } from '../policy.ts'
import type { Release } from '../queries.ts'
import type { Hold } from '../reckoning.ts'
import { partGuard, partOf } from './act-pages.ts'
import type { Scale } from './queries.ts'
import { fenYuan } from '../saying.ts'

export type Rung = {
  title: string
  rule: { id: string }
  text: string
  whyNot?: { lead: string; reason: string }
  act?: { href: string; word: string }
  at?: 'now'
}

type Asked = { actor: Actor; t: Translate; release: Release; scale: Scale; regulation: Regulation; now: Date }

/**
 * CRD-04 … CRD-09: what can be done for a held release, in the regulation's order: each possible, or why not. The first
 * that is possible is the one to take.
 */
export async function ladderOf(actor: Actor, release: Release, scale: Scale, now: Date): Promise<Rung[]> {
  const { holds } = scale.weighed
  if (holds.length === 0 || holds.includes('closed')) return []
  const asked = { actor, t: translate[actor.language], release, scale, regulation: await regulationAt(now), now }
  const signed = await Promise.all(kindsFor(holds).map((kind) => signedRung(asked, kind)))
  const rungs = [...planRung(asked), ...signed, ...(await payRung(asked))]
  const first = rungs.find(({ act }) => act !== undefined)
  return rungs.map((rung) => (rung === first ? { ...rung, at: 'now' } : rung))
}

const kindsFor = (holds: readonly Hold[]): OverrideKind[] => [
  ...(holds.includes('over') ? (['first', 'final'] as const) : []),
  ...(holds.includes('overdue') ? (['overdue'] as const) : []),
]

const paths = { first: 'first-override', final: 'final-override', overdue: 'overdue' } as const

/** CRD-05, CRD-07, CRD-08 */
async function signedRung(asked: Asked, kind: OverrideKind): Promise<Rung> {
  const { actor, t, release, regulation, now } = asked
  const [{ standing }, waits] = await Promise.all([scalesFor(db, release, kind, now), waitingFor(db, release, kind)])
  const title = t(`releases:ladder.${kind}`)
  const rule = { id: ruleOf[kind] }
  const role = t(`access:role.${regulation.value(signerOf[kind])}`)
  if (waits) return { title, rule, text: t('releases:ladder.waits', { number: waits, role }) }
  const problems = askProblems(kind, standing)
  if (problems.length > 0) return { title, rule, text: '', whyNot: whyNotOf(t, problems) }
  const act = { href: `/releases/${release.number}/${paths[kind]}`, word: t(`overrides:ask.${kind}`) }
  const may = creditPolicy.ask(actor, release)
  return { title, rule, text: possibleText(t, kind, role, standing), ...(may ? { act } : {}) }
}

function possibleText(t: Translate, kind: OverrideKind, role: string, { short, limit, part }: Standing): string {
  if (kind === 'overdue') return t('releases:ladder.overdueText', { role })
  const words = { role, part, short: fenYuan(t, short), most: fenYuan(t, mostBelow(limit, part)) }
  return t(`releases:ladder.${kind}Text`, words)
}

/** As short as a rung is; who asks all the same reads the whole sentence. */
function whyNotOf(t: Translate, [problem]: Refusal[]) {
  const { reason, params } = problem!
  const name = briefly.find((one) => reason === `overrides:refused.${one}`)
  return {
    lead: t('releases:ladder.notNow'),
    reason: name ? t(`releases:ladder.why.${name}`, params) : t(reason, params),
  }
}
const briefly = ['tooMuch', 'firstUsed', 'finalUsed', 'firstFirst'] as const

/** CRD-04, CRD-09: whoever is to pay later says when. */
function planRung({ actor, t, release, scale: { figure, weighed } }: Asked): Rung[] {
  if (!weighed.holds.some((hold) => hold === 'no_plan' || hold === 'rest_plan')) return []
  const act = { href: `/repayment-plans/new?release=${release.number}`, word: t('releases:act.plan') }
  return [
    {
      title: t('releases:ladder.plan'),
      rule: { id: figure.eligible ? 'CRD-09' : 'CRD-04' },
      text: t(figure.eligible ? 'releases:ladder.restPlanText' : 'releases:ladder.planText'),
      ...(creditPolicy.plan(actor, release) ? { act } : {}),
    },
  ]
}

/** CRD-09: as much goes out as is paid. */
async function payRung(asked: Asked): Promise<Rung[]> {
  const { actor, t, release, scale, now } = asked
  const { figure, weighed } = scale
  if (!weighed.holds.some((hold) => hold === 'over' || hold === 'unpaid' || hold === 'overdue')) return []
  const { most } = await partOf(release, now)
  const part = creditPolicy.request(actor, release) && (await partGuard(release, now)).length === 0
  const text = [
    ...(weighed.short > 0 ? [t('releases:ladder.payText', { short: fenYuan(t, weighed.short) })] : []),
    ...(weighed.holds.includes('overdue')
      ? [t('releases:ladder.payOverdue', { overdue: fenYuan(t, figure.overdue), days: figure.overdueDays })]
      : []),
    ...(figure.eligible && figure.available < 0 && !scale.request.plan ? [t('releases:ladder.payPlan')] : []),
    ...(part ? [t('releases:ladder.partText', { most: fenYuan(t, most) })] : []),
  ]
  const act = part ? partAct(t, release) : receiptAct(t, actor, release)
  return [{ title: t('releases:ladder.pay'), rule: { id: 'CRD-09' }, text: text.join(' '), ...act }]
}

const partAct = (t: Translate, { number }: Release) => ({
  act: { href: `/releases/${number}/payment-part`, word: t('releases:act.part') },
})

function receiptAct(t: Translate, actor: Actor, release: Release): Pick<Rung, 'act'> {
  if (!creditPolicy.record(actor, release)) return {}
  const href = `/receipts/new?customer=${release.customer.number}&release=${release.number}`
  return { act: { href, word: t('releases:act.receipt') } }
}
