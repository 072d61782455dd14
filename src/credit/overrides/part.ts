import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import type { PartOf } from '../../web/parts.ts'
import { yuan } from '../saying.ts'
import { creditPolicy } from '../policy.ts'
import type { Release } from '../queries.ts'
import { overridesOf, type ListedOverride } from './queries.ts'

/** What was asked and signed for a release, on its page. What can be asked stands in its ladder. */
export const overridePart: PartOf<Release> = { section }

const tones = { waiting: 'wait', approved: 'ok', refused: 'bad', ended: 'warn' } as const

async function section(actor: Actor, release: Release) {
  const all = await overridesOf(db, release)
  if (all.length === 0 || !creditPolicy.view(actor, release)) return null
  const t = translate[actor.language]
  return {
    view: 'credit/overrides/section',
    place: 'column' as const,
    model: { overrides: all.map((one) => rowOf(t, one)) },
  }
}

const rowOf = (
  t: Translate,
  { kind, amount, validOn, state, request, signedAt, signedBy, reason }: ListedOverride,
) => ({
  text: t(kind === 'overdue' ? 'overrides:rowDay' : 'overrides:row', {
    kind: t(`credit:override.${kind}`),
    amount: yuan(t, amount.toFixed(2)),
    day: dayText(validOn),
  }),
  reason,
  state: { tone: tones[state], word: t(`credit:decision.${state}`) },
  approval: request,
  signed: signedAt ? t('overrides:signed', { by: signedBy?.name ?? '', at: dateTimeText(signedAt) }) : null,
})
