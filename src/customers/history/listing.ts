import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { historyItems } from './lines.ts'
import type { HistoryLine } from './queries.ts'

type Found = { lines: HistoryLine[]; kind: string; earlier: boolean; later: boolean }
type Option = { value: string; word: string }

/** A page of a history at `home`/history: its lines, what they can be narrowed to, and the way on. */
export function historyModel(actor: Actor, home: string, found: Found, options: Option[], now: Date) {
  const { lines, kind, earlier, later } = found
  const t = translate[actor.language]
  const path = `${home}/history`
  const address = (change: Record<string, string>) => {
    const query = new URLSearchParams({ ...(kind ? { kind } : {}), ...change })
    return `${path}${query.size > 0 ? `?${query}` : ''}`
  }
  return {
    items: historyItems(actor, lines, now, { home }),
    filters: {
      action: path,
      choices: [{ name: 'kind', label: t('customers:trail.all'), value: kind, options }],
    },
    pager: {
      words: t('customers:trail.pageWords', { n: lines.length }),
      ...(earlier && lines[0] ? { previous: address({ before: String(lines[0].id) }) } : {}),
      ...(later && lines.length > 0 ? { next: address({ after: String(lines.at(-1)!.id) }) } : {}),
    },
    nothing: {
      heading: t('customers:trail.none'),
      hint: t('customers:trail.noneHint'),
      next: { href: path, word: t('customers:trail.all') },
    },
  }
}
