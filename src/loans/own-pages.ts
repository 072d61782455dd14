import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { sealOf } from '../archive/marks.ts'
import { archiveTabs } from '../archive/tabs.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Application } from './applications.ts'
import type { ListQuery } from './forms.ts'
import type { LoanRow } from './queries.ts'
import { rowOf } from './rows.ts'

type Found = { open: LoanRow[]; closed: LoanRow[]; applications: Application[]; leads: boolean; mostDays: number }

/** /loans: what is in one's hands, what one has asked for; for a head what the department has. */
export function listPage(actor: Actor, { whose }: ListQuery, found: Found, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  return {
    tabs: archiveTabs(actor, '/loans'),
    whose,
    views: viewsOf(actor, t, found.leads, whose),
    lede:
      whose === 'mine' ? t('loans:lede', { n: t('loans:ledeDays', { n: found.mostDays }) }) : t('loans:departmentLede'),
    mayAsk: mayEver(actor, 'loans.ask'),
    open: found.open.map((loan) => rowOf(actor, loan, now, calendar)),
    closed: found.closed.map((loan) => rowOf(actor, loan, now, calendar)),
    applications: found.applications.map((one) => applicationRow(t, one)),
  }
}

type View = 'mine' | 'department' | 'lend' | 'takeBack' | 'register'

/** The places of the lending desk, for whoever may stand there. */
export function viewsOf(actor: Actor, t: Translate, leads: boolean, current: View) {
  const all = [
    { name: 'mine', href: '/loans', shown: mayEver(actor, 'loans.ask') },
    { name: 'department', href: '/loans?whose=department', shown: leads },
    { name: 'lend', href: '/loans/desk', shown: mayEver(actor, 'loans.run') },
    { name: 'takeBack', href: '/loans/desk/return', shown: mayEver(actor, 'loans.run') },
    { name: 'register', href: '/loans/register', shown: mayEver(actor, 'archive.registers') },
  ] as const
  return all
    .filter(({ shown }) => shown)
    .map(({ name, href }) => ({ href, word: t(`loans:tab.${name}`), current: name === current }))
}

const tones = {
  waiting: 'wait',
  approved: 'go',
  returned: 'warn',
  refused: 'bad',
  withdrawn: 'warn',
  ended: 'ok',
} as const

export const applicationState = (t: Translate, { state }: Pick<Application, 'state'>) => ({
  tone: tones[state],
  word: t(`loans:state.${state}`),
})

function applicationRow(t: Translate, application: Application) {
  const { number, items, days, filedAt, exceptional } = application
  return {
    number,
    href: `/loans/applications/${number}`,
    items: items.map(({ number: item }) => item).join(t('web:comma')),
    days: t('loans:days', { n: days }),
    filedAt: dateTimeText(filedAt),
    state: applicationState(t, application),
    exceptional: exceptional ? t('loans:exceptional') : null,
  }
}

/** /loans/applications/JS…: what was asked for, where it stands, and what became of each item. */
export function applicationPage(actor: Actor, application: Application, until: string | null) {
  const t = translate[actor.language]
  const { number, version, state, items, borrowerId } = application
  const own = borrowerId === actor.id
  const unlent = items.some(({ loan }) => loan === null)
  return {
    application: { number, version },
    state: applicationState(t, application),
    facts: factsOf(t, application),
    items: items.map((item) => itemRow(t, item)),
    fetch: state === 'approved' && unlent && until ? t('loans:fetch', { until }) : null,
    mayEnd: own && (state === 'waiting' || (state === 'approved' && unlent)),
    desk: mayEver(actor, 'loans.run') && state === 'approved' && unlent,
  }
}

function itemRow(t: Translate, { number, known, title, secrecy, copies, loan, out }: Application['items'][number]) {
  const used = loan && t(loan.returned ? 'loans:usedBack' : 'loans:used', { loan: loan.number })
  return {
    number,
    href: `/archive/items/${number}`,
    title: known ? title : t('loans:unknown'),
    seal: sealOf(secrecy),
    copies: t('loans:copies', { n: copies }),
    loan: used ? { href: `/loans/${loan!.number}`, word: used } : null,
    note: known && !loan && out ? t('loans:outNow') : '',
    deskHref: loan || out ? null : `/loans/desk?item=${number}`,
  }
}

function factsOf(t: Translate, application: Application) {
  const { applicant, department, customer, days, purpose, reason, filedAt, request, seal, number } = application
  const person = [`${applicant.name} ${applicant.number}`, department].filter(Boolean).join(' · ')
  return [
    { label: t('loans:field.applicant'), value: person },
    ...(customer
      ? [{ label: t('loans:field.customer'), value: customer.name, href: `/customers/${customer.number}` }]
      : []),
    { label: t('loans:field.days'), value: t('loans:days', { n: days }) },
    { label: t('loans:field.purpose'), value: t(`archive:purpose.${purpose}`) },
    { label: t('loans:field.filedAt'), value: dateTimeText(filedAt) },
    ...(request
      ? [{ label: t('loans:field.request'), value: request.number, href: `/approvals/${request.number}` }]
      : []),
    ...(seal ? [{ label: t('loans:field.seal'), value: seal.name, href: `/loans/applications/${number}/seal` }] : []),
    ...(application.exceptional ? [{ label: t('loans:field.exceptional'), value: t('customers:trail.yes') }] : []),
    { label: t('loans:field.reason'), value: reason, wide: true, lines: true },
  ]
}
