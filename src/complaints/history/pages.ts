import type { Actor } from '../../access/actor.ts'
import { historyModel } from '../../customers/history/listing.ts'
import { historyItems } from '../../customers/history/lines.ts'
import { countedTo, maySeeReads } from '../../customers/history/queries.ts'
import { translate } from '../../i18n.ts'
import type { Complaint } from '../queries.ts'
import { historyKinds } from './forms.ts'
import type { linesFor, newestOf } from './queries.ts'

export function historyPage(
  actor: Actor,
  complaint: Complaint,
  found: Awaited<ReturnType<typeof linesFor>>,
  now: Date,
) {
  const t = translate[actor.language]
  const options = historyKinds
    .filter((one) => one !== 'reads' || maySeeReads(actor))
    .map((value) => ({ value, word: t(`papers:kind.${value}`) }))
  return { complaint, ...historyModel(actor, homeOf(complaint), found, options, now) }
}

/** For the margin of the complaint's page. */
export function historyModelOf(
  actor: Actor,
  complaint: Complaint,
  found: Awaited<ReturnType<typeof newestOf>>,
  now: Date,
) {
  const home = homeOf(complaint)
  return {
    items: historyItems(actor, found.lines, now, { brief: true, home }),
    all: { href: `${home}/history`, n: found.count > countedTo ? `${countedTo}+` : String(found.count) },
  }
}

const homeOf = ({ number }: Complaint) => `/complaints/${number}`
