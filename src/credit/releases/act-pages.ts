import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { fenOf, yuanText } from '../../lib/money.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { Release } from '../queries.ts'
import { releaseStates } from '../states.ts'
import { moneyFor, weighedNow } from './queries.ts'
import { carried, heldProblems, partProblems, restProblems } from './rules.ts'
import { fenYuan, yuan } from '../saying.ts'
import { shortTerms } from './saying.ts'

const aboutOf = (release: Release) => ({
  number: release.number,
  version: release.version,
  customer: release.customer.name,
  goods: release.goods,
})

export function cancelGuard(release: Release): Refusal[] {
  releaseStates.next(release.state, 'cancel')
  return []
}

/** 取消放行单: what becomes of the credit and of money received for it. */
export async function cancelPage(actor: Actor, release: Release) {
  const t = translate[actor.language]
  const money = await moneyFor(release)
  const received = money.reduce((sum, { open }) => sum + fenOf(open.toFixed(2)), 0)
  return {
    release: aboutOf(release),
    amount: yuan(t, release.amount.toFixed(2)),
    money: received > 0 ? t('releases:cancel.money', { amount: fenYuan(t, received) }) : null,
  }
}

export async function partGuard(release: Release, now: Date): Promise<Refusal[]> {
  const held = heldProblems(release.state)
  if (held.length > 0) return held
  const { most, whole } = await partOf(release, now)
  if (most <= 0 || most >= whole) return partProblems(most, most, whole)
  const { weighed } = await weighedNow(db, release, now, yuanText(most))
  return restProblems(weighed.holds)
}

/** CRD-09: how much of it could go out now. In fen. */
export async function partOf(release: Release, now: Date) {
  const scale = await weighedNow(db, release, now)
  return { scale, most: carried(scale.figure, scale.request), whole: scale.request.amount }
}

/** 按已到的放行: as much as was paid and is available; the rest is asked for anew. */
export async function partPage(actor: Actor, release: Release, now: Date) {
  const t = translate[actor.language]
  const { scale, most, whole } = await partOf(release, now)
  return {
    release: aboutOf(release),
    terms: shortTerms(t, scale, release.goods),
    most: yuanText(most),
    hint: t('releases:part.hint', { most: fenYuan(t, most), rest: fenYuan(t, whole - most) }),
  }
}
