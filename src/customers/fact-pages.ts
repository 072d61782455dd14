import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { translate, translateIfKnown, type Translate } from '../i18n.ts'
import { addressOf, confirmedFact, createdFact, fact, masked, sourceOf, type Fact } from './fact-lines.ts'
import type { Section } from './forms.ts'
import type { Customer } from './queries.ts'

export type FactSection = { name: Section | 'registration'; title: string; facts: Fact[]; correct: string | null }
type MainContact = { name: string; post: string | null } | undefined

/** The eight facts under the name. */
export function headFacts(actor: Actor, customer: Customer, main: MainContact): Fact[] {
  const t = translate[actor.language]
  const { owner, department, codeKind } = customer
  const holder = owner?.name ?? t('customers:list.noOwner')
  return [
    fact(t, 'owner', department ? `${holder} · ${department.name}` : holder),
    { ...masked(actor, customer, 'code'), ...(codeKind ? { label: t(`customers:codeKind.${codeKind}`) } : {}) },
    fact(t, 'address', addressOf(customer)),
    fact(t, 'source', sourceOf(customer, t)),
    fact(
      t,
      'mainContact',
      main ? (main.post ? t('customers:withPost', { name: main.name, post: main.post }) : main.name) : '',
    ),
    masked(actor, customer, 'phone'),
    createdFact(customer, t),
    confirmedFact(customer, t),
  ]
}

/** How the file stands, for its printed copy. */
export function standingFacts(actor: Actor, customer: Customer): Fact[] {
  const t = translate[actor.language]
  const { number, life, standing, owner, department } = customer
  return [
    fact(t, 'number', number),
    fact(t, 'life', t(`customers:life.${life}`)),
    fact(t, 'owner', owner?.name ?? t('customers:list.noOwner')),
    fact(t, 'department', department?.name ?? ''),
    fact(t, 'standing', t(`customers:standing.${standing}`)),
    confirmedFact(customer, t),
    createdFact(customer, t),
  ]
}

/** The record, section by section, each with the address of its own form where the actor may correct it. */
export function factSections(actor: Actor, customer: Customer): FactSection[] {
  const t = translate[actor.language]
  const correct = may(actor, 'customers.correct', customer)
  const section = (name: FactSection['name'], facts: Fact[]): FactSection => ({
    name,
    title: t(`customers:section.${name}`),
    facts,
    correct: correct && name !== 'registration' ? `/customers/${customer.number}/${name}` : null,
  })
  const registered = registrationFacts(actor, customer)
  return [
    section('identity', identityFacts(actor, customer, t)),
    section('reach', reachFacts(actor, customer, t)),
    section('background', backgroundFacts(actor, customer, t)),
    ...(registered.length > 0 ? [section('registration', registered)] : []),
  ]
}

function identityFacts(actor: Actor, customer: Customer, t: Translate): Fact[] {
  const { kind, name, aliases, codeKind, relation, cooperation, region } = customer
  const relationWord = t(`customers:relation.${relation}`)
  return [
    { ...fact(t, 'name', name), copy: true, wide: true },
    fact(t, 'kind', t(`customers:kind.${kind}`)),
    { ...masked(actor, customer, 'code'), ...(codeKind ? { label: t(`customers:codeKind.${codeKind}`) } : {}) },
    { ...fact(t, 'aliases', aliases.join('、')), wide: true },
    fact(t, 'relation', cooperation ? `${relationWord} · ${t(`customers:cooperation.${cooperation}`)}` : relationWord),
    fact(t, 'region', region?.name ?? ''),
  ]
}

function reachFacts(actor: Actor, customer: Customer, t: Translate): Fact[] {
  const { website, morePhones } = customer
  const address = addressOf(customer)
  return [
    masked(actor, customer, 'phone'),
    ...(morePhones.length > 0 ? [masked(actor, customer, 'morePhones')] : []),
    masked(actor, customer, 'email'),
    masked(actor, customer, 'wechat'),
    { ...fact(t, 'website', website?.replace(/^https?:\/\//u, '') ?? ''), ...(website ? { href: website } : {}) },
    { ...fact(t, 'address', address), wide: true, ...(address ? { copy: true as const } : {}) },
  ]
}

function backgroundFacts(actor: Actor, customer: Customer, t: Translate): Fact[] {
  const { purpose, plates, remark } = customer
  return [
    fact(t, 'source', sourceOf(customer, t)),
    fact(t, 'purpose', purpose ? t(`customers:purpose.${purpose}`) : ''),
    { ...fact(t, 'plates', plates.join('、')), wide: true },
    masked(actor, customer, 'creditNote'),
    masked(actor, customer, 'tradeNote'),
    { ...fact(t, 'remark', remark ?? ''), wide: true },
  ]
}

/** What an import brought beyond the built-in fields; fields without a word of ours keep their own name. */
function registrationFacts({ language }: Actor, { details }: Customer): Fact[] {
  if (details === null || typeof details !== 'object' || Array.isArray(details)) return []
  return Object.entries(details).flatMap(([name, value]) => {
    if (typeof value !== 'string' && typeof value !== 'number') return []
    const label = translateIfKnown(language, `customers:field.${name}`) ?? name
    return [{ label, value: String(value), ...(String(value).length > 40 ? { wide: true as const } : {}) }]
  })
}
