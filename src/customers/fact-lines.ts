import type { Actor } from '../access/actor.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { mayUnmask, unmaskAddress } from '../unmaskings/policy.ts'
import { normaliseName } from './names.ts'
import { placeOf } from './placing.ts'
import type { Customer } from './queries.ts'
import { levelOf, type MaskedField } from './sensitivity.ts'

export type Fact = {
  label: string
  value: string
  href?: string
  unmask?: string
  copy?: true
  wide?: true
  /** What it is to become once it is approved. */
  pending?: { text: string; href?: string }
}

/** The name in Chinese, and the English one of `中文名(英文名)` by itself. */
export function headingOf({ name, kind }: Pick<Customer, 'name' | 'kind'>) {
  const { english } = normaliseName(name, kind)
  const heading = english ? name.replace(`(${english})`, '').trim() : name
  return { heading: heading || name, english }
}

export function addressOf(customer: Customer): string {
  return [placeOf(customer), customer.address].filter(Boolean).join(' ')
}

export function createdFact({ createdAt, createdBy, import: source }: Customer, t: Translate): Fact {
  const created = { date: dateText(createdAt), person: createdBy.name }
  if (!source) return fact(t, 'created', t('customers:recorded', created))
  return fact(t, 'created', t('customers:imported', { ...created, number: source.number }))
}

export function confirmedFact({ confirmedAt, confirmedBy }: Customer, t: Translate): Fact {
  if (!confirmedAt) return fact(t, 'confirmed', t('customers:notYet'))
  return fact(
    t,
    'confirmed',
    t('customers:confirmed', { date: dateText(confirmedAt), person: confirmedBy?.name ?? '' }),
  )
}

/** A fact of level 2 or 3: what came masked, with the way to the value for those who have the right to it (PRV-02). */
export function masked(actor: Actor, customer: Customer, field: Exclude<MaskedField, 'phones'>): Fact {
  const held = customer[field]
  const value = Array.isArray(held) ? held.join('、') : String(held ?? '')
  const level = customer.codeKind === 'resident_id' && field === 'code' ? 'l3' : levelOf(field)
  const open = value !== '' && mayUnmask(actor, customer, level)
  return {
    ...fact(translate[actor.language], field, value),
    ...(open ? { unmask: unmaskAddress(customer.number, field) } : {}),
  }
}

type Named = 'owner' | 'address' | 'source' | 'mainContact' | 'created' | 'confirmed' | 'name' | 'kind' | 'aliases'
type Other =
  | 'number'
  | 'life'
  | 'standing'
  | 'department'
  | 'relation'
  | 'region'
  | 'website'
  | 'purpose'
  | 'plates'
  | 'remark'
  | Exclude<MaskedField, 'phones'>

export const fact = (t: Translate, field: Named | Other, value: string): Fact => ({
  label: t(`customers:field.${field}`),
  value,
})

export function sourceOf({ source, sourceNote }: Customer, t: Translate): string {
  return [source ? t(`customers:source.${source}`) : '', sourceNote ?? ''].filter(Boolean).join(' · ')
}
