import type { Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { idsShown, type Finding } from './findings.ts'
import type { Check } from './queries.ts'

/** How the trail stood when it was last looked at, as the pages of the trail say it. */
export function checkSentence(t: Translate, last: Check | undefined) {
  if (!last) return { tone: 'wait' as const, text: t('sealing:state.none'), counts: '' }
  const at = dateTimeText(last.at)
  const counts = countWords(t, last)
  return last.places === 0
    ? { tone: 'ok' as const, text: t('sealing:state.ok', { at }), counts }
    : { tone: 'bad' as const, text: t('sealing:state.bad', { at, places: last.places }), counts }
}

export const countWords = (t: Translate, { entries, seals, unsealed }: Check) =>
  t('sealing:state.counts', { entries, seals, unsealed })

/** Which batch, which lines, and what became of them. */
export function findingSentence(t: Translate, { kind, n, seal = '', until = seal, ids = [] }: Finding): string {
  const several = until !== seal
  const name =
    several && kind === 'seal_removed' ? 'seals_removed' : several && kind === 'other_key' ? 'others_key' : kind
  const list = ids.slice(0, idsShown).join(t('web:comma'))
  return t(`sealing:finding.${name}`, {
    n,
    seal,
    until,
    ids: t(n > ids.length ? 'sealing:idsMore' : 'sealing:ids', { ids: list }),
  })
}
