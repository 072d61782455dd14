import { veil } from '../customers/sensitivity.ts'
import type { Translate } from '../i18n.ts'
import { fold } from '../lib/text.ts'
import { marked, soundIn, type Piece } from './marks.ts'

/** Everything a customer can have been found by, unmasked: only reasons leave here, and they are masked (PRV-02). */
export type Findable = {
  number: string
  kind: 'organisation' | 'person'
  name: string
  aliases: string[]
  plates: string[]
  code: string | null
  phones: string[]
  places: string[]
  contacts: { name: string; phones: string[] }[]
}

const mostReasons = 2

/** CUS-14: by what each word was found, where the name does not show it already. */
export function reasonsFor(found: Findable, words: string[], t: Translate): Piece[][] {
  return words.flatMap((word) => reasonFor(found, word, t) ?? []).slice(0, mostReasons)
}

function reasonFor(found: Findable, word: string, t: Translate): Piece[][] | null {
  const plain = fold(word)
  const has = (text: string) => fold(text).includes(plain)
  if (plain === '' || has(found.name) || found.number.toLowerCase().startsWith(plain)) return null
  const said = (key: 'alias' | 'plate' | 'contact' | 'place', value: string): Piece[][] => [
    [{ text: `${t(`search:why.${key}`)} ` }, ...marked(value, [word])],
  ]
  const [alias, plate, contact, place] = [
    found.aliases.find(has),
    found.plates.find(has),
    found.contacts.find(({ name }) => has(name)),
    found.places.find(has),
  ]
  if (alias) return said('alias', alias)
  if (plate) return said('plate', plate)
  if (contact) return said('contact', contact.name)
  if (place) return said('place', place)
  return soundReason(found, word, t) ?? digitsReason(found, word, t)
}

type Spoken = { text: string; as: 'company' | 'person'; lead: string }

function soundReason({ kind, name, aliases, contacts }: Findable, word: string, t: Translate): Piece[][] | null {
  const as: 'person' | 'company' = kind === 'person' ? 'person' : 'company'
  const spoken: Spoken[] = [
    { text: name, as, lead: '' },
    ...aliases.map((text): Spoken => ({ text, as, lead: `${t('search:why.alias')} ${text} ` })),
    ...contacts.map((one): Spoken => ({
      text: one.name,
      as: 'person',
      lead: `${t('search:why.contact')} ${one.name} `,
    })),
  ]
  for (const one of spoken) {
    const sound = soundIn(one.text, word, one.as)
    if (sound)
      return [
        [{ text: `${one.lead}${t(`search:why.${sound.by}`)} ` }, ...marked(sound.reads, word.toLowerCase().split(' '))],
      ]
  }
  return null
}

/** What was typed of a telephone or a code is confirmed, and no digit more is shown than anybody may see. */
function digitsReason({ phones, contacts, code }: Findable, word: string, t: Translate): Piece[][] | null {
  const figures = word.replace(/\D/gu, '').replace(/^86(?=1\d{10}$)/u, '')
  const rings = (phone: string) => figures.length >= 3 && phone.replace(/\D/gu, '').includes(figures)
  const own = phones.find(rings)
  if (own) return [[{ text: `${t('search:why.phone')} ` }, ...markedPhone(own, figures)]]
  for (const { name, phones: theirs } of contacts) {
    const phone = theirs.find(rings)
    if (phone) return [[{ text: `${t('search:why.contact')} ${name} ` }, ...markedPhone(phone, figures)]]
  }
  if (code?.toLowerCase().startsWith(fold(word)))
    return [[{ text: `${t('search:why.code')} ` }, { text: veil('code', code), mark: true }]]
  return null
}

/** The masked number, marked where the typed digits are to be seen, else as a whole. */
export function markedPhone(phone: string, figures: string): Piece[] {
  const masked = veil('phone', phone)
  const pieces = marked(masked, [figures])
  return pieces.some(({ mark }) => mark) ? pieces : [{ text: masked, mark: true }]
}
