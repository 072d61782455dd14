import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { actionSentence } from '../audit/actions.ts'
import { CollectionPurpose, Cooperation, CustomerRelation, CustomerSource } from '../../prisma/client/enums.ts'
import { translate, translateIfKnown, type Key, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { Conflict } from './conflicts.ts'
import { factsOf as factsIn } from './facts.ts'
import type { Section } from './forms.ts'
import { placeOf, placeOptions } from './placing.ts'
import type { Customer, HistoryLine } from './queries.ts'
import { customerLife } from './states.ts'

type Places = Parameters<typeof placeOptions>[2]

export function newPage(actor: Actor, places: Places) {
  return { customer: {}, ...choicesOf(actor), ...placeOptions(actor, 'customers.create', places) }
}

/** One section of a record, to be corrected by itself; what is masked stays masked in the form. */
export function correctionPage(actor: Actor, customer: Customer, section: Section) {
  return { number: customer.number, section, customer: { ...customer, ...factsIn(customer) }, ...choicesOf(actor) }
}

export function lifePage(actor: Actor, customer: Customer) {
  const t = translate[actor.language]
  const acts = customerLife.acts(customer.life).map((act) => ({ value: act, word: t(`customers:lifeAct.${act}`) }))
  return { customer, acts }
}

/** POOL-01: yes or no, the status and the owner, and nothing else about whoever it is. */
export function alikePage(actor: Actor, conflict: Conflict | null) {
  const t = translate[actor.language]
  if (!conflict) return { hit: null }
  const { known, by, sure } = conflict
  const status = [t(`customers:standing.${known.standing}`), t(`customers:life.${known.life}`)].join(t('web:comma'))
  const owner = known.owner ?? t('customers:list.noOwner')
  return { hit: { sentence: t(`customers:alike.${sure && by === 'name' ? 'same' : by}`, { status, owner }) } }
}

function choicesOf({ language }: Actor) {
  const t = translate[language]
  const options = <N extends 'relation' | 'cooperation' | 'source' | 'purpose'>(name: N, values: object) =>
    Object.keys(values).map((value) => ({ value, word: t(`customers:${name}.${value}` as Key) }))
  return {
    options: {
      relation: options('relation', CustomerRelation),
      cooperation: options('cooperation', Cooperation),
      source: options('source', CustomerSource),
      purpose: options('purpose', CollectionPurpose),
    },
  }
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
