import type { Actor } from '../access/actor.ts'
import { sealOf } from '../archive/marks.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { historyItems } from '../customers/history/lines.ts'
import type { HistoryLine } from '../customers/history/queries.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { runs } from './policy.ts'
import type { LoanRow } from './queries.ts'
import { conditionWords, confirmedText, dueText, latenessText, placeWords, stateTag, tagOf } from './rows.ts'

/** /loans/JY…: one line of the register, with all that may be done with it now. */
export function loanPage(actor: Actor, loan: LoanRow, history: HistoryLine[], now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  return {
    ...headOf(actor, t, loan),
    state: stateTag(t, loan, now),
    tag: tagOf(t, loan, now, calendar),
    facts: factsOf(t, loan, now),
    open: loan.returnedAt === null,
    mayUrge: runs(actor, loan) && loan.returnedAt === null,
    acts: actsOf(actor, t, loan),
    history: historyItems(actor, history, now),
  }
}

function headOf(actor: Actor, t: Translate, loan: LoanRow) {
  return {
    loan: {
      number: loan.number,
      item: loan.item,
      title: loan.known ? loan.title : loan.item,
      known: loan.known,
      borrower: loan.borrower.name,
      confirmed: loan.confirmedAt !== null,
      exceptional: loan.exceptional ? t('loans:exceptional') : null,
    },
    seal: sealOf(loan.secrecy),
    own: loan.borrowerId === actor.id,
  }
}

function actsOf(actor: Actor, t: Translate, { number, item, borrowerId, confirmedAt, returnedAt, ...loan }: LoanRow) {
  if (returnedAt) return []
  const desk = runs(actor, loan)
  const own = borrowerId === actor.id
  return [
    { shown: desk && !own, href: `/loans/desk/return?item=${item}`, word: t('loans:act.takeBack'), icon: 'check' },
    { shown: own && !confirmedAt, href: `/loans/${number}/confirmation`, word: t('loans:act.confirm'), icon: 'check' },
    {
      shown: desk && !own && !confirmedAt,
      href: `/loans/${number}/counter`,
      word: t('loans:act.counter'),
      icon: 'edit',
    },
  ].filter(({ shown }) => shown)
}

function factsOf(t: Translate, loan: LoanRow, now: Date) {
  const fact = (name: Label, value: string, more: object = {}) => ({ label: t(`loans:field.${name}`), value, ...more })
  const { customer, borrower, department, application, returnedAt } = loan
  const person = [`${borrower.name} ${borrower.number}`, department].filter(Boolean).join(' · ')
  return [
    fact('item', loan.item, { href: `/archive/items/${loan.item}` }),
    ...(customer ? [fact('customer', customer.name, { href: `/customers/${customer.number}` })] : []),
    fact('borrower', person),
    fact('application', application, { href: `/loans/applications/${application}` }),
    fact('copies', t('loans:copies', { n: loan.copies })),
    fact('pages', t('loans:pages', { n: loan.pages })),
    fact('condition', conditionWords(t, loan.condition)),
    fact('lentAt', dateTimeText(loan.lentAt)),
    fact('lentBy', loan.lentBy.name),
    fact('due', dueText(loan)),
    fact('confirmed', confirmedText(t, loan)),
    ...(latenessText(t, loan, now) ? [fact('lateness', latenessText(t, loan, now))] : []),
    ...(loan.urgedAt ? [fact('urges', `${loan.urges} · ${dateTimeText(loan.urgedAt)}`)] : []),
    ...(loan.known ? [fact('place', placeWords(t, loan))] : []),
    ...(returnedAt ? backFacts(t, loan, fact) : []),
    fact('reason', loan.reason, { wide: true, lines: true }),
  ]
}

type Label = Extract<Parameters<Translate>[0], `loans:field.${string}`> extends `loans:field.${infer N}` ? N : never
type Facts = { label: string; value: string }

function backFacts(t: Translate, loan: LoanRow, fact: (name: Label, value: string, more?: object) => Facts): Facts[] {
  return [
    fact('back', loan.returnedAt ? dateTimeText(loan.returnedAt) : ''),
    fact('bringer', loan.broughtBy?.name ?? ''),
    fact('taker', loan.takenBy?.name ?? ''),
    fact(
      'conditionBack',
      [t('loans:pages', { n: loan.pagesBack ?? 0 }), conditionWords(t, loan.conditionBack)].join(' · '),
    ),
    ...(loan.difference ? [fact('difference', loan.difference, { wide: true, lines: true })] : []),
  ]
}

/** The borrower's own confirmation, and the same at the counter. */
export function confirmationPage(actor: Actor, loan: LoanRow, now: Date, asks: 'code' | 'password' = 'password') {
  const t = translate[actor.language]
  return {
    ...headOf(actor, t, loan),
    facts: factsOf(t, loan, now),
    done: loan.confirmedAt ? t('loans:confirmation.done', { at: dateTimeText(loan.confirmedAt) }) : null,
    asks,
    what: t(`loans:confirmation.${asks}`),
    hint: t(`loans:hint.proof.${asks}`),
  }
}
