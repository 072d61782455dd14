import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Visit } from '../queries.ts'
import { ways } from './forms.ts'
import type { ToAsk } from './queries.ts'

export function appointmentPage(actor: Actor, visit: Visit, { names, calls }: ToAsk, now: Date) {
  const t = translate[actor.language]
  return {
    visit: { number: visit.number, party: visit.party, version: visit.version },
    home: `/visits/${visit.number}`,
    said: appointmentWords(t, visit, 'visitDay:appointment.now'),
    latest: dateTimeText(now).replace(' ', 'T'),
    person: visit.confirmedWith ?? names[0] ?? '',
    people: names,
    calls,
    chosen: visit.confirmedWay ?? 'phone',
    ways: ways.map((value) => ({ value, word: t(`visitDay:way.${value}`) })),
  }
}

/** 11-23 15:20 与 丁香结 约定，电话 */
export function appointmentWords(
  t: Translate,
  { confirmedAt, confirmedWith, confirmedWay }: Visit,
  key: 'visitDay:appointment.now' | 'visitDay:appointment.said',
): string | null {
  if (!confirmedAt || !confirmedWay) return null
  const way = t(`visitDay:way.${confirmedWay}`)
  return t(key, { at: dateTimeText(confirmedAt), name: confirmedWith ?? '', way })
}
