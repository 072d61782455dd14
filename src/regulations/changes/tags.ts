import type { Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Change } from './queries.ts'

export const states = ['waiting', 'drafted', 'approved', 'refused', 'withdrawn'] as const
const tones = { drafted: 'go', waiting: 'wait', approved: 'ok', refused: 'bad', withdrawn: 'warn' } as const

export const stateTag = (t: Translate, state: Change['state']) => ({
  tone: tones[state],
  word: t(`regulations:state.${state}`),
})

export const presetText = (t: Translate, { preset }: Change) =>
  preset ? t('regulations:change.preset', { trade: { word: `organisation:trade.${preset}` } }) : null

export function deciderText(t: Translate, { decidedBy, decidedAt, state }: Change): string {
  if (decidedBy && decidedAt)
    return t('regulations:change.decided', { name: decidedBy.name, at: dateTimeText(decidedAt) })
  return state === 'approved' ? t('regulations:change.noDecider') : t('regulations:change.notDecided')
}
