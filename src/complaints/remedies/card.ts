import type { Actor } from '../../access/actor.ts'
import type { Card, Request } from '../../approvals/contract.ts'
import { reads } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { gateProblems } from '../crises/gates.ts'
import { factsOf, levelFigures, reasonsOf } from '../leveling.ts'
import { seesComplaint } from '../policy.ts'
import { complaintToSign, type Complaint } from '../queries.ts'
import { conclusionOf, customerHref, othersOf, remedyOfRequest } from './queries.ts'
import { groundsText, itemText, reasonText, yuan } from './saying.ts'
import { weightOf } from './weighing.ts'

type Fact = Card['facts'][number]

/** CMP-10: all that is needed to decide, on one screen: the matter, the wish, what was found, what is offered, the bounds. */
export async function remedyCard(actor: Actor, request: Request, id: bigint): Promise<Card> {
  const t = translate[actor.language]
  const complaint = await complaintToSign(actor, id)
  const remedy = await remedyOfRequest(request.payload)
  const weight = await weightOf(complaint, request.amount ?? '0.00')
  const { number, title, level } = complaint
  return {
    title: t('remedies:card.title', { number, title, level: t(`complaints:level.${level}`) }),
    href: seesComplaint(actor, complaint) ? `/complaints/${number}` : null,
    asked: (remedy?.items ?? []).map((item) => ({
      label: t(`complaints:remedyItem.${item.kind}`),
      before: '',
      after: itemText(t, item),
    })),
    facts: [
      ...(await matterFacts(t, actor, complaint)),
      ...long(t('remedies:field.reason'), remedy?.reason),
      ...(await foundFacts(t, complaint)),
      ...(await levelFact(t, complaint)),
      ...(await othersFact(t, actor, complaint)),
    ],
    why: groundsText(t, weight),
    problems: request.state === 'waiting' ? await problemsOf(complaint, request) : [],
  }
}

const long = (label: string, value: string | null | undefined): Fact[] => (value ? [{ label, value, wide: true }] : [])
const optional = (label: string, value: string | null | undefined, href?: string | null): Fact[] =>
  value ? [{ label, value, ...(href ? { href } : {}) }] : []

async function matterFacts(t: Translate, actor: Actor, complaint: Complaint): Promise<Fact[]> {
  const { customer, customerId, what, wants, claim, owner, department } = complaint
  const who = complaint.anonymous ? t('complaints:anonymous') : (complaint.complainant ?? '')
  const name = customer ? [customer.name, customer.number, customer.grade].filter(Boolean).join(' ') : who
  const href = customer && customerId !== null ? await customerHref(actor, customerId, customer.number) : null
  return [
    ...optional(t('complaints:field.customer'), name, href),
    ...optional(t('complaints:field.receivedAt'), dateTimeText(complaint.receivedAt)),
    ...optional(t('complaints:field.department'), department?.name),
    ...optional(t('complaints:field.owner'), owner?.name ?? t('complaints:unassigned')),
    ...optional(t('complaints:field.claim'), claim && yuan(claim)),
    ...optional(t('complaints:field.round'), String(complaint.round)),
    ...long(t('complaints:field.what'), what),
    ...long(t('complaints:field.wants'), wants),
  ]
}

async function foundFacts(t: Translate, complaint: Complaint): Promise<Fact[]> {
  const report = await conclusionOf(complaint.id)
  return [
    ...long(t('complaints:field.judgement'), complaint.judgement),
    ...long(t('remedies:card.cause'), report?.cause),
    ...long(t('remedies:card.conclusion'), report?.conclusion),
    ...long(t('remedies:card.countermeasure'), report?.countermeasure),
  ]
}

async function levelFact(t: Translate, complaint: Complaint): Promise<Fact[]> {
  const [reasons, facts, regulation] = await Promise.all([
    reasonsOf(reads, complaint),
    factsOf(reads, complaint),
    regulationAt(complaint.recordedAt),
  ])
  const figures = levelFigures(regulation)
  const said = reasons.map((reason) => reasonText(t, reason, facts, figures)).join(t('regulations:semicolon'))
  const level = t(`complaints:level.${complaint.level}`)
  return [
    {
      label: t('complaints:field.level'),
      value: said ? t('remedies:card.level', { level, reasons: said }) : level,
      wide: true,
    },
  ]
}

async function othersFact(t: Translate, actor: Actor, complaint: Complaint): Promise<Fact[]> {
  if (complaint.customerId === null) return []
  const { count, latest } = await othersOf(actor, complaint)
  const said = latest.map(({ number, title, state }) =>
    t('remedies:card.other', { number, title, state: t(`complaints:state.${state}`) }),
  )
  const value =
    count === 0
      ? t('remedies:card.noOthers')
      : t('remedies:card.others', { n: count, list: said.join(t('regulations:semicolon')) })
  return [{ label: t('remedies:card.history'), value, wide: true }]
}

/** What the decision would run into: it was signed for another level, or the danger has grown since. */
async function problemsOf(complaint: Complaint, { basis }: Request): Promise<Refusal[]> {
  const stale = basis.split(':')[0] !== complaint.level
  return [
    ...(stale ? [{ rule: 'CMP-10', reason: 'remedies:refused.levelChanged' as const }] : []),
    ...(await gateProblems(reads, complaint)),
  ]
}
