import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import type { EventRow } from './record.ts'
import { roleWord } from './pages.ts'
import { endText, momentText } from './tag.ts'

const tones = { overdue: 'bad', escalated: 'bad', met: 'ok', resumed: 'go', recomputed: 'go' } as const

/** What happened to a deadline, as sentences; newest first. */
export function eventLines(actor: Actor, events: EventRow[], now: Date) {
  return events.map((event) => {
    const late = event.kind === 'met' && event.detail['late'] === true
    const tone = late ? 'bad' : event.kind in tones ? tones[event.kind as keyof typeof tones] : undefined
    return {
      at: momentText(event.at, now),
      datetime: event.at.toISOString(),
      sentence: sentenceOf(actor, event),
      ...(typeof event.detail['by'] === 'string' ? { who: event.detail['by'] } : {}),
      ...(typeof event.detail['reason'] === 'string' && event.kind === 'paused'
        ? { more: event.detail['reason'] }
        : {}),
      ...(tone ? { tone } : {}),
    }
  })
}

function sentenceOf({ language }: Actor, { kind, detail }: EventRow): string {
  const t = translate[language]
  const when = (name: string) => endText(new Date(String(detail[name])))
  const to = roleWord(String(detail['to']), language)
  if (kind === 'soon')
    return t(detail['state'] === 'failed' ? 'deadlines:event.soonFailed' : 'deadlines:event.soon', { to })
  if (kind === 'overdue') return t('deadlines:event.overdue', { due: when('due') })
  if (kind === 'met') return t(detail['late'] ? 'deadlines:event.late' : 'deadlines:event.met')
  if (kind === 'resumed') return t('deadlines:event.resumed', { before: when('before'), after: when('after') })
  if (kind === 'recomputed') {
    const why = detail['why'] === 'calendar' ? 'calendar' : detail['why'] === 'date' ? 'date' : 'level'
    return t(`deadlines:event.recomputed_${why}`, { before: when('before'), after: when('after') })
  }
  if (kind !== 'escalated') return t(`deadlines:event.${kind}`)
  const rung = String(detail['rung'])
  if (detail['state'] === 'sent') return t('deadlines:event.escalated', { rung, to })
  if (!detail['instead']) return t('deadlines:event.failed', { rung, to })
  return t('deadlines:event.instead', { rung, to, instead: roleWord(String(detail['instead']), language) })
}
