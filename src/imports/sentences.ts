import { translate, translateIfKnown, type Language } from '../i18n.ts'
import type { Finding } from '../customers/cells.ts'
import type { Params } from '../lib/refused.ts'

/** Findings in words, each led by the column it is about. */
export function sentencesOf(language: Language, header: string[], findings: Finding[]): string[] {
  const t = translate[language]
  return findings.map(({ reason, params, column }) => {
    // Kept from a release that knew more: still a sentence, never a bare key.
    const sentence = translateIfKnown(language, reason, inWords(language, params)) ?? t('imports:finding.unreadable')
    const title = column === null ? '' : (header[column] ?? '')
    return title === '' ? sentence : t('imports:page.sentenceAt', { column: title, sentence })
  })
}

/** Of another customer the stage and the standing are kept by their names. */
function inWords(language: Language, params: Params | undefined): Params | undefined {
  if (!params) return params
  const word = (name: 'life' | 'standing') => translateIfKnown(language, `customers:${name}.${params[name]}`)
  const { life, standing } = { life: word('life'), standing: word('standing') }
  return { ...params, ...(life ? { life } : {}), ...(standing ? { standing } : {}) }
}
