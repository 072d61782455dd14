import type { Actor } from '../../access/actor.ts'
import { translate, translateIfKnown } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Complaint } from '../queries.ts'
import type { EscalationRow } from './queries.ts'
import { ways } from './rules.ts'

export function escalationPage(actor: Actor, { number, title, version, escalated }: Complaint) {
  const t = translate[actor.language]
  return {
    complaint: { number, title, version },
    ways: ways.map((value) => ({ value, word: t(`escalations:way.${value}`) })),
    before: escalated > 0 ? t('escalations:page.before', { n: escalated }) : null,
  }
}

/** Words of ways of another release stay as they were written. */
export function escalationLines({ language }: Actor, rows: EscalationRow[]) {
  return rows.map(({ at, by, way, words, unrecorded }) => ({
    at: dateTimeText(at),
    by,
    way: translateIfKnown(language, `escalations:way.${way}`) ?? way,
    words,
    unrecorded,
  }))
}
