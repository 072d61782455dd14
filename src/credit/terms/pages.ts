import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { yuan } from '../saying.ts'
import type { CreditCustomer } from '../queries.ts'
import { methods, modes } from './forms.ts'
import { modeHistory, modeNow, termsHistory, termsNow, termsOf } from './queries.ts'
import type { Terms } from './rules.ts'

const homeOf = ({ number }: CreditCustomer) => `/credit/customers/${number}`

/** 固定额 ¥300,000.00，2026-12-01 至 2027-02-28 */
export function termsText(t: Translate, { method, amount, startsOn, endsOn }: Terms): string {
  const what = [t(`credit:method.${method}`), ...(amount ? [yuan(t, amount)] : [])].join(' ')
  if (startsOn === '') return what
  return endsOn
    ? t('creditTerms:span', { what, from: startsOn, until: endsOn })
    : t('creditTerms:from', { what, from: startsOn })
}

export async function termsPage(actor: Actor, customer: CreditCustomer, now: Date) {
  const t = translate[actor.language]
  const [current, history, regulation] = await Promise.all([
    termsNow(db, customer, now),
    termsHistory(db, customer),
    regulationAt(now),
  ])
  const today = dateText(now)
  const coming = history.filter((one) => one.state === 'approved' && dayText(one.startsOn) > today)
  return {
    customer: { number: customer.number, name: customer.name },
    home: homeOf(customer),
    today,
    current: termsText(t, current),
    coming: coming.map((one) => termsText(t, termsOf(one))),
    methods: methods.map((value) => ({ value, word: t(`credit:method.${value}`) })),
    signs: t('creditTerms:signsOne', { role: t(`access:role.${regulation.value('credit.terms_role')}`) }),
  }
}

export async function modePage(actor: Actor, customer: CreditCustomer, now: Date) {
  const t = translate[actor.language]
  const [current, regulation] = [await modeNow(db, customer, now), await regulationAt(now)]
  return {
    customer: { number: customer.number, name: customer.name },
    home: homeOf(customer),
    today: dateText(now),
    current: current ? t(`credit:mode.${current}`) : t('creditTerms:noMode'),
    modes: modes.map((value) => ({ value, word: t(`credit:mode.${value}`) })),
    signs: t('creditTerms:signsTwo', {
      first: t(`access:role.${regulation.value('credit.mode_first')}`),
      second: t(`access:role.${regulation.value('credit.mode_second')}`),
    }),
  }
}

const tones = { waiting: 'wait', approved: 'ok', refused: 'bad', ended: 'warn' } as const

/** What holds and what was asked before, of the method and of the mode, the newest first. */
export async function historyOf(actor: Actor, customer: CreditCustomer, now: Date) {
  const t = translate[actor.language]
  const [terms, modesAsked, current, mode] = await Promise.all([
    termsHistory(db, customer),
    modeHistory(db, customer),
    termsNow(db, customer, now),
    modeNow(db, customer, now),
  ])
  const stateOf = (state: keyof typeof tones) => ({ tone: tones[state], word: t(`credit:decision.${state}`) })
  const askedOn = (askedAt: Date) => t('creditTerms:asked', { at: dateTimeText(askedAt) })
  return {
    current: termsText(t, current),
    mode: mode ? t(`credit:mode.${mode}`) : t('creditTerms:noMode'),
    rows: [
      ...terms.map((one) => ({ ...one, text: termsText(t, termsOf(one)), kind: t('creditTerms:field.method') })),
      ...modesAsked.map((one) => ({
        ...one,
        kind: t('creditTerms:field.mode'),
        text: t('creditTerms:changed', {
          before: one.before ? t(`credit:mode.${one.before}`) : t('creditTerms:noMode'),
          after: t(`credit:mode.${one.after}`),
          from: dayText(one.startsOn),
        }),
      })),
    ]
      .toSorted((a, b) => b.askedAt.getTime() - a.askedAt.getTime())
      .map(({ kind, text, reason, state, askedAt }) => ({
        kind,
        text,
        reason,
        state: stateOf(state),
        asked: askedOn(askedAt),
      })),
  }
}
