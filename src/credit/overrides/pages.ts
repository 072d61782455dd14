import type { OverrideKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { decisionFacts, monthsList } from '../deciding/facts.ts'
import { fenYuan, yuan } from '../saying.ts'
import type { Release } from '../queries.ts'
import type { Hold } from '../reckoning.ts'
import { daysAhead, scalesFor, signerOf, type Scales } from './queries.ts'
import { mostBelow, ruleOf } from './rules.ts'

/** The form of one request: what is over now, how far it may go, who signs, and what they will look at. */
export async function askPage(actor: Actor, release: Release, kind: OverrideKind, now: Date) {
  const t = translate[actor.language]
  const [scales, facts, months, regulation, days] = await Promise.all([
    scalesFor(db, release, kind, now),
    decisionFacts(t, actor, release.customer, now, release.id),
    monthsList(t, release.customerId, now),
    regulationAt(now),
    kind === 'overdue' ? daysAhead(now) : [],
  ])
  const { number, version, customer, goods } = release
  const role = t(`access:role.${regulation.value(signerOf[kind])}`)
  return {
    kind,
    rule: { id: ruleOf[kind] },
    title: t(`overrides:ask.${kind}`),
    lede: t(`overrides:lede.${kind}`, { number }),
    release: { number, version, goods, customer: customer.name },
    home: `/releases/${number}`,
    terms: kind === 'overdue' ? overdueTerms(t, release, scales) : shortTerms(t, release, scales),
    bound: kind === 'overdue' ? null : boundText(t, scales),
    rest: restText(t, kind, scales.standing.holds),
    signs: t('overrides:signsText', { role }),
    days,
    facts,
    months,
  }
}

/** 本次申请 − 可用额 = 超出 */
function shortTerms(t: Translate, { amount, goods }: Release, { figure, paid, standing }: Scales) {
  const available = Math.max(0, figure.available)
  return [
    { word: t('overrides:asked.release'), figure: yuan(t, amount.toFixed(2)), meaning: goods },
    ...(paid > 0 ? [{ op: '−', word: t('overrides:asked.paid'), figure: fenYuan(t, paid) }] : []),
    { op: '−', word: t('overrides:asked.available'), figure: fenYuan(t, available) },
    { op: '=', word: t('overrides:asked.short'), figure: fenYuan(t, standing.short), short: true },
  ]
}

function overdueTerms(t: Translate, { amount, goods }: Release, { figure }: Scales) {
  const days = t('overrides:ageing.oldest', { days: figure.overdueDays })
  return [
    { word: t('overrides:asked.release'), figure: yuan(t, amount.toFixed(2)), meaning: goods },
    { word: t('overrides:asked.overdue'), figure: fenYuan(t, figure.overdue), meaning: days },
  ]
}

function boundText(t: Translate, { standing: { limit, part } }: Scales): string {
  const words = { part, limit: fenYuan(t, limit), most: fenYuan(t, mostBelow(limit, part)) }
  return t('overrides:asked.boundText', words)
}

const lifts: Record<OverrideKind, readonly Hold[]> = { first: ['over'], final: ['over'], overdue: ['overdue'] }

/** What it is held for besides, and would be still. */
function restText(t: Translate, kind: OverrideKind, holds: readonly Hold[]): string | null {
  const rest = holds.filter((hold) => !lifts[kind].includes(hold))
  if (rest.length === 0) return null
  return t('overrides:rest', { holds: rest.map((hold) => t(`credit:hold.${hold}`)).join(t('web:comma')) })
}
