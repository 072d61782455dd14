import type { Actor } from '../access/actor.ts'
import type { Around } from '../customers/around.ts'
import type { Customer } from '../customers/queries.ts'
import { translate, type Translate } from '../i18n.ts'
import { markOf } from './marks.ts'
import { mainParts } from './parts.ts'
import { seenMark } from './queries.ts'
import { waysOf } from './ways.ts'

/** Everything that can be verified, each with when it last was; what is too old is ticked already. */
export function verificationPage(actor: Actor, customer: Customer, around: Around, now: Date) {
  const t = translate[actor.language]
  const { contacts, addresses, ages } = around
  const tick = (part: string, word: string) => ({
    name: part.replace(':', '-'),
    word,
    mark: markOf(t, ages.get(part)!, now),
  })
  return {
    customer,
    seen: seenMark(customer, { contacts, addresses }),
    ways: waysOf(t),
    parts: [
      ...mainParts.map((part) => tick(part, t(`verifications:verifiedParts.${part}`))),
      ...contacts.map(({ id, name }) => tick(`contact:${id}`, t('verifications:contact', { name }))),
      ...addresses.map((one) => tick(`address:${one.id}`, addressWord(t, one))),
    ],
  }
}

function addressWord(t: Translate, { use, address }: Around['addresses'][number]): string {
  return t('verifications:address', { use: t(`addresses:use.${use}`), address })
}
