import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { clockShift, machineNow } from '../lib/clock.ts'
import { dateTimeText } from '../lib/dates.ts'
import { units } from './forms.ts'

export function clockPage({ language }: Actor, now: Date) {
  const t = translate[language]
  return {
    facts: [
      { label: t('clock:now'), value: dateTimeText(now) },
      { label: t('clock:real'), value: dateTimeText(machineNow()) },
      { label: t('clock:ahead'), value: clockShift() === 0 ? t('clock:same') : hoursText(clockShift()) },
    ],
    moment: dateTimeText(now).replace(' ', 'T'),
    units: units.map((value) => ({ value, word: t(`clock:unit.${value}`) })),
    moved: clockShift() !== 0,
  }
}

/** +26:05 h */
function hoursText(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000)
  return `${ms < 0 ? '−' : '+'}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')} h`
}
