import type { Actor } from '../access/actor.ts'
import { isDay } from '../calendar/week.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { RegisterQuery } from './forms.ts'
import { frameOf } from './pages.ts'
import { countedTo, linesShown, type Line } from './register.ts'

type Found = { lines: Line[]; count: number }

/** ARC-07, wish 13: who saw what, when and by what right. */
export function registerPage(actor: Actor, query: RegisterQuery, { lines, count }: Found) {
  const t = translate[actor.language]
  const shown = lines.slice(0, linesShown)
  const wrong = [query.from, query.until].some((day) => day && !isDay(day))
  const narrowed = searchOf(query, {}) !== ''
  return {
    ...frameOf(actor, '/viewings/register'),
    query,
    rows: shown.map((line) => rowOf(t, line)),
    wrong: wrong ? t('viewings:register.badDate') : null,
    clear: narrowed ? '/viewings/register' : null,
    exportHref: `/viewings/register/export${searchOf(query, {})}`,
    pager: {
      words: t('viewings:register.rows', { n: count > countedTo ? `${countedTo}+` : count }),
      ...(lines.length > linesShown
        ? { next: `/viewings/register${searchOf(query, { before: String(shown.at(-1)!.id) })}` }
        : {}),
    },
    nothing: { heading: t('viewings:register.none'), hint: t('viewings:register.noneHint') },
  }
}

export function exportPage(actor: Actor, query: RegisterQuery, count: number) {
  const t = translate[actor.language]
  return {
    ...frameOf(actor, '/viewings/register'),
    count: t('viewings:register.rows', { n: count > countedTo ? `${countedTo}+` : count }),
    fileHref: `/viewings/register/file${searchOf(query, {})}`,
    back: `/viewings/register${searchOf(query, {})}`,
  }
}

export function searchOf(query: RegisterQuery, more: { before?: string }): string {
  const { person = '', customer = '', item = '', from = '', until = '' } = query
  const all = Object.entries({ person, customer, item, from, until, ...more }).filter(([, value]) => value)
  const search = new URLSearchParams(all as [string, string][])
  return search.size > 0 ? `?${search}` : ''
}

/** What stands in a line, on the page and in the file alike. */
export function rowOf(t: Translate, line: Line) {
  return {
    at: dateTimeText(line.at),
    staff: `${line.staff} ${line.staffNumber}`,
    item: line.item,
    href: `/archive/items/${line.item}`,
    title: line.title ?? t('viewings:show.hidden'),
    customer: line.customer ?? t('viewings:show.customerHidden'),
    customerHref: line.customerNumber ? `/customers/${line.customerNumber}` : null,
    mark: t(`archive:mark.${line.secrecy}`),
    seal: line.secrecy === 'top_secret' ? 'top' : line.secrecy,
    way: t(`viewings:register.way.${line.way}`),
    refused: line.way === 'refused',
    through: throughText(t, line),
    throughHref: line.viewing ? `/viewings/${line.viewing}` : null,
    visitor: line.visitor ? t('viewings:register.with', { visitor: line.visitor }) : '',
  }
}

function throughText(t: Translate, { way, viewing, emergency }: Line): string {
  if (way === 'refused') return t('viewings:register.through.refused')
  if (!viewing) return t('viewings:register.through.own')
  return t(emergency ? 'viewings:register.through.emergency' : 'viewings:register.through.window', { number: viewing })
}
