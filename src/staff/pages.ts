import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { actionSentence } from '../audit/actions.ts'
import { delegationLines, delegationTold } from '../delegations/section.ts'
import { translate, translateIfKnown, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { unitsOf } from '../organisation/queries.ts'
import { asOptions } from '../organisation/tree.ts'
import { closingLine } from './closing-page.ts'
import { roles, scopes, type ListQuery } from './forms.ts'
import { askedFor, historyOf, listLimit, ownedCustomers, people, type Person, type PersonGrant } from './queries.ts'

export async function listPage(actor: Actor, query: ListQuery) {
  const t = translate[actor.language]
  const found = await people(query)
  const departments = asOptions(await unitsOf('department'))
  const choice = (name: 'department' | 'role' | 'state', options: { value: string; word: string }[]) => ({
    name,
    label: t(`staff:all.${name}`),
    value: query[name] ?? '',
    options,
  })
  const states = (['active', 'suspended', 'disabled'] as const).map((value) => ({
    value,
    word: t(`staff:state.${value}`),
  }))
  return {
    filters: {
      action: '/staff',
      find: { name: 'q', value: query.q, label: t('staff:find') },
      choices: [choice('department', departments), choice('role', roleOptions(t)), choice('state', states)],
      ...(query.q || query.department || query.role || query.state ? { clear: '/staff' } : {}),
    },
    people: found.slice(0, listLimit).map((person) => ({
      name: person.name,
      number: person.number,
      href: `/staff/${person.number}`,
      department: person.department?.name ?? '',
      roles: [...new Set(person.grants.map(({ role }) => t(`access:role.${role}`)))].join(t('web:comma')),
      ...stateOf(person, t),
    })),
    words: found.length > listLimit ? t('staff:more', { n: listLimit }) : t('staff:count', { n: found.length }),
    mayManage: mayEver(actor, 'staff.manage'),
  }
}

export async function personPage(actor: Actor, person: Person, now: Date) {
  const t = translate[actor.language]
  const self = person.id === actor.id
  const mayManage = mayEver(actor, 'staff.manage')
  const mayGrant = mayEver(actor, 'roles.grant') && !self
  const owned = await ownedCustomers(person.id)
  const asked = await askedFor(person.id)
  return {
    person: { name: person.name, number: person.number, ...stateOf(person, t) },
    facts: factsOf(person, owned, t),
    closing: mayManage ? await closingLine(actor, person, now) : null,
    delegations: await delegationLines(person.id, now, t),
    grants: person.grants.map((grant) => ({
      role: t(`access:role.${grant.role}`),
      place: placeWord(grant, t),
      by: grant.grantedBy ? t('staff:grantedBy', { who: grant.grantedBy.name }) : t('staff:grantedBySystem'),
      at: dateTimeText(grant.grantedAt),
      revoke: `/staff/${person.number}/roles/${grant.id}/revoke`,
    })),
    asked: asked && {
      text: t('staff:asked.waiting', askedWords(t, asked)),
      rule: { id: 'PPL-02' },
      act: { href: `/approvals/${asked.number}`, word: t('staff:asked.see', { number: asked.number }) },
    },
    history: await historyItems(actor, person, t),
    mayCorrect: mayManage,
    mayIssue: mayManage && !self && person.state === 'active',
    mayDisable: mayManage && !self && person.state !== 'disabled',
    maySuspend: mayEver(actor, 'staff.suspend') && !self && person.state === 'active',
    mayResume: mayEver(actor, 'staff.suspend') && !self && person.state === 'suspended',
    mayEnable: mayManage && person.state === 'disabled',
    mayResetFactor: mayEver(actor, 'staff.reset_factor') && !self && person.totpConfirmedAt !== null,
    mayGrant,
  }
}

export async function factsPage(person?: Person) {
  return {
    person: person ?? null,
    departments: asOptions(await unitsOf('department')),
  }
}

export async function grantPage(actor: Actor, person: Person) {
  const t = translate[actor.language]
  return {
    person,
    roles: roleOptions(t),
    scopes: scopes.map((value) => ({ value, word: t(`staff:scope.${value}`) })),
    departments: asOptions(await unitsOf('department')),
    regions: asOptions(await unitsOf('region')),
  }
}

function roleOptions(t: Translate) {
  return roles.map((value) => ({ value, word: t(`access:role.${value}`) }))
}

function stateOf({ state }: Person, t: Translate) {
  return { state: t(`staff:state.${state}`), tone: state === 'active' ? 'ok' : 'warn' }
}

function placeWord({ department, region }: PersonGrant, t: Translate): string {
  return department?.name ?? region?.name ?? t('staff:company')
}

function factsOf(person: Person, owned: number, t: Translate) {
  const { mustChangePassword, passwordExpiresAt } = person
  const issued = passwordExpiresAt
    ? t('staff:password.until', { when: dateTimeText(passwordExpiresAt) })
    : t('staff:password.issued')
  return [
    { label: t('staff:field.number'), value: person.number },
    { label: t('staff:field.phone'), value: person.phone ?? '' },
    { label: t('staff:field.email'), value: person.email ?? '' },
    { label: t('staff:field.departmentId'), value: person.department?.name ?? '' },
    { label: t('staff:field.password'), value: mustChangePassword ? issued : t('staff:password.own') },
    { label: t('staff:field.factor'), value: t(`staff:factor.${person.totpConfirmedAt ? 'on' : 'off'}`) },
    { label: t('staff:field.customers'), value: String(owned) },
    { label: t('staff:field.createdAt'), value: dateTimeText(person.createdAt) },
  ]
}

type Told = {
  role?: string
  place?: string | null
  name?: string
  phone?: string | null
  email?: string | null
  department?: string | null
  number?: string
} | null

async function historyItems({ language }: Actor, { id }: Person, t: Translate) {
  return (await historyOf(id)).map(({ at, action, actorName, before, after, why }) => ({
    at: dateTimeText(at),
    datetime: at.toISOString(),
    who: actorName,
    sentence: actionSentence(language, action),
    more: moreOf(action, before as Told, after as Told, why),
  }))

  function moreOf(action: string, before: Told, after: Told, why: string | null): string {
    if (action.startsWith('role.')) return roleTold(after ?? before, t, language)
    if (action.startsWith('delegation.')) return delegationTold({ ...before, ...after }, t)
    if (action.startsWith('handover.')) return [after?.number, why].filter(Boolean).join(' · ')
    return changed(before, after, t) || (why ?? '')
  }
}

function roleTold(told: Told, t: Translate, language: Actor['language']): string {
  const role = translateIfKnown(language, `access:role.${told?.role}`) ?? ''
  return `${role} · ${told?.place ?? t('staff:company')}`
}

function changed(before: Told, after: Told, t: Translate): string {
  if (!before || !after) return ''
  const fields = { name: 'name', phone: 'phone', email: 'email', department: 'departmentId' } as const
  return (['name', 'phone', 'email', 'department'] as const)
    .filter((name) => (before[name] ?? '') !== (after[name] ?? ''))
    .map((name) => `${t(`staff:field.${fields[name]}`)} ${before[name] ?? '—'} → ${after[name] ?? '—'}`)
    .join(t('web:comma'))
}

function askedWords(t: Translate, { number, wish }: NonNullable<Awaited<ReturnType<typeof askedFor>>>) {
  const where = wish.scope === 'company' ? t('staff:company') : (wish.place ?? '')
  return { number, role: t(`access:role.${wish.role}`), where }
}
