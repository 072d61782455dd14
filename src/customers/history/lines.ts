import type { Actor } from '../../access/actor.ts'
import { actionSentence, namesOf } from '../../audit/actions.ts'
import { translate, translateIfKnown, type Language } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import type { Chip } from './chips.ts'
import { changesOf, labelOf, madeNew, textOf, wordOf } from './changes.ts'
import type { HistoryLine } from './queries.ts'

export type HistoryItem = {
  at: string
  datetime: string
  who: string
  sentence: string
  more?: string
  tone?: 'ok' | 'bad' | 'go'
  href?: string
  files?: Chip[]
}

/** AUD-03: the lines as people read them. `brief` is for the margin: three changes, and no list of what was recorded. */
export function historyItems(
  actor: Actor,
  lines: HistoryLine[],
  now: Date,
  { brief = false, home }: { brief?: boolean; home?: string } = {},
): HistoryItem[] {
  return lines.map((line) => {
    const tone = tones[line.action]
    const href = home && hrefOf(line, home)
    const more = moreOf(line, actor.language, brief)
    return {
      at: inContext(line.at, now, actor.language),
      datetime: line.at.toISOString(),
      who: line.actorName,
      sentence: sentenceOf(line, actor.language, brief ? 3 : Infinity),
      ...(more ? { more } : {}),
      ...(tone ? { tone } : {}),
      ...(href ? { href } : {}),
      ...(line.files ? { files: line.files } : {}),
    }
  })
}

/** 更正：电话 138****0317 → 139****0655 */
export function sentenceOf(line: HistoryLine, language: Language, most = Infinity): string {
  const t = translate[language]
  if (line.other)
    return t('customers:trail.complaint', { number: line.other, act: actionSentence(language, line.action) })
  if (isUnmasking(line)) return unmaskedSentence(line, language)
  if (line.action.startsWith('approval.')) return approvalSentence(line, language)
  const verb = actionSentence(language, line.action, namesOf(line.action, line.after))
  const whose = whoseOf(line, language)
  const act = whose ? t('customers:trail.whose', { act: verb, whose }) : verb
  if (madeNew.test(line.action)) return act
  const changes = changesOf(line, language)
  if (changes.length === 0) return act
  const shown = changes.slice(0, most).map(unended).join(t('customers:trail.comma'))
  const rest = changes.length > most ? t('customers:trail.more', { n: changes.length - most }) : ''
  return t('customers:trail.line', { act, changes: shown + rest })
}

/** What people wrote ends in a full stop; the sentence goes on. */
const unended = (text: string) => text.replace(/[。.]$/, '')

/** A file can be opened from the line that tells of it, a visit and a complaint from the customer's. */
function hrefOf({ action, before, after, other }: HistoryLine, home: string): string | undefined {
  if (other) return `/complaints/${other}`
  const part = textOf(after['part'] ?? before['part'])
  // Of a visit that one does not see, no number is left here; on its own page there is nowhere to go.
  const visit = part.startsWith('visit:') ? textOf(after['visit']) : ''
  if (visit) return home === `/visits/${visit}` ? undefined : `/visits/${visit}`
  const credit = creditHref(action, after)
  if (credit) return credit
  if (action.startsWith('contact_record.') && after['record']) return `/contact-records/${textOf(after['record'])}`
  if (!action.startsWith('attachment.')) return undefined
  const [, id] = /^attachment:(\d+)$/.exec(part) ?? []
  // A file of a visit stands with its customer, and is opened at the visit.
  const at = after['visit'] ? `/visits/${textOf(after['visit'])}` : home
  return id && `${at}/attachments/${id}`
}

/** What was booked, asked for and let out is opened from the line that tells of it; its number is there for whoever sees it. */
function creditHref(action: string, after: HistoryLine['after']): string | undefined {
  const [, place] = /^(release|shipment|receipt)\./.exec(action) ?? []
  const number = place && textOf(after[place])
  return number ? `/${place}s/${number}` : undefined
}

/** What was recorded with something new, and the reason that was given. */
function moreOf(line: HistoryLine, language: Language, brief: boolean): string {
  if (line.other) return ''
  const t = translate[language]
  const recorded = /\.(?:created|imported|added)$/.test(line.action) && !brief ? changesOf(line, language) : []
  const why = line.why && !isUnmasking(line) ? [t('customers:trail.reason', { why: line.why })] : []
  return [...why, ...recorded].join(t('customers:trail.comma'))
}

/** Which contact, address or other customer a line is about. */
function whoseOf({ action, before, after }: HistoryLine, language: Language): string {
  if (/^(?:customer|complaint|measure|liability)\./.test(action)) return ''
  if (action.startsWith('link.')) {
    const other = textOf(after['other']) || translate[language]('customers:trail.unseen')
    return [other, wordOf('side', after['side'], language)].filter(Boolean).join(' · ')
  }
  if (after['item']) return textOf(after['item'])
  if (after['contact']) return textOf(after['contact'])
  if (after['promise']) return textOf(after['promise'])
  if (after['visit']) return textOf(after['visit'])
  if (after['task']) return textOf(after['task'])
  if (after['attachment']) return textOf(after['attachment'])
  if (!madeNew.test(action)) return ''
  return textOf(after['name'] ?? after['removed'] ?? after['address'] ?? before['name'])
}

const isUnmasking = ({ action }: HistoryLine) => action === 'customer.unmasked' || action === 'complaint.unmasked'

function unmaskedSentence({ action, after, why }: HistoryLine, language: Language): string {
  const t = translate[language]
  const person = textOf(after['contact'])
  const name = textOf(after['field'])
  const field = labelOf(name, person ? 'contact.' : action, language) ?? name
  const what = person ? t('customers:trail.unmaskedOf', { person, field }) : t('customers:trail.unmasked', { field })
  return why ? t('customers:trail.and', { one: what, other: t('customers:trail.reason', { why }) }) : what
}

/** 提交审批：客户关键字段 S2026000035 */
function approvalSentence({ action, after }: HistoryLine, language: Language): string {
  const t = translate[language]
  const kind = translateIfKnown(language, `approvals:kind.${textOf(after['kind']).replace('.', '_')}`)
  const ending = translateIfKnown(language, `approvals:state.${textOf(after['ending'])}`)
  const what = [kind, textOf(after['number']), ending].filter(Boolean).join(' ')
  return t('customers:trail.line', { act: actionSentence(language, action), changes: what })
}

const tones: Record<string, HistoryItem['tone']> = {
  'customer.created': 'ok',
  'customer.imported': 'ok',
  'customer.confirmed': 'ok',
  'customer.withdrawn': 'bad',
  'customer.corrected': 'go',
  'customer.assigned': 'go',
  'customer.life_changed': 'go',
  'complaint.taken': 'go',
  'complaint.closed': 'ok',
  'complaint.reopened': 'bad',
  'complaint.escalated': 'bad',
  'complaint.void': 'bad',
}

/** 今天 14:05, 11-24 14:05, 2025-11-24 14:05 */
function inContext(at: Date, now: Date, language: Language): string {
  const text = dateTimeText(at)
  const today = dateText(now)
  if (text.startsWith(today)) return translate[language]('customers:trail.today', { time: text.slice(11) })
  return text.slice(0, 4) === today.slice(0, 4) ? text.slice(5) : text
}
