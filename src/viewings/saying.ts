import type { Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { SeenItem, Viewing } from './queries.ts'

/** 2026-11-25 08:30–12:00 */
export const windowText = ({ fromAt, untilAt }: Pick<Viewing, 'fromAt' | 'untilAt'>): string =>
  dateText(fromAt) === dateText(untilAt)
    ? `${dateTimeText(fromAt)}–${dateTimeText(untilAt).slice(11)}`
    : `${dateTimeText(fromAt)} – ${dateTimeText(untilAt)}`

/** What a signer or a sheet calls an item: 机密 and 绝密 by number, mark and keeper alone. */
export function itemText(t: Translate, { number, title, known, secrecy, keeper }: SeenItem): string {
  const kept = t('viewings:card.keeper', { name: keeper })
  return [number, t(`archive:mark.${secrecy}`), ...(known ? [title] : [kept])].join('　')
}

export const whoText = ({ applicant }: Pick<Viewing, 'applicant'>): string =>
  [applicant.name, applicant.number, applicant.department].filter(Boolean).join(' ')

/** The number of the paper comes masked already (PRV-02). */
export const visitorText = (t: Translate, { name, unit, paper, paperNo }: NonNullable<Viewing['visitor']>): string =>
  [name, unit, `${t(`viewings:paper.${paper}`)} ${paperNo}`].join('，')
