import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Viewing } from './queries.ts'
import { whoText } from './saying.ts'
import { stageOf } from './states.ts'

/** Ending, sealing and reviewing: one sentence about it, and the version it was opened on. */
export function actPage(actor: Actor, viewing: Viewing, now: Date) {
  const stage = stageOf(viewing, now)
  const opened = stage === 'coming' || stage === 'open'
  return {
    home: `/viewings/${viewing.number}`,
    number: viewing.number,
    version: viewing.version,
    name: opened ? 'end' : 'withdrawal',
    lede: translate[actor.language]('viewings:review.lede', {
      who: whoText(viewing),
      at: dateTimeText(viewing.fromAt),
      n: viewing.items.length,
      readings: viewing.readings,
    }),
    reason: viewing.reason,
  }
}
