import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import { addressesOf } from './addresses.ts'
import { cellOf, columnsOf } from './occasion-cells.ts'
import { formats, occasions, type OccasionQuery } from './occasion-forms.ts'
import { pageSize, type Occasions } from './occasions.ts'
import { monthsBack } from './rules.ts'

const path = '/complaints/month/occasions'
const numeric = new Set(['score', 'long', 'late'])

/** /complaints/month/occasions: the times that a figure of the month counts, one by one. */
export function occasionsPage(actor: Actor, query: OccasionQuery, found: Occasions, now: Date) {
  const t = translate[actor.language]
  const { what, department } = query
  const { month, rows, count } = found
  const title = t(`complaintMonth:occasion.title.${what}`)
  const columns = columnsOf[what]
  return {
    title: `${title} ${month}`,
    what,
    month: { word: `${t('complaintMonth:title')} ${month}`, href: addressesOf({ month, department }, actor).month() },
    tabs: occasions.map((name) => ({
      href: addressOf({ ...query, what: name, page: 1 }, month),
      word: t(`complaintMonth:occasion.title.${name}`),
      current: name === what,
      ...(name === what ? { count } : {}),
    })),
    filters: filtersOf(t, query, found, now),
    columns: columns.map((name) => ({
      name,
      word: t(`complaintMonth:occasion.column.${name}`),
      num: numeric.has(name),
    })),
    rows: rows.map((row) => ({
      href: `/complaints/${row.number}`,
      title: row.title,
      cells: columns.map((name) => ({ name, text: cellOf(row, name, t, actor.language), num: numeric.has(name) })),
    })),
    files: count > 0 && mayEver(actor, 'complaints.export') ? filesOf(t, query, month) : [],
    pager: pagerOf(t, query, found),
    nothing: nothingOf(t, query, month),
  }
}

/** All state is in the address; the month is written out, so that it opens the same next month. */
function addressOf({ what, department, unit, person, page }: OccasionQuery, month: string, at = path): string {
  const said = { what, month, department, unit, person, page: page > 1 ? String(page) : '' }
  return `${at}?${new URLSearchParams(Object.entries(said).filter(([, value]) => value !== ''))}`
}

const filesOf = (t: Translate, query: OccasionQuery, month: string) =>
  formats.map((format) => ({
    href: `${addressOf({ ...query, page: 1 }, month, `${path}/file`)}&format=${format}`,
    word: t(`exports:format.${format}`),
  }))

function filtersOf(t: Translate, query: OccasionQuery, { month, departments, person }: Occasions, now: Date) {
  const without = (name: 'person' | 'unit') => addressOf({ ...query, [name]: '', page: 1 }, month)
  const unit = departments.find(({ id }) => String(id) === query.unit)?.name ?? t('complaintMonth:noDepartment')
  const { what, person: number } = query
  return {
    action: path,
    kept: {
      what,
      ...(number ? { person: number } : {}),
      ...(query.unit ? { unit: query.unit } : {}),
    },
    choices: [
      {
        name: 'month',
        label: t('complaintMonth:thisMonth'),
        value: month,
        options: monthsBack(now, 36).map((value) => ({ value, word: value })),
      },
      {
        name: 'department',
        label: t('complaintMonth:allDepartments'),
        value: query.department,
        options: departments.map(({ id, name }) => ({ value: String(id), word: name })),
      },
    ],
    conditions: [
      ...(number ? [{ label: t('complaintMonth:column.who'), word: person ?? number, remove: without('person') }] : []),
      ...(query.unit ? [{ label: t('complaintMonth:occasion.column.unit'), word: unit, remove: without('unit') }] : []),
    ],
  }
}

function pagerOf(t: Translate, query: OccasionQuery, { month, count, sum }: Occasions) {
  const { what, page } = query
  const said = { n: count, days: sum.toFixed(1), mean: count === 0 ? '' : (sum / count).toFixed(1) }
  const counted = what === 'paused' || what === 'rated' ? what : 'times'
  return {
    words: t(`complaintMonth:occasion.count.${counted}`, said),
    ...(page > 1 ? { previous: addressOf({ ...query, page: page - 1 }, month) } : {}),
    ...(page * pageSize < count ? { next: addressOf({ ...query, page: page + 1 }, month) } : {}),
  }
}

function nothingOf(t: Translate, query: OccasionQuery, month: string) {
  const { what, person, unit, department, page } = query
  const heading = t('complaintMonth:occasion.none')
  if (!person && !unit && !department && page === 1) return { heading, hint: t('complaintMonth:nothingHint') }
  const all = { what, month: '', department: '', unit: '', person: '', page: 1 }
  return { heading, next: { href: addressOf(all, month), word: t('complaintMonth:occasion.all') } }
}
