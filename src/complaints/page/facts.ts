import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import { namesInOrder } from '../../staff/naming.ts'
import { complaintPolicy } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import type { Part } from './parts.ts'
import { repeatedOf } from './queries.ts'

type Fact = { label: string; value: string; href?: string; unmask?: string; rule?: string }

/** 事由: what was said on the phone, all of it on one screen. */
export const factsPart: Part = {
  section: async (actor, complaint) => ({
    view: 'complaints/page/facts',
    place: 'column',
    model: { what: complaint.what, containment: complaint.containment, facts: await factsOf(actor, complaint) },
  }),
}

async function factsOf(actor: Actor, complaint: Complaint): Promise<Fact[]> {
  const t = translate[actor.language]
  const [accused, repeated] = await Promise.all([namesInOrder(complaint.accused), repeatedOf(actor, complaint)])
  const { product, households, claim, reportingUnit, wants } = complaint
  const fact = (name: Named, value: string | null): Fact[] =>
    value ? [{ label: t(`complaints:field.${name}`), value }] : []
  return [
    ...fact('wants', wants),
    ...fact('claim', claim && moneyText(claim.toFixed(2))),
    complainantFact(t, complaint),
    ...phoneFact(t, actor, complaint),
    ...fact('product', product),
    ...fact('households', households > 1 ? String(households) : null),
    ...fact('kind', t(`complaints:kind.${complaint.kind}`)),
    ...fact('channel', t(`complaints:channel.${complaint.channel}`)),
    ...fact('reportingUnit', reportingUnit),
    ...fact('receivedAt', receivedText(t, complaint)),
    ...(repeated
      ? [{ label: t('judging:facts.repeatOf'), value: repeated.number, href: `/complaints/${repeated.number}` }]
      : []),
    ...(accused.length > 0
      ? [
          {
            label: t('complaints:field.accused'),
            value: t('judging:facts.accused', { names: accused.join(t('web:comma')) }),
            rule: 'CMP-03',
          },
        ]
      : []),
  ]
}

type Named = 'wants' | 'claim' | 'product' | 'households' | 'kind' | 'channel' | 'reportingUnit' | 'receivedAt'

const complainantFact = (t: Translate, { complainant, anonymous }: Complaint): Fact => ({
  label: t('complaints:field.complainant'),
  value: anonymous ? t('complaints:anonymous') : (complainant ?? '—'),
})

function phoneFact(t: Translate, actor: Actor, complaint: Complaint): Fact[] {
  if (!complaint.phone) return []
  const unmask = complaintPolicy.unmask(actor, complaint) ? { unmask: `/complaints/${complaint.number}/phone` } : {}
  return [{ label: t('complaints:field.phone'), value: complaint.phone, ...unmask }]
}

function receivedText(t: Translate, { receivedAt, recordedAt, receivedBy }: Complaint): string {
  const at = `${dateTimeText(receivedAt)} ${receivedBy.name}`
  const late = recordedAt.getTime() - receivedAt.getTime() > 600_000
  return late ? t('judging:facts.recorded', { at, recorded: dateTimeText(recordedAt) }) : at
}
