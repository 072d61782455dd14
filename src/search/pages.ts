import type { Actor } from '../access/actor.ts'
import { translate, type Translate } from '../i18n.ts'
import { countedTo, findCustomers, type CustomerRow } from '../customers/list/queries.ts'
import { termOf } from '../customers/search.ts'
import { maskCode } from '../customers/codes.ts'
import { cleanText, fold } from '../lib/text.ts'

const most = 50

type Piece = { text: string; mark?: true }

/** /search: what was found, and by what; where nothing was, the word to leave out. */
export async function searchPage(actor: Actor, q: string) {
  const t = translate[actor.language]
  const { rows, total } = await findCustomers(actor, q, most)
  const words = wordsOf(q)
  const hits = rows.map((row) => ({
    href: `/customers/${row.number}`,
    name: marked(row.name, words),
    why: whyOf(row, words, t),
    at: row.number,
  }))
  const shown = total > countedTo ? `${countedTo}+` : total
  return {
    q,
    groups: [{ word: t('search:customers'), total: shown, hits }],
    hint: hits.length > 0 ? (total > most ? t('search:first', { n: most }) : null) : await nothing(actor, q, t),
  }
}

function wordsOf(q: string): string[] {
  if (termOf(q).kind === 'digits') return [q.replace(/\D/gu, '')]
  return cleanText(q)
    .split(' ')
    .filter((word) => fold(word) !== '')
    .slice(0, 6)
}

/** Drops one word after another until something is found. */
async function nothing(actor: Actor, q: string, t: Translate): Promise<string> {
  const words = wordsOf(q)
  if (words.length === 0) return t('search:empty')
  for (const [at, word] of words.length > 1 ? words.entries() : []) {
    const { rows } = await findCustomers(actor, words.filter((_, place) => place !== at).join(' '), 1)
    if (rows.length > 0) return t('search:drop', { q, word })
  }
  return t('search:none', { q })
}

function whyOf(row: CustomerRow, words: string[], t: Translate): Piece[] {
  const place = [row.province, row.city, row.address].filter(Boolean).join(' ')
  const digits = row.phone?.replace(/\D/gu, '') ?? ''
  for (const word of words) {
    const [plain, figures] = [fold(word), word.replace(/\D/gu, '')]
    if (row.name.toLowerCase().includes(plain)) continue
    if (row.number.toLowerCase().startsWith(plain)) return marked(t('search:why.number', { value: row.number }), [word])
    if (row.phone && figures.length >= 3 && digits.includes(figures.replace(/^86(?=1\d{10})/u, '')))
      return marked(t('search:why.phone', { value: row.phone }), [row.phone])
    if (row.code?.toLowerCase().startsWith(plain))
      return [{ text: t('search:why.code', { value: maskCode(row.code) }) }]
    if (fold(row.address ?? '').includes(plain)) return marked(place, [word])
    if (/^[a-z]+$/u.test(plain)) return marked(t('search:why.pinyin', { value: word }), [word])
  }
  return [{ text: [row.owner?.name, place].filter(Boolean).join(' · ') }]
}

/** A text in pieces, the words in it marked. */
function marked(text: string, words: string[]): Piece[] {
  const pattern = words
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
    .filter(Boolean)
    .join('|')
  if (pattern === '') return [{ text }]
  return text
    .split(new RegExp(`(${pattern})`, 'giu'))
    .map((piece, at): Piece => (at % 2 ? { text: piece, mark: true } : { text: piece }))
    .filter((piece) => piece.text !== '')
}
