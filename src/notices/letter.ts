import { translate, type Language } from '../i18n.ts'
import type { Params } from '../lib/refused.ts'
import { kindWord, sentenceOf, type Told } from './sentences.ts'

export type Recipient = { name: string; language: Language }
export type Item = Told & { href: string }

const shownOfKind = 20

/** One thing told at once, several things of the minute, or the day's digest: plain text, numbers only. */
export function letterOf(
  { name, language }: Recipient,
  items: Item[],
  form: 'each' | 'digest',
  site: string | undefined,
): { title: string; body: string } {
  const t = translate[language]
  const link = (href: string) =>
    site ? t('notices:mail.at', { address: site + href }) : t('notices:mail.path', { path: href })
  const lines = [...byKind(items)].flatMap(([kind, group]) => [
    ...(items.length > 1 ? [t('notices:mail.group', { kind: kindWord(language, kind), n: group.length })] : []),
    ...group.slice(0, shownOfKind).flatMap((item) => [`· ${sentenceOf(language, item, null)}`, `  ${link(item.href)}`]),
    ...(group.length > shownOfKind ? [t('notices:mail.more', { n: group.length - shownOfKind })] : []),
    '',
  ])
  const all = site ? [t('notices:mail.all', { address: `${site}/notices` })] : []
  const title = titleOf(language, items, form)
  return { title, body: [...opening(name, language), ...lines, ...all, t('notices:mail.foot')].join('\n') }
}

export function testLetter({ name, language }: Recipient): { title: string; body: string } {
  const t = translate[language]
  const title = titled(language, t('notices:mail.test'))
  return { title, body: [...opening(name, language), t('notices:mail.testBody')].join('\n') }
}

function titleOf(language: Language, items: Item[], form: 'each' | 'digest'): string {
  const params: Params = { n: items.length }
  if (form === 'digest') return titled(language, translate[language]('notices:mail.digest', params))
  if (items.length > 1) return titled(language, translate[language]('notices:mail.many', params))
  return titled(language, sentenceOf(language, items[0]!, null))
}

const titled = (language: Language, text: string) => `[${translate[language]('web:product')}] ${text}`
const opening = (name: string, language: Language) => [translate[language]('notices:mail.hello', { name }), '']

function byKind(items: Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(item.kind, [...(groups.get(item.kind) ?? []), item])
  return groups
}
