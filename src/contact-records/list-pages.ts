import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { monthAfter, monthOf } from '../lib/months.ts'
import { ways } from './forms.ts'
import { fieldsOf, isNarrowed, listAddress, type RecordListQuery } from './list-forms.ts'
import { countedTo, type RecordList, type RecordRow } from './list.ts'

type Person = { number: string; name: string }

/** /contact-records */
export function listPage(actor: Actor, query: RecordListQuery, list: RecordList, people: Person[], now: Date) {
  const t = translate[actor.language]
  return {
    tabs: list.tabs.map(({ name, count }) => ({
      href: listAddress({ ...query, tab: name }),
      word: t(`contactRecords:tab.${name}`),
      count: capped(count),
      current: name === query.tab,
    })),
    rows: list.rows.map((row) => rowOf(row, t)),
    filters: filtersOf(query, people, now, t),
    newAt: mayEver(actor, 'contact_records.record') ? '/contact-records/new' : null,
    exportAt: mayEver(actor, 'visits.export') ? listAddress(query, {}, '/contact-records.xlsx') : null,
    pager: pagerOf(query, list, t),
    nothing: isNarrowed(query)
      ? {
          heading: t('contactRecords:nothing'),
          next: { href: listAddress({ tab: query.tab }), word: t('contactRecords:clear') },
        }
      : { heading: t('contactRecords:none'), hint: t('contactRecords:noneHint') },
  }
}

export const capped = (n: number) => (n > countedTo ? `${countedTo}+` : String(n))

/** A row as lists and the customer's page show it. */
export function rowOf(row: RecordRow, t: Translate) {
  const { number, customer, customerNumber, grade, way, formal, late, person, content, result, owner } = row
  return {
    number,
    grade,
    formal,
    late,
    content,
    result,
    owner,
    href: `/contact-records/${number}`,
    at: dateTimeText(row.at),
    datetime: row.at.toISOString(),
    way: t(`visits:recordWay.${way}`),
    direction: row.incoming ? t('contactRecords:direction.in') : '',
    person: person ?? '',
    next: [row.nextOn, row.nextStep].filter(Boolean).join(' '),
    customer: { name: customer, href: customerNumber && `/customers/${customerNumber}` },
  }
}

function filtersOf(query: RecordListQuery, people: Person[], now: Date, t: Translate) {
  const { q: _q, way: _way, formal: _formal, late: _late, owner: _owner, month: _month, ...kept } = fieldsOf(query)
  const months = Array.from({ length: 13 }, (_, back) => monthAfter(monthOf(now), -back))
  const known = query.month === '' || months.includes(query.month) ? months : [query.month, ...months]
  return {
    action: '/contact-records',
    kept,
    find: { name: 'q', value: query.q, label: t('contactRecords:choose.find') },
    choices: [
      {
        name: 'way',
        label: t('contactRecords:all.way'),
        value: query.way,
        options: ways.map((value) => ({ value, word: t(`visits:recordWay.${value}`) })),
      },
      {
        name: 'formal',
        label: t('contactRecords:all.formal'),
        value: query.formal,
        options: [
          { value: 'yes', word: t('contactRecords:choose.formal') },
          { value: 'no', word: t('contactRecords:choose.informal') },
        ],
      },
      {
        name: 'late',
        label: t('contactRecords:all.late'),
        value: query.late,
        options: [
          { value: 'yes', word: t('contactRecords:choose.late') },
          { value: 'no', word: t('contactRecords:choose.onTime') },
        ],
      },
      ...(query.tab === 'mine' ? [] : [ownerChoice(query, people, t)]),
      {
        name: 'month',
        label: t('contactRecords:all.month'),
        value: query.month,
        options: known.map((value) => ({ value, word: value })),
      },
    ],
    conditions: query.customer
      ? [
          {
            label: t('contactRecords:condition.customer'),
            word: query.customer,
            remove: listAddress({ ...query, customer: '' }),
          },
        ]
      : [],
    ...(isNarrowed(query) ? { clear: listAddress({ tab: query.tab }) } : {}),
  }
}

const ownerChoice = (query: RecordListQuery, people: Person[], t: Translate) => ({
  name: 'owner',
  label: t('contactRecords:all.owner'),
  value: query.owner,
  options: people.map(({ number, name }) => ({ value: number, word: `${name} ${number}` })),
})

function pagerOf(query: RecordListQuery, { rows, count, earlier, later }: RecordList, t: Translate) {
  const at = ({ at, id }: RecordRow) => `${at.getTime()}.${id}`
  const [first, last] = [rows[0], rows.at(-1)]
  return {
    words: count > countedTo ? t('contactRecords:many', { n: countedTo }) : t('contactRecords:count', { n: count }),
    ...(earlier && first ? { previous: listAddress(query, { before: at(first) }) } : {}),
    ...(later && last ? { next: listAddress(query, { after: at(last) }) } : {}),
  }
}
