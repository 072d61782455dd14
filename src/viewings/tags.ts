import type { Translate } from '../i18n.ts'
import { stageOf, type Stage, type Timed } from './states.ts'

const tones = {
  unsealed: 'warn',
  waiting: 'wait',
  coming: 'go',
  open: 'ok',
  over: 'warn',
  returned: 'warn',
  refused: 'bad',
  withdrawn: 'warn',
  ended: 'warn',
} as const satisfies Record<Stage, string>

/** Where it stands, as a tag. */
export function stateTag(t: Translate, viewing: Timed, now: Date) {
  const stage = stageOf(viewing, now)
  return { tone: tones[stage], word: t(`viewings:stage.${stage}`) }
}
