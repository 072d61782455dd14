import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Card, Request } from '../approvals/contract.ts'
import { highestOf } from '../archive/signing.ts'
import { db } from '../db.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { viewingById, type Viewing } from './queries.ts'
import { itemText, visitorText, whoText, windowText } from './saying.ts'

/** ARC-07: what the signer signs: the items as far as this reader may know them, when, why and for whom. */
export async function viewingCard(actor: Actor, request: Request, id: bigint, now: Date): Promise<Card> {
  const t = translate[actor.language]
  const viewing = await viewingById(actor, id, now)
  const { number, items, purpose } = viewing
  const fact = (name: 'window' | 'applicant' | 'purpose' | 'visitor' | 'customer', value: string, href?: string) => ({
    label: t(`viewings:card.${name}`),
    value,
    ...(href ? { href } : {}),
  })
  const customer = viewing.customer
  return {
    title: t('viewings:card.title', { number, n: items.length, level: t(`archive:mark.${highestOf(items)}`) }),
    href: mayEver(actor, 'archive.view') ? `/viewings/${number}` : null,
    asked: items.map((item) => ({
      label: t('viewings:card.item'),
      before: t('viewings:card.no'),
      after: itemText(t, item),
    })),
    facts: [
      fact('applicant', whoText(viewing)),
      fact('window', windowText(viewing)),
      fact('purpose', t(`archive:purpose.${purpose}`)),
      ...(customer ? [fact('customer', `${customer.name} ${customer.number}`, `/customers/${customer.number}`)] : []),
      ...(viewing.visitor ? [fact('visitor', visitorText(t, viewing.visitor))] : []),
      ...(viewing.letter ? [paper(t, 'letter', `/viewings/${number}/letter`)] : []),
      await sealFact(t, viewing, request),
    ],
    why: t('viewings:card.why'),
    problems: [],
  }
}

const paper = (t: Translate, name: 'letter' | 'seal', href: string) => ({
  label: t(`viewings:card.${name}`),
  value: t('viewings:card.seen'),
  href,
})

/** 18.2: the department's seal: the stamped sheet, or the head's own signature, which prints on the 审批单. */
async function sealFact(t: Translate, viewing: Viewing, { id }: Request): Promise<Card['facts'][number]> {
  if (viewing.seal) return paper(t, 'seal', `/viewings/${viewing.number}/sealed`)
  const step = await db.approvalStep.findFirst({
    where: { requestId: id, n: 1, state: 'approved' },
    select: { decidedAt: true, decidedBy: { select: { name: true } } },
  })
  const label = t('viewings:card.seal')
  if (!step?.decidedAt || viewing.visitor) return { label, value: viewing.visitor ? '' : t('viewings:seal.awaiting') }
  const department = viewing.applicant.department ?? ''
  const signed = { department, name: step.decidedBy?.name ?? '', at: dateTimeText(step.decidedAt) }
  return { label, value: t('viewings:seal.electronic', signed) }
}
