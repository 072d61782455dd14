import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Paper } from './paper.ts'

/** `middle` is what or whom the document is about; `mark` the secrecy mark, if any; `left` stands first at the foot. */
type About = { document: string; middle: string; mark?: string; left: string }
type Edges = Pick<Paper, 'language' | 'printedAt' | 'head' | 'foot'>

/** The head and the foot of every page of a paper: whose it is and what, who printed it when, and the page. */
export function edgesOf(actor: Actor, now: Date, { document, middle, mark = '', left }: About): Edges {
  const t = translate[actor.language]
  return {
    language: actor.language,
    printedAt: now,
    head: { company: actor.companyName ?? t('web:product'), document, middle, mark },
    foot: {
      left,
      middle: t('documents:printed', { person: actor.name, time: dateTimeText(now) }),
      page: t('documents:page'),
      cover: '',
    },
  }
}
