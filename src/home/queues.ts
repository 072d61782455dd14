import type { Key, Translate } from '../i18n.ts'
import type { Tag } from '../deadlines/tag.ts'
import { mostCounted, type Incomplete, type OpenImport } from './queries.ts'

export type Queue = {
  count: string
  word: string
  rule?: { id: string }
  list: string
  oldest: string
  href: string
  what: string
  act: { href: string; word: string }
  tag: { tone: string; word: string } | null
  /** Instead of the tag, where the thing has a clock of its own. */
  deadline?: Tag
}

export function incompleteQueue(t: Translate, incomplete: Incomplete): Queue[] {
  const [oldest] = incomplete
  if (!oldest) return []
  const href = `/customers/${oldest.number}`
  const missing = missingText(t, oldest)
  return [
    {
      count: capped(incomplete.length),
      word: t('home:incomplete'),
      rule: { id: 'CUS-04' },
      list: '/incomplete-files',
      oldest: oldest.name,
      href,
      what: t('home:incompleteOldest', { missing }),
      act: { href, word: t('home:complete') },
      tag: { tone: 'warn', word: t('home:tag.incomplete') },
    },
  ]
}

export function missingText(t: Translate, { missing }: Incomplete[number]): string {
  return missing.map((reason) => t(missingWords[reason] ?? reason)).join(t('web:comma'))
}

const missingWords: Partial<Record<Key, Key>> = {
  'customers:refused.confirmContacts': 'home:missing.contacts',
  'customers:refused.confirmPlace': 'home:missing.place',
  'customers:refused.confirmCredit': 'home:missing.credit',
  'customers:refused.confirmTrade': 'home:missing.trade',
}

const importActs = { stuck: 'home:goOn', running: 'home:follow', rejected: 'home:correct' } as const

export function importQueue(t: Translate, name: 'stuck' | 'running' | 'rejected', imports: OpenImport[]): Queue[] {
  const [oldest] = imports
  if (!oldest) return []
  const href = `/imports/${oldest.number}`
  const rejected = name === 'rejected'
  const what = rejected ? t('home:oldestRejected', { rows: oldest.rejected }) : t('home:oldest', { rows: oldest.total })
  const act = { href, word: t(importActs[name]) }
  const tag = { tone: name === 'running' ? 'go' : 'warn', word: t(`home:tag.${name}`) }
  return [
    {
      count: String(imports.length),
      word: t(`home:${name}`),
      list: '/imports',
      oldest: `${oldest.number} ${oldest.fileName}`,
      href,
      what,
      act,
      tag,
    },
  ]
}

export function capped(count: number): string {
  return count > mostCounted ? `${mostCounted}+` : String(count)
}

/** What is overdue comes first, then what is due soon; the rest as it stood. */
export function byUrgency(queues: Queue[]): Queue[] {
  const rank = ({ deadline }: Queue) => (deadline?.state === 'overdue' ? 0 : deadline?.state === 'soon' ? 1 : 2)
  return queues.toSorted((a, b) => rank(a) - rank(b))
}
