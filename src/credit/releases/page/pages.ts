import type { Actor } from '../../../access/actor.ts'
import { translate, type Translate } from '../../../i18n.ts'
import { dateTimeText } from '../../../lib/dates.ts'
import { partsOf, placedParts } from '../../../web/parts.ts'
import { creditPolicy } from '../../policy.ts'
import type { Release } from '../../queries.ts'
import { stateTag } from '../saying.ts'
import { parts } from './registry.ts'

/** The page of one release: its parts side by side, none of which knows the others. */
export async function releasePage(actor: Actor, release: Release, now: Date) {
  const t = translate[actor.language]
  const sees = creditPolicy.view(actor, release)
  const brought = placedParts(await partsOf(parts, actor, release, now), t)
  return {
    release: { number: release.number, amount: release.amount.toFixed(2) },
    title: t('credit:release', { number: release.number }),
    customer: {
      name: release.customer.name,
      grade: release.customer.grade,
      href: sees ? `/credit/customers/${release.customer.number}` : null,
    },
    state: release.state === 'held' ? { tone: 'bad', word: t('releases:page.invisible') } : stateTag(t, release.state),
    track: trackOf(t, release),
    ...brought,
  }
}

/** 申请 → 放行 → 发货; of one that was given up, only what was. */
function trackOf(t: Translate, { state, requestedAt, releasedAt, shippedAt }: Release) {
  const at = { requested: requestedAt, released: state === 'held' ? null : releasedAt, shipped: shippedAt }
  const next = { held: 'released', released: 'shipped', shipped: null, cancelled: null }[state]
  return (['requested', 'released', 'shipped'] as const).map((step) => ({
    word: t(`releases:step.${step}`),
    when: at[step] ? dateTimeText(at[step]).slice(5) : '',
    ...(step === next ? { at: 'now' as const } : at[step] ? { at: 'done' as const } : {}),
  }))
}
