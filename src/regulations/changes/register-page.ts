import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { seesChanges } from '../rule-page.ts'
import type { RegisterQuery } from './forms.ts'
import type { Change, changeCounts } from './queries.ts'
import { deciderText, presetText, states, stateTag } from './tags.ts'

type Counted = Awaited<ReturnType<typeof changeCounts>>

/** The register of changes, by state. */
export function registerPage(actor: Actor, { state }: RegisterQuery, changes: Change[], counts: Counted) {
  const t = translate[actor.language]
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const whole = seesChanges(actor)
  return {
    lede: whole ? t('regulations:change.registerLede') : t('regulations:change.registerOpen'),
    tabs: whole
      ? [
          { href: '/regulations/changes', word: t('regulations:change.all'), count: total, current: state === '' },
          ...states.map((one) => ({
            href: `/regulations/changes?state=${one}`,
            word: t(`regulations:state.${one}`),
            count: counts[one] ?? 0,
            current: state === one,
          })),
        ]
      : [],
    rows: changes.map((change) => ({
      number: change.number,
      rules: change.proposals.map(({ rule }) => ({ id: rule })),
      preset: presetText(t, change),
      reason: change.reason,
      effectiveOn: change.effectiveOn,
      state: stateTag(t, change.state),
      drafter: t('regulations:change.drafted', { name: change.draftedBy.name, at: dateText(change.draftedAt) }),
      decider: deciderText(t, change),
    })),
    nothing: {
      heading: t('regulations:change.none'),
      hint: t('regulations:change.noneHint'),
      next: { href: '/regulations', word: t('regulations:toAll') },
    },
  }
}
