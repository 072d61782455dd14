import type { Actor } from '../access/actor.ts'
import { sealOf } from '../archive/marks.ts'
import { placeText } from '../archive/places.ts'
import type { Item } from '../archive/queries.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { endText } from '../deadlines/tag.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Application } from './applications.ts'
import { viewsOf } from './own-pages.ts'
import type { LoanRow } from './queries.ts'
import { conditionIn, conditions, dueMoment } from './rules.ts'
import { conditionWords, dueText, placeWords, stateTag } from './rows.ts'

type Scanned = { typed: string; item: Item | null; loan: LoanRow | null }

/** /loans/desk: an item is scanned, and what was approved for it stands there to be lent on. */
export function lendPage(actor: Actor, { typed, item, loan }: Scanned, applications: Application[], now: Date) {
  const t = translate[actor.language]
  return {
    ...frameOf(actor, t, 'lend'),
    scanned: typed,
    none: typed && !item ? t('loans:none.scanned') : null,
    item: item && itemOf(t, item),
    out: loan && outOf(t, loan),
    applications: applications.map((one) => approvedOf(t, one, item, now)),
    conditions: conditionsOf(t),
  }
}

/** /loans/desk/return: what was scanned is on loan, and where nothing differs one key takes it back. */
export function returnPage(actor: Actor, { typed, item, loan }: Scanned, now: Date) {
  const t = translate[actor.language]
  return {
    ...frameOf(actor, t, 'takeBack'),
    scanned: typed,
    none: typed && !item ? t('loans:none.scanned') : null,
    notOut: item && !loan ? t('loans:none.notOut') : null,
    item: item && itemOf(t, item),
    loan: loan && lentOf(t, loan, now),
    conditions: conditionsOf(t),
  }
}

function frameOf(actor: Actor, t: Translate, screen: 'lend' | 'takeBack') {
  return { tabs: archiveTabs(actor, '/loans'), views: viewsOf(actor, t, false, screen) }
}

const conditionsOf = (t: Translate) => conditions.map((value) => ({ value, word: t(`loans:condition.${value}`) }))

function itemOf(t: Translate, { number, known, title, secrecy, pages, copies, place, keeper, customer }: Item) {
  return {
    number,
    href: `/archive/items/${number}`,
    title: known ? title : t('loans:unknown'),
    customer: known ? customer.name : '',
    seal: sealOf(secrecy),
    pages,
    copies,
    index: [t('loans:pages', { n: pages }), t('loans:copies', { n: copies })].join(' · '),
    place: placeText(place),
    keeper: keeper.name,
  }
}

const outOf = (t: Translate, loan: LoanRow) => ({
  href: `/loans/${loan.number}`,
  text: t('loans:desk.onLoan', { name: loan.borrower.name, loan: loan.number, due: dueText(loan) }),
})

function approvedOf(t: Translate, application: Application, item: Item | null, now: Date) {
  const { number, applicant, department, days, reason, purpose, request, exceptional, items } = application
  return {
    number,
    href: `/loans/applications/${number}`,
    copies: items.find((one) => one.number === item?.number)?.copies ?? 1,
    word: `${applicant.name} ${applicant.number} · ${number}`,
    facts: [
      {
        label: t('loans:desk.borrower'),
        value: [`${applicant.name} ${applicant.number}`, department].filter(Boolean).join(' · '),
      },
      { label: t('loans:field.application'), value: number, href: `/loans/applications/${number}` },
      { label: t('loans:desk.approvedAt'), value: request?.endedAt ? dateTimeText(new Date(request.endedAt)) : '' },
      { label: t('loans:field.days'), value: t('loans:days', { n: days }) },
      { label: t('loans:desk.dueIf'), value: endText(dueMoment(now, days)) },
      { label: t('loans:field.purpose'), value: t(`archive:purpose.${purpose}`) },
      ...(exceptional ? [{ label: t('loans:field.exceptional'), value: t('customers:trail.yes') }] : []),
      { label: t('loans:field.reason'), value: reason, wide: true, lines: true },
    ],
  }
}

function lentOf(t: Translate, loan: LoanRow, now: Date) {
  const { condition, note } = conditionIn(loan.condition)
  return {
    number: loan.number,
    href: `/loans/${loan.number}`,
    state: stateTag(t, loan, now),
    pages: loan.pages,
    copies: loan.copies,
    condition,
    note: note ?? '',
    bringer: loan.borrower.number,
    place: t('loans:desk.backTo', { place: placeWords(t, loan) }),
    facts: [
      { label: t('loans:field.borrower'), value: `${loan.borrower.name} ${loan.borrower.number}` },
      { label: t('loans:field.loan'), value: loan.number, href: `/loans/${loan.number}` },
      { label: t('loans:field.lentAt'), value: dateTimeText(loan.lentAt) },
      { label: t('loans:field.due'), value: dueText(loan) },
      { label: t('loans:field.condition'), value: conditionWords(t, loan.condition) },
      { label: t('loans:field.place'), value: placeWords(t, loan) },
    ],
  }
}
