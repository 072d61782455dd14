import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { fenOf, yuanOf } from '../../lib/money.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { contractsOn, type CreditCustomer } from '../queries.ts'
import { yuan } from '../saying.ts'
import { waitingOf, weighedNew } from './queries.ts'
import { figureTerms, shortTerms, stateTag, stopsOf } from './saying.ts'

type Typed = { amount?: string | undefined; contract?: string | undefined }

/** 申请放行: the customer's figure beside the form, and what would become of the amount typed so far. */
export async function newPage(actor: Actor, customer: CreditCustomer | null, typed: Typed, now: Date) {
  const t = translate[actor.language]
  return {
    customer: customer && { number: customer.number, name: customer.name, grade: customer.grade },
    back: customer ? `/credit/customers/${customer.number}` : '/releases',
    amount: typed.amount ?? '',
    contract: typed.contract ?? '',
    contracts: customer ? await contractOptions(t, customer, now) : [],
    preview: customer && (await previewOf(t, customer, typed.amount ?? '', now)),
    waiting: customer ? await waitingLines(t, customer) : [],
  }
}

async function contractOptions(t: Translate, { id }: CreditCustomer, now: Date) {
  const contracts = await contractsOn(db, id, dayOf(now))
  return contracts.map(({ number, kind, endsOn, termDays }) => ({
    value: number,
    word: t('releases:contract', { number, kind: t(`credit:contractKind.${kind}`), until: dayText(endsOn), termDays }),
  }))
}

/** Without an amount, the figure alone. */
async function previewOf(t: Translate, { id, number }: CreditCustomer, typed: string, now: Date) {
  const yuan = typed.trim() === '' ? null : yuanOf(typed)
  const amount = yuan === null ? 0 : fenOf(yuan)
  const scale = await weighedNew(id, amount, now)
  const passes = scale.weighed.holds.length === 0
  return {
    href: `/credit/customers/${number}`,
    terms: figureTerms(t, scale),
    asked: amount === 0 ? null : shortTerms(t, scale, ''),
    passes: amount > 0 && passes,
    stops: amount > 0 || !scale.figure.eligible ? stopsOf(t, scale.weighed.holds) : [],
  }
}

async function waitingLines(t: Translate, { id }: CreditCustomer) {
  const found = await waitingOf(id)
  return found.map(({ number, amount, goods, state }) => ({
    number,
    text: t('releases:waiting.line', { amount: yuan(t, amount.toFixed(2)), goods }),
    state: stateTag(t, state),
  }))
}
