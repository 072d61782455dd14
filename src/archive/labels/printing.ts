import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import type { Labels } from '../../documents/labels.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { refuseIf } from '../../lib/refused.ts'
import type { Download } from '../../web/route.ts'
import { shelfText } from '../list/place.ts'
import { markOf } from '../marks.ts'
import type { LabelQuery } from './forms.ts'
import { labelledFor, type Labelled } from './queries.ts'
import { labelProblems, namesOn } from './rules.ts'

/** Labels as a PDF; that they were printed is in the trail of each customer before they are. */
export async function printLabels(actor: Actor, query: LabelQuery, now: Date): Promise<Download> {
  const found = await labelledFor(actor, query)
  refuseIf(labelProblems(found))
  const { pdf } = await renderDocument(labelsOf(actor, found, query, now))
  for (const [customer, numbers] of byCustomer(found))
    await reading(actor, 'labels.printed', `customer:${customer}`, { after: { items: numbers } })
  return { type: 'application/pdf', fileName: `${nameOf(found, now)}.pdf`, body: pdf }
}

export function labelsOf(
  actor: Actor,
  found: readonly Labelled[],
  query: Pick<LabelQuery, 'start' | 'roll'>,
  now: Date,
): Labels {
  const t = translate[actor.language]
  return {
    language: actor.language,
    title: t('archiveList:labelling.title'),
    company: actor.companyName ?? '',
    printedAt: now,
    start: query.roll ? null : query.start,
    labels: found.map((one) => ({
      number: one.number,
      place: one.place ? shelfText(one.place) : '',
      room: one.place?.room ?? '',
      mark: markOf(t, one.secrecy),
      lines: [...namesOn(one), ...(one.place ? [] : [t('archiveList:labelling.keptBy', { keeper: one.keeper })])],
    })),
  }
}

function byCustomer(found: readonly Labelled[]): Map<bigint, string[]> {
  const customers = new Map<bigint, string[]>()
  for (const { customerId, number } of found) customers.set(customerId, [...(customers.get(customerId) ?? []), number])
  return customers
}

const nameOf = (found: readonly Labelled[], now: Date) =>
  found.length === 1 ? `label-${found[0]!.number}` : `labels-${dateText(now)}-${found.length}`
