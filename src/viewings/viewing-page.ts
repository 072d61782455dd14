import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { SeenItem, Viewing } from './queries.ts'
import { visitorText, whoText, windowText } from './saying.ts'
import { isEditable, isRunning, stageOf, type Stage } from './states.ts'
import { stateTag } from './tags.ts'

/** Who does what on this page, beside the applicant. */
export type Rights = { mayEnd: boolean; mayReview: boolean }

export function viewingPage(actor: Actor, viewing: Viewing, rights: Rights, now: Date) {
  const t = translate[actor.language]
  const stage = stageOf(viewing, now)
  const own = viewing.applicantId === actor.id
  const moments = {
    from: dateTimeText(viewing.fromAt),
    until: dateTimeText(viewing.untilAt),
    at: viewing.endedAt ? dateTimeText(viewing.endedAt) : '',
  }
  return {
    number: viewing.number,
    state: stateTag(t, viewing, now),
    hint: t(`viewings:stageHint.${stage}`, moments),
    emergency: viewing.emergency ? t('viewings:show.emergency') : null,
    returned: stage === 'returned' || stage === 'refused' ? (viewing.request?.reason ?? null) : null,
    items: viewing.items.map((item) => itemLine(t, viewing, item, own && stage === 'open')),
    facts: factsOf(t, viewing),
    acts: actsOf(t, viewing, { ...rights, own, stage }),
    readings: viewing.readings,
    registerHref: mayEver(actor, 'archive.registers') ? `/viewings/register?item=${viewing.items[0]!.number}` : null,
  }
}

function itemLine(t: Translate, { visitor }: Viewing, item: SeenItem, open: boolean) {
  return {
    number: item.number,
    href: `/archive/items/${item.number}`,
    seal: item.secrecy === 'top_secret' ? 'top' : item.secrecy,
    title: item.known ? item.title : t('viewings:show.hidden'),
    keeper: item.keeper,
    barred: item.barred ? t('viewings:show.raised') : null,
    act: open && !item.barred ? t(visitor ? 'viewings:act.accompany' : 'viewings:act.item') : null,
  }
}

function factsOf(t: Translate, viewing: Viewing) {
  const { customer, purpose, filedAt, visitor, request, review, endReason, emergency } = viewing
  const fact = (name: Name, value: string, href?: string) => ({
    label: t(`viewings:field.${name}`),
    value,
    ...(href ? { href } : {}),
  })
  return [
    fact('applicant', whoText(viewing)),
    fact('window', windowText(viewing)),
    fact('purpose', t(`archive:purpose.${purpose}`)),
    customer
      ? fact('customer', `${customer.name} ${customer.number}`, `/customers/${customer.number}`)
      : fact('customer', t('viewings:show.customerHidden')),
    fact('filed', dateTimeText(filedAt)),
    ...(visitor ? [fact('visitor', visitorText(t, visitor))] : []),
    ...(viewing.letter ? [fact('file', t('viewings:act.letter'), `/viewings/${viewing.number}/letter`)] : []),
    ...(viewing.seal ? [fact('seal', t('viewings:act.sealed'), `/viewings/${viewing.number}/sealed`)] : []),
    ...(request ? [fact('approval', request.number, `/approvals/${request.number}`)] : []),
    { ...fact('reason', viewing.reason), wide: true, lines: true },
    ...(endReason ? [{ ...fact('endReason', endReason), wide: true, lines: true }] : []),
    ...(emergency ? [{ ...fact('review', reviewText(t, review)), wide: true, lines: true }] : []),
  ]
}
type Name =
  | 'applicant'
  | 'window'
  | 'purpose'
  | 'customer'
  | 'filed'
  | 'visitor'
  | 'file'
  | 'seal'
  | 'approval'
  | 'reason'
  | 'endReason'
  | 'review'

function reviewText(t: Translate, review: Viewing['review']): string {
  if (!review) return t('viewings:show.toReview')
  const verdict = t(review.justified ? 'viewings:show.justified' : 'viewings:show.unjustified')
  const line = t('viewings:show.reviewed', { by: review.by, at: dateTimeText(new Date(review.at)), verdict })
  return `${line}\n${review.note}`
}

/** Only what is allowed now; the first is the primary one. */
function actsOf(t: Translate, viewing: Viewing, who: Rights & { own: boolean; stage: Stage }) {
  const { own, stage, mayEnd, mayReview } = who
  const at = `/viewings/${viewing.number}`
  const opened = stage === 'coming' || stage === 'open'
  const notYet = isRunning(stage) && !opened
  const editable = own && isEditable(stage) && !viewing.visitor
  const all = [
    {
      allowed: own && stage === 'unsealed',
      word: t('viewings:act.seal'),
      icon: 'upload',
      href: `${at}/seal`,
      primary: true,
    },
    {
      allowed: editable,
      word: t('viewings:act.edit'),
      icon: 'edit',
      href: `${at}/correction`,
      primary: stage === 'returned',
    },
    {
      allowed: mayReview && viewing.emergency && !viewing.review && !own,
      word: t('viewings:act.review'),
      icon: 'check',
      href: `${at}/review`,
      primary: true,
    },
    {
      allowed: isEditable(stage) || stage === 'waiting',
      word: t('viewings:act.sheet'),
      icon: 'print',
      href: `${at}/sheet`,
      file: true,
    },
    { allowed: opened && mayEnd, word: t('viewings:act.end'), icon: 'close', href: `${at}/end` },
    { allowed: own && notYet, word: t('viewings:act.withdraw'), icon: 'undo', href: `${at}/end` },
  ]
  return all.filter(({ allowed }) => allowed)
}
