import { MarketNoteKind } from '../../../prisma/client/enums.ts'
import { translate, type Language } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { longestAbout, longestNote } from '../../market-notes/rules.ts'
import { longestPromise } from '../../promises/rules.ts'
import { rowNumbers, type RowKind } from './fields.ts'
import type { Beside } from './queries.ts'

type Option = { value: string; word: string }
/** What partials/field is told of one field of the report. */
export type Field = {
  name: string
  label: string
  type?: string
  span: number
  required?: boolean
  value?: string | boolean
  hint?: string | null
  options?: (Option | { name: string; word: string; value: boolean })[]
  blank?: string
  maxlength?: number
  inputmode?: string
  lines?: number
  attrs?: Record<string, string>
  /** What stands in it is decided by the page, also after a refusal. */
  own?: true
}
export type Line = Field[]
type Rows = { summary: string; open: boolean; more: boolean; lines: Line[] }
/** A part of the report's form: what stands already, what is asked, and rows that open when they are needed. */
export type Group = {
  id: string
  heading: string
  lede?: string
  rule?: string
  recorded?: string[]
  said?: string[]
  fields: Field[]
  /** `more`: whether the rows after the first are open as well. */
  rows?: Rows
  links?: { href: string; word: string }[]
}

/** The words of one reader, and what was typed where the form comes back. */
export type Reader = { language: Language; typed: Record<string, string> }

const words = ({ language }: Reader) => translate[language]

/** Open where something was typed into one of its rows, or where the page wants it. */
export function rowsIn(
  { typed }: Reader,
  kind: RowKind,
  summary: string,
  line: (n: number) => Line,
  wanted = false,
): Rows {
  const lines = rowNumbers(kind).map(line)
  const written = lines.map((fields) => fields.some(({ name, type }) => type !== 'select' && Boolean(typed[name])))
  return { summary, open: wanted || written.includes(true), more: written.slice(1).includes(true), lines }
}

export function promiseGroup(reader: Reader, { promises }: Beside, now: Date): Group {
  const t = words(reader)
  const label = (name: 'What' | 'Owner' | 'Due' | 'To') => t(`visitReports:field.promise${name}`)
  return {
    id: 'promises',
    heading: t('visitReports:section.promises'),
    rule: 'VIS-07',
    recorded: promises.map(({ title, number, dueOn }) =>
      t('visitReports:promiseLine', { what: title, number, due: dayText(dueOn) }),
    ),
    fields: [],
    rows: rowsIn(reader, 'promise', t('visitReports:rows.promises'), (n): Line => [
      {
        name: `promiseWhat${n}`,
        label: label('What'),
        span: 12,
        maxlength: longestPromise,
        hint: first(n, t('visitReports:hint.promiseWhat')),
      },
      { name: `promiseDue${n}`, label: label('Due'), type: 'date', span: 4, attrs: { min: dateText(now) } },
      {
        name: `promiseOwner${n}`,
        label: label('Owner'),
        span: 4,
        maxlength: 60,
        hint: first(n, t('visitReports:hint.promiseOwner')),
      },
      { name: `promiseTo${n}`, label: label('To'), span: 4, maxlength: 60, attrs: { list: 'd-people' } },
    ]),
  }
}

const first = (n: number, hint: string) => (n === 1 ? hint : null)

export function noteGroup(reader: Reader, { notes }: Beside): Group {
  const t = words(reader)
  const kinds = Object.values(MarketNoteKind).map((value) => ({ value, word: t(`visits:noteKind.${value}`) }))
  return {
    id: 'notes',
    heading: t('visitReports:section.notes'),
    rule: 'VIS-13',
    recorded: notes.map(({ kind, about, text }) =>
      [t(`visits:noteKind.${kind}`), about, text].filter(Boolean).join(' · '),
    ),
    fields: [],
    rows: rowsIn(reader, 'note', t('visitReports:rows.notes'), (n): Line => [
      {
        name: `noteKind${n}`,
        label: t('visitReports:field.noteKind'),
        type: 'select',
        span: 4,
        options: kinds,
        value: kinds[0]!.value,
      },
      { name: `noteAbout${n}`, label: t('visitReports:field.noteAbout'), span: 8, maxlength: longestAbout },
      {
        name: `noteText${n}`,
        label: t('visitReports:field.noteText'),
        type: 'textarea',
        lines: 2,
        span: 12,
        maxlength: longestNote,
      },
    ]),
  }
}
