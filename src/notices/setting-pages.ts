import type { MailChoice } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { translate, translateIfKnown, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { mailChoices } from './forms.ts'
import { kindOf, wordOf } from './kinds.ts'
import { kindsFor } from './pages.ts'
import type { MailRow } from './queries.ts'

export type Way = 'smtp' | 'mailbox' | 'none'

export function settingsPage(
  actor: Actor,
  own: { address: string | null; choices: Map<string, MailChoice>; mails: MailRow[] },
  way: Way,
) {
  const t = translate[actor.language]
  const word = (mail: MailChoice) => t(`notices:setting.choice.${mail}`)
  return {
    mailing: {
      address: own.address ? t('notices:setting.to', { address: own.address }) : null,
      way,
      mayTest: own.address !== null && way !== 'none',
    },
    kinds: kindsFor(actor).map((kind) => ({
      name: wordOf(kind),
      word: t(`notices:kind.${wordOf(kind)}`),
      icon: kindOf(kind).icon,
      value: own.choices.get(kind) ?? kindOf(kind).mail,
      hint: [
        t('notices:setting.default', { mail: word(kindOf(kind).mail) }),
        ...(kindOf(kind).urgent ? [t('notices:setting.urgentHint')] : []),
      ],
    })),
    options: mailChoices.map((value) => ({ value, word: word(value) })),
    mails: own.mails.map((mail) => mailLine(actor, mail, t)),
  }
}

export function mailboxPage(actor: Actor, mails: MailRow[]) {
  const t = translate[actor.language]
  const shown = mails.slice(0, 30)
  return {
    mails: shown.map((mail) => ({ ...mailLine(actor, mail, t), address: mail.address, body: mail.body })),
    next: mails.length > shown.length ? `/mailbox?before=${shown.at(-1)!.id}` : null,
  }
}

function mailLine({ language }: Actor, { id, title, state, madeAt, attempts, failure }: MailRow, t: Translate) {
  const tones = { waiting: 'wait', sent: 'ok', failed: 'bad' } as const
  return {
    id: String(id),
    title,
    at: dateTimeText(madeAt),
    datetime: madeAt.toISOString(),
    tone: tones[state],
    state: t(`notices:setting.state.${state}`),
    why: failure ? t(whyKey(state), { n: attempts, failure: failureWord(language, failure) }) : null,
  }
}

const whyKey = (state: MailRow['state']) => (state === 'failed' ? 'notices:setting.gaveUp' : 'notices:setting.retry')

/** `login 535`: what it was, and the server's number for the administrator. */
function failureWord(language: Actor['language'], failure: string): string {
  const [word, number] = failure.split(' ')
  const text = translateIfKnown(language, `notices:failure.${word}`) ?? failure
  return number ? `${text} (${number})` : text
}
