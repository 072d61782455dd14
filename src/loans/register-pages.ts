import type { Actor } from '../access/actor.ts'
import { archiveTabs } from '../archive/tabs.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Translate } from '../i18n.ts'
import { registerStates, type RegisterQuery } from './forms.ts'
import { viewsOf } from './own-pages.ts'
import { countedTo, type RegisterPage, type Section } from './register.ts'
import { rowOf } from './rows.ts'

type Found = { list: RegisterPage; urgent: Record<'overdue' | 'soon', Section> | null }

/** /loans/register: first what is overdue and what is due soon, each with its own rows; then all that is asked for. */
export function registerPage(
  actor: Actor,
  query: RegisterQuery,
  { list, urgent }: Found,
  now: Date,
  calendar: Calendar,
) {
  const t = translate[actor.language]
  const narrowed = searchOf(query) !== ''
  return {
    tabs: archiveTabs(actor, '/loans'),
    views: viewsOf(actor, t, false, 'register'),
    urgent: urgent && [
      sectionOf(actor, t, 'overdue', urgent, now, calendar),
      sectionOf(actor, t, 'soon', urgent, now, calendar),
    ],
    rows: list.rows.map((loan) => rowOf(actor, loan, now, calendar)),
    filters: filtersOf(t, query, narrowed),
    query,
    pager: pagerOf(t, query, list),
    files: (['xlsx', 'csv'] as const).map((format) => ({
      href: addressOf({ ...query, format }, '/loans/register/file'),
      word: t(`loans:act.${format}`),
    })),
    paper: addressOf(query, '/loans/register.pdf'),
    nothing: narrowed
      ? { heading: t('loans:none.filtered'), next: { href: '/loans/register', word: t('loans:register.clear') } }
      : { heading: t('loans:none.register') },
  }
}

function sectionOf(
  actor: Actor,
  t: Translate,
  name: 'overdue' | 'soon',
  urgent: Record<'overdue' | 'soon', Section>,
  now: Date,
  calendar: Calendar,
) {
  const { rows, count } = urgent[name]
  const n = count > countedTo ? `${countedTo}+` : count
  return {
    name,
    heading: t(`loans:register.${name}`),
    rows: rows.map((loan) => rowOf(actor, loan, now, calendar)),
    none: t(`loans:none.${name}`),
    all: count > rows.length ? { href: `/loans/register?state=${name}`, word: t('loans:act.all', { n }) } : null,
  }
}

/** The address of the register with these conditions; what is empty is left out. */
export function addressOf(query: Partial<RegisterQuery> & { format?: string }, path = '/loans/register'): string {
  const search = searchOf(query)
  return search ? `${path}?${search}` : path
}

function searchOf(query: Partial<RegisterQuery> & { format?: string }): string {
  const { after: _after, before: _before, ...kept } = query
  return new URLSearchParams(Object.entries(kept).filter(([, value]) => value) as [string, string][]).toString()
}

function filtersOf(t: Translate, query: RegisterQuery, narrowed: boolean) {
  const states = registerStates.flatMap((value) => (value ? [{ value, word: t(`loans:register.state.${value}`) }] : []))
  return {
    state: { value: query.state, options: states },
    clear: narrowed ? '/loans/register' : null,
  }
}

function pagerOf(t: Translate, query: RegisterQuery, { rows, count, earlier, later }: RegisterPage) {
  const at = (more: object) => {
    const search = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(searchOf(query))), ...more })
    return `/loans/register?${search}`
  }
  return {
    words: count > countedTo ? t('loans:register.many', { n: countedTo }) : t('loans:register.count', { n: count }),
    ...(earlier && rows[0] ? { previous: at({ before: rows[0].number }) } : {}),
    ...(later && rows.length > 0 ? { next: at({ after: rows.at(-1)!.number }) } : {}),
  }
}
