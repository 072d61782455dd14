import type { ItemState } from '../../../prisma/client/enums.ts'
import type { Translate } from '../../i18n.ts'

/** 在柜, 借出, 去向不明 … On loan is told by the open loan. */
export function stateOf({ state, lent }: { state: ItemState; lent: boolean }, t: Translate) {
  if (lent) return { tone: 'go', word: t('archive:onLoan') }
  return { tone: tones[state], word: t(`archive:state.${state}`) }
}

const tones = { in_place: 'ok', missing: 'bad', under_disposal: 'warn', disposed: 'bad', given_back: 'warn' } as const

/** 第 2 卷 重要合同和单据 */
export function volumeText({ n, title }: { n: number; title: string }, t: Translate): string {
  const head = t('archive:file.volumeN', { n })
  return title === head ? head : `${head} ${title}`
}
