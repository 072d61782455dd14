import type { Actor } from '../access/actor.ts'
import type { Card, Request } from '../approvals/contract.ts'
import { markOf } from '../archive/marks.ts'
import { translate, type Translate } from '../i18n.ts'
import { db } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { applicationById, type Application, type AskedItem } from './applications.ts'
import { idIn } from './approval-subject.ts'
import { sees } from './policy.ts'
import { overdueOf } from './queries.ts'

/** What signers see of an application: of an item they may not know its number and mark alone (ARC-02). */
export async function loanCard(actor: Actor, request: Request, now: Date): Promise<Card> {
  const t = translate[actor.language]
  const application = await applicationById(actor, idIn(request.subject), now).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
  if (!application) throw new NotFound()
  const { number, applicant, items, days, purpose } = application
  return {
    title: t('loans:card.title', { name: applicant.name, n: items.length }),
    href: sees(actor, application) ? `/loans/applications/${number}` : null,
    asked: items.map((item) => ({ label: item.number, before: '', after: itemText(t, item) })),
    facts: [
      { label: t('loans:field.applicant'), value: personText(application) },
      ...(application.customer ? [{ label: t('loans:field.customer'), value: application.customer.name }] : []),
      { label: t('loans:field.days'), value: t('loans:days', { n: days }) },
      { label: t('loans:field.purpose'), value: t(`archive:purpose.${purpose}`) },
      ...(application.seal
        ? [{ label: t('loans:field.seal'), value: application.seal.name, href: `/loans/applications/${number}/seal` }]
        : []),
      ...(await exceptionOf(t, application, now)),
    ],
    why: t('loans:card.why'),
    problems: [],
  }
}

/** Wish 11: that something is overdue while this is asked for. */
async function exceptionOf(t: Translate, { exceptional, borrowerId }: Application, now: Date) {
  if (!exceptional) return []
  const n = await overdueOf(db, borrowerId, now)
  return [{ label: t('loans:exceptional'), value: t('loans:card.exceptional', { n }) }]
}

const personText = ({ applicant, department }: Application): string =>
  [`${applicant.name} ${applicant.number}`, department].filter(Boolean).join(' · ')

function itemText(t: Translate, { known, title, secrecy, copies }: AskedItem): string {
  const what = known ? title : t('loans:unknown')
  return [markOf(t, secrecy), what, t('loans:copies', { n: copies })].filter(Boolean).join(' · ')
}
