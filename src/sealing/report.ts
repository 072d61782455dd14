import { translate } from '../i18n.ts'
import type { Outcome } from './findings.ts'
import type { KnownHead } from './head.ts'
import { findingSentence } from './sentences.ts'

/** What the command says of a check: both languages, one finding to a line. */
export function reportOf({ findings, places, ...counts }: Outcome, head: KnownHead | null, seconds: string): string[] {
  return (['zh', 'en'] as const).flatMap((language) => {
    const t = translate[language]
    const listed = findings.reduce((sum, { n }) => sum + n, 0)
    const outcome = places > 0 ? t('sealing:outcome.bad', { places }) : t('sealing:outcome.ok')
    const against = head ? t('sealing:headAt', { n: head.n }) : t('sealing:noHead')
    return [
      [`${outcome}`, t('sealing:state.counts', counts), against, `${seconds} s`].join(' · '),
      ...findings.map((finding) => `  ${findingSentence(t, finding)}`),
      ...(places > listed ? [`  ${t('sealing:more', { n: places - listed })}`] : []),
    ]
  })
}
