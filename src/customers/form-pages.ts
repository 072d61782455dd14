import { CollectionPurpose, Cooperation, CustomerRelation, CustomerSource } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { translate, type Key } from '../i18n.ts'
import type { Params } from '../lib/refused.ts'
import type { AskedAbout } from './asked.ts'
import type { Corrected } from './commands.ts'
import { factsOf as factsIn } from './facts.ts'
import type { Section } from './forms.ts'
import { waysOf } from '../verifications/ways.ts'
import { placeOptions } from './placing.ts'
import type { Customer } from './queries.ts'
import { maskedFields } from './sensitivity.ts'
import { customerLife } from './states.ts'

type Places = Parameters<typeof placeOptions>[2]

export function newPage(actor: Actor, places: Places) {
  const { departments, ...rest } = placeOptions(actor, 'customers.create', places)
  // Most customers belong where the person works who records them.
  const own = departments.find(({ value }) => value === String(actor.departmentId)) ?? departments[0]
  const ownDepartment = own && (rest.everywhere ? actor.departmentId === BigInt(own.value) : true) ? own.value : ''
  return { customer: {}, masked: [], ...choicesOf(actor), departments, ...rest, ownDepartment }
}

/** One section of a record, to be corrected by itself; what is masked stays masked in the form. */
export function correctionPage(actor: Actor, customer: Customer, section: Section, asked: readonly AskedAbout[] = []) {
  const facts = factsIn(customer)
  return {
    number: customer.number,
    section,
    customer: { ...customer, ...facts },
    masked: Object.entries(facts).flatMap(([name, value]) => (value && maskedFields.has(name) ? [name] : [])),
    ways: waysOf(translate[actor.language]),
    keys: section === 'identity' ? keysNote(actor, customer, asked) : null,
    behaviours: section === 'background' ? 'draft' : 'alike when',
    ...choicesOf(actor),
  }
}

/** CUS-06: what of a confirmed customer waits for approval, before anybody types it. */
function keysNote({ language }: Actor, { standing }: Customer, asked: readonly AskedAbout[]): string | null {
  const t = translate[language]
  const waiting = asked.find(({ kind }) => kind === 'customer.key_fields')
  if (waiting) return t('customers:correct.waiting', { number: waiting.number })
  return standing === 'confirmed' ? t('customers:correct.keys') : null
}

/** What was saved, and what waits under which number. */
export function correctedNotice({ language }: Actor, { saved, asked }: Corrected): { key: Key; params?: Params } {
  const t = translate[language]
  const names = (fields: string[]) => fields.map((name) => t(`customers:field.${name as 'name'}`)).join(t('web:comma'))
  if (!asked) return { key: 'customers:notice.corrected' }
  const params = { asked: names(asked.fields), number: asked.number }
  if (saved.length === 0) return { key: 'customers:notice.asked', params }
  return { key: 'customers:notice.correctedAndAsked', params: { ...params, saved: names(saved) } }
}

export function lifePage(actor: Actor, customer: Customer) {
  const t = translate[actor.language]
  const acts = customerLife.acts(customer.life).map((act) => ({ value: act, word: t(`customers:lifeAct.${act}`) }))
  return { customer, acts }
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
