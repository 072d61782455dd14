import type { Actor } from '../access/actor.ts'
import { actionSentence } from '../audit/actions.ts'
import { ask } from '../db.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'

type Line = {
  at: Date
  actorId: bigint | null
  actorName: string
  action: string
  after: Told | null
  why: string | null
}
type Told = { fileName?: string; imported?: number; warned?: number; total?: number; withdrawn?: number }

const shown = 50

/** AUD-03: what was done with an import, newest first; without its batches, which are many and say nothing of their own. */
export async function importHistory({ language }: Actor, id: bigint) {
  const t = translate[language]
  const lines = await ask<Line>`
    select at, actor_id as "actorId", actor_name as "actorName", action, after, why from audit_entry
    where subject = ${`import:${id}`} and action not like '%batch_done' order by id desc limit ${shown}`
  return lines.map(({ at, actorId, actorName, action, after, why }) => ({
    at: dateTimeText(at),
    datetime: at.toISOString(),
    who: actorId === null ? t('audit:system') : actorName,
    sentence: actionSentence(language, action),
    more: [why, action === 'import.uploaded' ? after?.fileName : figuresOf(after)].filter(Boolean).join(t('web:comma')),
  }))

  function figuresOf(told: Told | null): string {
    if (told?.withdrawn !== undefined) return t('imports:trail.withdrawn', { n: told.withdrawn })
    if (told?.imported === undefined || told.total === undefined) return ''
    return t('imports:trail.finished', { total: told.total, n: told.imported + (told.warned ?? 0) })
  }
}
