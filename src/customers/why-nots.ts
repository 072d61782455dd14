import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import type { Key, Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Refusal } from '../lib/refused.ts'
import type { AskedAbout } from './asked.ts'
import { reachesItself } from './life.ts'
import type { Customer } from './queries.ts'
import { missingToConfirm } from './rules.ts'

/** CUS-04: what this file still lacks before it can be confirmed. */
export function missingHere(customer: Customer, contacts: number): Refusal['reason'][] {
  if (customer.standing === 'confirmed') return []
  return missingToConfirm({ ...customer, contacts: contacts + reachesItself(customer) }).map(({ reason }) => reason)
}

type Confirming = { missing: Refusal['reason'][]; confirmation: AskedAbout | null }

/** What cannot be done with this customer now, why, and where to go on. */
export function whyNotsOf(actor: Actor, customer: Customer, { missing, confirmation }: Confirming, t: Translate) {
  const provisional = customer.standing === 'provisional'
  const mayConfirm = may(actor, 'customers.confirm', customer)
  const mayCorrect = may(actor, 'customers.correct', customer)
  const line = (
    act: 'confirm' | 'credit' | 'correct',
    reason: string,
    id: string,
    next?: { href: string; word: string },
  ) => ({
    act: t(`customers:whyNot.${act}`),
    reason,
    rule: { id },
    ...(next ? { next } : {}),
  })
  const lacks = missing.flatMap((reason) => missingWords[reason] ?? [])
  const names = lacks.map(({ word }) => t(word))
  const next = lacks[0] && { href: `/customers/${customer.number}/${lacks[0].at}`, word: t('customers:whyNot.fill') }
  return [
    ...(mayCorrect ? [] : [line('correct', t('customers:whyNot.correctReason'), 'PPL-01')]),
    ...(provisional && (mayConfirm || mayCorrect) ? askedLine() : []),
    ...(provisional && names.length > 0 && (mayConfirm || mayCorrect)
      ? [
          line(
            'confirm',
            t('customers:whyNot.incomplete', { what: names.join('、') }),
            'CUS-04',
            mayCorrect ? next : undefined,
          ),
        ]
      : []),
    ...(provisional && names.length === 0 && mayConfirm && customer.createdById === actor.id
      ? [line('confirm', t('customers:whyNot.own'), 'CUS-05')]
      : []),
    ...(provisional ? [line('credit', t('customers:whyNot.provisional'), 'CUS-05')] : []),
  ]

  /** CUS-05: how the request to confirm it stands, where this reader is not the one to decide it. */
  function askedLine() {
    if (!confirmation || confirmation.signs) return []
    const { number, state, decided, opens } = confirmation
    if (state === 'approved' || state === 'expired' || state === 'void') return []
    const by = {
      person: decided?.by ?? '',
      at: decided ? dateTimeText(new Date(decided.at)) : '',
      reason: decided?.reason ?? '',
    }
    const see = { href: `/approvals/${number}`, word: t('confirmations:act.see') }
    return [line('confirm', t(`confirmations:ended.${state}`, { number, ...by }), 'CUS-05', opens ? see : undefined)]
  }
}

/** 联系人、信用说明: what is lacking, in words. */
export const lackedWords = (missing: readonly Refusal['reason'][], t: Translate): string =>
  missing.flatMap((reason) => (missingWords[reason] ? [t(missingWords[reason].word)] : [])).join(t('web:comma'))

type Missing = { word: Key; at: 'contacts/new' | 'reach' | 'background' }
const missingWords: Partial<Record<Key, Missing>> = {
  'customers:refused.confirmContacts': { word: 'customers:whyNot.missing.contacts', at: 'contacts/new' },
  'customers:refused.confirmPlace': { word: 'customers:whyNot.missing.place', at: 'reach' },
  'customers:refused.confirmCredit': { word: 'customers:whyNot.missing.credit', at: 'background' },
  'customers:refused.confirmTrade': { word: 'customers:whyNot.missing.trade', at: 'background' },
}
