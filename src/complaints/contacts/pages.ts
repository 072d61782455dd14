import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Complaint } from '../queries.ts'
import { ways, type ContactQuery } from './forms.ts'
import type { Contact } from './queries.ts'
import { isStep, purposesOf, replies, type ContactFacts } from './rules.ts'

export type Company = { name: string; complaintPhone: string | null } | null
type Named = { id: bigint; number: string; name: string }
export type Offer = { items: { text: string; amount: Prisma.Decimal }[] } | null
type Given = { facts: ContactFacts; people: Named[]; company: Company; contacts: Contact[]; offer: Offer }

/** One word with the customer: what for, whether he answered, and what was said. */
export function contactPage(actor: Actor, complaint: Complaint, { purpose }: ContactQuery, given: Given, now: Date) {
  const t = translate[actor.language]
  const { facts, people, company, contacts, offer } = given
  const open = purposesOf(facts)
  return {
    complaint,
    home: `/complaints/${complaint.number}`,
    version: complaint.version,
    chosen: purpose && open.includes(purpose) ? purpose : (open[0] ?? ''),
    purposes: open.map((value) => ({ value, word: t(`complaints:purpose.${value}`) })),
    ways: ways.map((value) => ({ value, word: t(`complaints:way.${value}`) })),
    latest: dateTimeText(now).replace(' ', 'T'),
    yesNo: yesNo(t, 'reached'),
    replies: open.some(isStep) ? replies.map((value) => ({ value, word: replyWord(t, value, complaint) })) : null,
    standard: facts.reachedBefore ? '' : standardMessage(t, actor, complaint, company),
    companions: open.includes('negotiation') ? people.map(personOption) : null,
    notNegotiated: open.includes('telling') && !facts.negotiated ? t('closing:refused.notNegotiated') : null,
    offered: complaint.state === 'telling' ? offered(t, offer) : [],
    past: contactLines(t, contacts),
    phone: complaint.phone ?? '',
  }
}

/** What there is to tell: the approved remedy, line by line. */
export const offered = (t: Translate, offer: Offer): string[] =>
  (offer?.items ?? []).map(({ text, amount }) =>
    amount.isZero() ? text : t('closing:offeredFor', { text, amount: moneyText(amount.toFixed(2)) }),
  )

const personOption = ({ id, name, number }: Named) => ({ value: String(id), word: `${name} ${number}` })

export const yesNo = (t: Translate, name: 'reached' | 'satisfied') =>
  (['yes', 'no'] as const).map((value) => ({ value, word: t(`closing:${name}.${value}`) }))

const replyWord = (t: Translate, reply: (typeof replies)[number], { state }: Complaint) =>
  t(state === 'answering' ? `closing:answerReply.${reply}` : `closing:reply.${reply}`)

/** CMP-12: what is sent to somebody who does not answer (S2 5.4.4), for whoever sends it to change. */
export function standardMessage(t: Translate, actor: Actor, complaint: Complaint, company: Company): string {
  const name = complaint.complainant ?? complaint.customer?.name ?? t('closing:standard.customer')
  const from = { name, company: company?.name ?? '', staff: actor.name, title: complaint.title }
  const phone = company?.complaintPhone
  const call = phone ? t('closing:standard.call', { phone }) : ''
  return t('closing:standard.text', { ...from, call })
}

/** The words with the customer as the case shows them, the last first. */
export function contactLines(t: Translate, contacts: Contact[]) {
  return contacts.map((contact) => ({
    at: dateTimeText(contact.at),
    datetime: contact.at.toISOString(),
    who: [contact.by.name, contact.with].filter(Boolean).join(t('closing:and')),
    purpose: t(`complaints:purpose.${contact.purpose}`),
    way: t(`complaints:way.${contact.way}`),
    round: contact.round,
    reached: {
      tone: contact.reached ? ('ok' as const) : ('warn' as const),
      word: t(contact.reached ? 'closing:reached.yes' : 'closing:reached.no'),
    },
    words: contact.words,
    verdict: verdictOf(t, contact),
    message: contact.standardMessage ? t('closing:messageSent', { text: contact.standardMessage }) : null,
  }))
}

function verdictOf(t: Translate, { satisfied, score }: Contact): string | null {
  if (satisfied === null) return null
  const word = t(satisfied ? 'closing:satisfied.yes' : 'closing:satisfied.no')
  return score === null ? word : t('closing:scored', { word, score })
}
