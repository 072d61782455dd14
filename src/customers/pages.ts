import { may, mayEver } from '../access/policy.ts'
import type { Actor } from '../access/actor.ts'
import { actionSentence } from '../audit/actions.ts'
import { translate, translateIfKnown, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { ListQuery } from './forms.ts'
import { countedTo, type Customer, type CustomerList, type HistoryLine } from './queries.ts'

export function indexPage(actor: Actor, query: ListQuery, { rows, count, earlier, later }: CustomerList) {
  const t = translate[actor.language]
  const { q, kind, held, sort } = query
  const address = (change: Partial<ListQuery>) => listAddress({ q, kind, held, sort, ...change })
  const filtered = q !== '' || kind !== '' || held !== ''
  return {
    rows: rows.map((row) => ({ ...row, place: placeOf(row), created: dateText(row.createdAt) })),
    mayCreate: mayEver(actor, 'customers.create'),
    mayImport: mayEver(actor, 'imports.run'),
    sort,
    sortByName: address({ sort: 'name' }),
    sortByNewest: address({ sort: 'newest' }),
    views: [
      { href: address({ held: '' }), word: t('customers:list.all'), current: held === '' },
      { href: address({ held: 'mine' }), word: t('customers:list.mine'), current: held === 'mine' },
      { href: address({ held: 'pool' }), word: t('customers:list.pool'), current: held === 'pool' },
    ],
    filters: {
      action: '/customers',
      find: { name: 'q', value: q, label: t('customers:list.find') },
      choices: [
        {
          name: 'kind',
          label: t('customers:list.kind'),
          value: kind,
          options: (['organisation', 'person'] as const).map((value) => ({
            value,
            word: t(`customers:kind.${value}`),
          })),
        },
      ],
      kept: { ...(held ? { held } : {}), sort },
      ...(filtered ? { clear: '/customers' } : {}),
    },
    pager: {
      words:
        count > countedTo
          ? t('customers:list.many', { n: countedTo.toLocaleString('en-US') })
          : t('customers:list.count', { n: count }),
      ...(earlier && rows[0] ? { previous: address({ before: rows[0].number }) } : {}),
      ...(later && rows.length > 0 ? { next: address({ after: rows.at(-1)!.number }) } : {}),
    },
    nothing: filtered
      ? {
          heading: t('customers:list.none'),
          hint: t('customers:list.noneHint'),
          next: { href: '/customers', word: t('customers:list.clear') },
        }
      : { heading: t('customers:list.empty'), hint: t('customers:list.emptyHint') },
  }
}

function listAddress(query: Partial<ListQuery>): string {
  const parts = Object.entries(query).filter(([name, value]) => value && !(name === 'sort' && value === 'newest'))
  const search = new URLSearchParams(parts as [string, string][]).toString()
  return search ? `/customers?${search}` : '/customers'
}

/** Province, city and street in one line, without saying the same place twice. */
export function placeOf(customer: { province: string | null; city: string | null; address: string | null }): string {
  return [customer.province, customer.city].filter((part) => part && !customer.address?.includes(part)).join(' ')
}

export function customerPage(actor: Actor, customer: Customer, history: HistoryLine[]) {
  const t = translate[actor.language]
  return {
    customer,
    facts: factsOf(customer, t),
    history: history.map((line) => ({
      at: dateTimeText(line.at),
      datetime: line.at.toISOString(),
      who: line.actorName,
      sentence: actionSentence(actor.language, line.action),
      more: [line.why, ...detailsOf(line, actor)].filter(Boolean).join(t('web:comma')),
      tone: line.action === 'customer.created' || line.action === 'customer.imported' ? 'ok' : undefined,
    })),
    mayCorrect: may(actor, 'customers.correct', customer),
    mayAssign: may(actor, 'customers.assign', customer),
    mayPrint: may(actor, 'customers.print', customer),
    whyNots: may(actor, 'customers.correct', customer)
      ? []
      : [{ act: t('customers:whyNot.correct'), reason: t('customers:whyNot.correctReason'), rule: { id: 'PPL-01' } }],
  }
}

function factsOf(customer: Customer, t: Translate) {
  const { owner, department, region, code, codeKind, phone, createdAt, createdBy } = customer
  const params = { date: dateText(createdAt), person: createdBy.name }
  const place = [placeOf(customer), customer.address].filter(Boolean).join(' ')
  return [
    { label: t('customers:field.owner'), value: owner?.name ?? t('customers:list.noOwner') },
    { label: codeKind ? t(`customers:codeKind.${codeKind}`) : t('customers:field.code'), value: code ?? '' },
    { label: t('customers:field.phone'), value: phone ?? '' },
    { label: t('customers:field.kind'), value: t(`customers:kind.${customer.kind}`) },
    { label: t('customers:field.address'), value: place, wide: true },
    { label: t('customers:field.department'), value: department?.name ?? '' },
    { label: t('customers:field.region'), value: region?.name ?? '' },
    {
      label: t('customers:field.created'),
      value: customer.import
        ? t('customers:imported', { ...params, number: customer.import.number })
        : t('customers:recorded', params),
    },
  ]
}

/** What changed, field by field, in words: 电话：（空） → 0571-85550123. */
export function detailsOf({ before, after }: Pick<HistoryLine, 'before' | 'after'>, { language }: Actor): string[] {
  const t = translate[language]
  const old = (before ?? {}) as Record<string, unknown>
  return Object.entries((after ?? {}) as Record<string, unknown>).flatMap(([name, value]) => {
    const field = translateIfKnown(language, `customers:field.${name}`)
    if (!field || ['version', 'number', 'distinction'].includes(name) || (value === '' && !old[name])) return []
    const word = (text: unknown) =>
      translateIfKnown(language, `customers:${name}.${String(text)}`) ?? (String(text ?? '') || t('customers:blank'))
    return name in old
      ? [t('customers:changed', { field, before: word(old[name]), after: word(value) })]
      : [t('customers:set', { field, after: word(value) })]
  })
}

type Places = { departments: { id: bigint; name: string }[]; regions: { id: bigint; name: string }[] }

/** The departments and regions a person may place a customer in with this act. */
export function placeOptions(
  actor: Actor,
  act: 'customers.create' | 'customers.assign',
  { departments, regions }: Places,
) {
  const allowed = (place: { departmentId: bigint | null; regionId: bigint | null }) =>
    may(actor, act, { ownerId: actor.id, ...place })
  const option = ({ id, name }: { id: bigint; name: string }) => ({ value: String(id), word: name })
  const everywhere = allowed({ departmentId: null, regionId: null })
  return {
    departments: departments
      .filter(({ id }) => everywhere || allowed({ departmentId: id, regionId: null }))
      .map(option),
    regions: regions.filter(({ id }) => everywhere || allowed({ departmentId: null, regionId: id })).map(option),
  }
}
