import type { Fact, Section } from '../../documents/paper.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { fact, joined, money, nameIn, signatures, textBlock, waysSection, type Source } from './blocks.ts'

const ticks = ['hazard', 'toldManufacturer', 'blockade', 'exchange', 'legal', 'grave'] as const

/** CMP-01: what was written down while the caller spoke, and the department's word on it. */
export function cardSections(source: Source): Section[] {
  const { t, complaint, content } = source
  const { owner, receivedBy, opinion, opinionById } = complaint
  return [
    { title: t('papers:section.complaint'), blocks: [{ kind: 'facts', facts: takenFacts(source) }] },
    { title: t('papers:section.said'), blocks: [{ kind: 'facts', facts: saidFacts(source) }] },
    {
      title: t('papers:section.opinion'),
      blocks: [textBlock(opinion), ...(opinionById ? [textBlock(nameIn(content, opinionById))] : [])],
    },
    signatures(t, [
      ['receiver', receivedBy.name],
      ['handler', owner?.name ?? ''],
      ['head', ''],
      ['customerService', ''],
    ]),
    waysSection(source),
  ]
}

/** Number, when, how, who, and where it went. */
export function takenFacts({ t, complaint, content }: Source): Fact[] {
  const word = (name: Named) => t(`complaints:field.${name}`)
  const { channel, kind, level, receivedAt, recordedAt, receivedBy, customer, department, owner } = complaint
  const later = recordedAt.getTime() - receivedAt.getTime() > 600_000
  const complainant = complaint.anonymous ? t('complaints:anonymous') : complaint.complainant
  return [
    fact(word('number'), complaint.number),
    fact(word('title'), complaint.title),
    fact(word('receivedAt'), dateTimeText(receivedAt)),
    ...(later ? [fact(t('papers:event.recorded'), dateTimeText(recordedAt))] : []),
    fact(word('receivedBy'), `${receivedBy.name} ${receivedBy.number}`),
    fact(word('channel'), joined(t, [t(`complaints:channel.${channel}`), complaint.reportingUnit])),
    fact(word('kind'), t(`complaints:kind.${kind}`)),
    fact(word('level'), t(`complaints:level.${level}`)),
    fact(word('complainant'), complainant),
    fact(word('phone'), complaint.phone),
    fact(word('customer'), customer && `${customer.name} ${customer.number}`),
    fact(word('product'), complaint.product),
    fact(word('department'), department?.name),
    fact(word('owner'), owner && `${owner.name} ${owner.number}`),
    ...(complaint.accused.length > 0
      ? [
          fact(
            word('accused'),
            joined(
              t,
              complaint.accused.map((id) => nameIn(content, id)),
            ),
          ),
        ]
      : []),
  ]
}

type Named =
  | 'number'
  | 'title'
  | 'receivedAt'
  | 'receivedBy'
  | 'channel'
  | 'kind'
  | 'level'
  | 'complainant'
  | 'phone'
  | 'customer'
  | 'product'
  | 'department'
  | 'owner'
  | 'accused'

function saidFacts({ t, complaint }: Source): Fact[] {
  const ticked = ticks.filter((name) => complaint[name]).map((name) => t(`complaints:field.${name}`))
  const media = complaint.media === 'none' ? null : t(`complaints:media.${complaint.media}`)
  return [
    fact(t('complaints:field.what'), complaint.what),
    fact(t('complaints:field.wants'), complaint.wants),
    fact(t('complaints:field.containment'), complaint.containment),
    fact(t('complaints:field.claim'), money(complaint.claim)),
    fact(t('complaints:field.households'), String(complaint.households)),
    fact(t('complaints:field.facts'), joined(t, [...ticked, media])),
  ]
}
