import { translate, translateIfKnown, type Language } from '../i18n.ts'
import type { Finding } from '../customers/intake/cells.ts'

/** Findings in words, each led by the column it is about. */
export function sentencesOf(language: Language, header: string[], findings: Finding[]): string[] {
  const t = translate[language]
  return findings.map(({ reason, params, column }) => {
    // Kept from a release that knew more: still a sentence, never a bare key.
    const sentence = translateIfKnown(language, reason, params) ?? t('imports:finding.unreadable')
    const title = column === null ? '' : (header[column] ?? '')
    return title === '' ? sentence : t('imports:page.sentenceAt', { column: title, sentence })
  })
}
