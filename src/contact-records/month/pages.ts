import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'
import type { ContactMonthFound, FiledRow, Filing, MonthLine } from './queries.ts'
import { figuresOf, splitAt } from './rules.ts'

const addressOf = (of: string, who: string, path = '/contact-records/month') =>
  `${path}?${new URLSearchParams({ of, who })}`

/** /contact-records/month */
export function contactMonthPage(actor: Actor, found: ContactMonthFound, now: Date) {
  const t = translate[actor.language]
  const { month, person, filing, others } = found
  const { inTime, after } = splitAt(found.lines, filing?.filedAt ?? null)
  const own = person.id === actor.id
  return {
    month,
    title: t('contactRecords:month.titleOf', { month }),
    person: person.name,
    department: person.department ?? '',
    state: stateOf(t, found, now),
    files: own && filing === null && month <= monthOf(now) && mayEver(actor, 'contact_records.record'),
    pdf: addressOf(month, person.number, '/contact-records/month.pdf'),
    xlsx: mayEver(actor, 'visits.export') ? addressOf(month, person.number, '/contact-records/month.xlsx') : null,
    previous: addressOf(monthAfter(month, -1), person.number),
    next: month < monthOf(now) ? addressOf(monthAfter(month, 1), person.number) : null,
    figures: figureRows(t, inTime),
    lines: inTime.map((line) => lineOf(t, line)),
    after: after.map((line) => lineOf(t, line)),
    others: others.length > 0 ? othersOf(t, month, others) : null,
    nothing: { heading: t('contactRecords:month.none'), hint: t('contactRecords:month.noneHint') },
  }
}

function stateOf(t: Translate, { month, filing, dueAt }: ContactMonthFound, now: Date) {
  const due = dateTimeText(dueAt)
  if (filing) return { tone: filing.late ? ('warn' as const) : ('ok' as const), text: filedText(t, filing) }
  if (month > monthOf(now)) return { tone: 'info' as const, text: t('contactRecords:month.notYet') }
  if (now > dueAt) return { tone: 'bad' as const, text: t('contactRecords:month.overdue', { due }) }
  return { tone: 'info' as const, text: t('contactRecords:month.open', { due }) }
}

export const filedText = (t: Translate, { filedAt, late }: Pick<Filing, 'filedAt' | 'late'>): string =>
  t(late ? 'contactRecords:month.filedLate' : 'contactRecords:month.filedAt', { at: dateTimeText(filedAt) })

export function figureRows(t: Translate, lines: readonly MonthLine[]) {
  const figures = figuresOf(lines)
  return (['visits', 'records', 'customers', 'formal', 'late'] as const).map((name) => ({
    word: t(`contactRecords:month.figures.${name}`),
    n: figures[name],
  }))
}

/** A line of the sheet, in words. */
export function lineOf(t: Translate, line: MonthLine) {
  const { visit, number, way, customerNumber, person, content, result, late } = line
  return {
    href: visit ? `/visits/${number}` : `/contact-records/${number}`,
    at: dateTimeText(line.at),
    datetime: line.at.toISOString(),
    customer: { name: line.customer, href: customerNumber && `/customers/${customerNumber}` },
    way: visit || way === null ? t('contactRecords:month.kind.visit') : t(`visits:recordWay.${way}`),
    formal: !visit && line.formal,
    person: person ?? '',
    content,
    result,
    late,
    next: [line.nextOn, line.nextStep].filter(Boolean).join(' '),
  }
}

function othersOf(t: Translate, month: string, others: readonly FiledRow[]) {
  const filed = others.filter(({ filedAt }) => filedAt !== null).length
  return {
    words: t('contactRecords:month.othersOf', { filed, left: others.length - filed }),
    rows: others.map((row) => ({
      name: row.name,
      department: row.department ?? '',
      href: addressOf(month, row.number),
      state: row.filedAt
        ? { tone: row.late ? 'warn' : 'ok', word: filedText(t, row) }
        : { tone: 'wait', word: t('contactRecords:month.notFiled') },
      visits: row.filedAt ? String(row.visits) : '',
      records: row.filedAt ? String(row.records) : '',
    })),
  }
}
