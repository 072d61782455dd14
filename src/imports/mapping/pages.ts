import type { Actor } from '../../access/actor.ts'
import type { IntakeField } from '../../customers/intake/columns.ts'
import type { Intake } from '../../customers/intake/intake.ts'
import { veil } from '../../customers/sensitivity.ts'
import { translate, type Key, type Translate } from '../../i18n.ts'
import { placesFor, type ImportRecord } from '../queries.ts'
import { storedReading, type Stored } from '../reading.ts'
import { veilCell } from '../rows.ts'
import { sentencesOf } from '../sentences.ts'
import { importStates } from '../states.ts'
import { choicesOf, columnName, type Asked } from './forms.ts'
import { previewOf, type Previewed } from './queries.ts'

export const previewTones = { imported: 'ok', warned: 'warn', duplicate: 'bad', rejected: 'bad' } as const

const groups: [name: 'who' | 'reach' | 'place' | 'work' | 'registration', fields: IntakeField[]][] = [
  ['who', ['name', 'alias', 'kind', 'code', 'distinction']],
  ['reach', ['phone', 'email', 'wechat', 'website', 'contact', 'post']],
  ['place', ['province', 'city', 'district', 'address']],
  ['work', ['owner', 'plate', 'remark']],
  ['registration', ['registeredOn', 'companyType', 'capital', 'scope']],
]

/** What the columns of a file are taken as, and how its first rows would be read with that. */
export async function mappingPage(actor: Actor, record: ImportRecord, asked: Asked) {
  const t = translate[actor.language]
  const stored = storedReading(record.mapping)
  const reading = chosen(record, stored, asked)
  const open = importStates.acts(record.state).includes('start')
  const preview = open ? await previewOf(actor, record.id, reading) : []
  return {
    record: { number: record.number, fileName: record.fileName, total: record.total },
    open,
    notes: notesOf(stored, t),
    columns: columnRows(record, reading.columns, preview, t, veilCell),
    fields: groups.flatMap(([name, fields]) =>
      fields.map((field) => ({
        value: field,
        word: t(`imports:column.${field}`),
        group: t(`imports:columnGroup.${name}`),
      })),
    ),
    options: await optionsFor(actor, record, reading, asked, t),
    preview: preview.map((row) => previewRow(actor, record, reading, row, t)),
  }
}

/** Where the columns of a file are chosen. */
export const mappingAddress = ({ number, subject }: Pick<ImportRecord, 'number' | 'subject'>) =>
  `/imports/${number}/${subject === 'customers' ? 'mapping' : 'columns'}`

/** The choices as an address keeps them: only what was chosen, and no token. */
export function addressOf(path: string, sent: object): string {
  const kept = Object.entries(sent).flatMap(([name, value]): [string, string][] => {
    if (name === 'act' || name === 'columns' || value === null || value === undefined || value === false) return []
    return [[name, value === true ? 'on' : String(value)]]
  })
  return `${path}?${new URLSearchParams(kept).toString()}`
}

function chosen(record: ImportRecord, stored: Stored, asked: Asked): Stored {
  const { columns } = asked
  // An address without a single column is the page as it was opened.
  if (!columns) return stored
  return {
    ...stored,
    columns: record.header.map((_, at) => columns[at] ?? null),
    kind: asked.kind ?? stored.kind,
    noChineseName: asked.noChineseName,
    source: asked.source ?? stored.source,
    purpose: asked.purpose ?? stored.purpose,
  }
}

export function notesOf({ remembered, sheet }: Pick<Stored, 'remembered' | 'sheet'>, t: Translate): string[] {
  const others = sheet?.others ?? []
  return [
    ...(remembered ? [t('imports:map.remembered', remembered)] : []),
    ...(sheet && others.length > 0
      ? [t('imports:page.otherSheets', { sheet: sheet.name, others: others.join(t('web:comma')) })]
      : []),
  ]
}

const samplesShown = 3

type Columned = { cells: string[] }
/** A row for each column of the file: its title, some of what stands in it, and what it is taken as. */
export function columnRows<F extends string>(
  { header }: Pick<ImportRecord, 'header'>,
  columns: readonly (F | null)[],
  preview: readonly Columned[],
  t: Translate,
  veiled: (text: string, field: F) => string,
) {
  return header.map((title, at) => {
    const field = columns[at] ?? null
    const said = preview.map(({ cells }) => cells[at]?.trim() ?? '').filter((text) => text !== '')
    const samples = [...new Set(said)].slice(0, samplesShown).map((text) => short(field ? veiled(text, field) : text))
    return {
      name: columnName(at),
      title: title || t('imports:map.nameless', { at: at + 1 }),
      samples: samples.length > 0 ? samples : [t('imports:map.empty')],
      value: field ?? '',
    }
  })
}

async function optionsFor(actor: Actor, record: ImportRecord, reading: Stored, asked: Asked, t: Translate) {
  const { departments, regions, none } = await placesFor(actor)
  const option = ({ id, name }: { id: bigint; name: string }) => ({ value: String(id), word: name })
  const words = <V extends string>(values: readonly V[], key: (value: V) => Key) =>
    values.map((value) => ({ value, word: t(key(value)) }))
  const place = (askedFor: bigint | null, stored: bigint | null) => String((asked.columns ? askedFor : stored) ?? '')
  const blank = t('imports:hint.none')
  return {
    kind: { value: reading.kind, options: words(choicesOf.kind, (value) => `imports:kind.${value}`) },
    noChineseName: reading.noChineseName,
    source: { value: reading.source, options: words(choicesOf.source, (value) => `customers:source.${value}`) },
    purpose: { value: reading.purpose, options: words(choicesOf.purpose, (value) => `customers:purpose.${value}`) },
    department: {
      value: place(asked.departmentId, record.departmentId),
      options: departments.map(option),
      ...(none.department ? { blank } : {}),
    },
    region: {
      value: place(asked.regionId, record.regionId),
      options: regions.map(option),
      ...(none.region ? { blank } : {}),
    },
  }
}

function previewRow(actor: Actor, record: ImportRecord, reading: Stored, row: Previewed, t: Translate) {
  return {
    line: row.line,
    name: row.fields.name.shown || '—',
    tone: previewTones[row.outcome],
    outcome: t(`imports:preview.${row.outcome}`),
    read: readAs(row.fields, reading, t),
    sentences: sentencesOf(actor.language, record.header, row.findings),
  }
}

/** PRV-02: what was read of a row, as anybody may see it. */
function readAs(fields: Intake, { columns }: Stored, t: Translate) {
  const texts: Partial<Record<IntakeField, string | null>> = {
    ...fields,
    ...fields.details,
    registeredOn: fields.details.foundedOn ?? null,
    kind: t(`imports:kind.${fields.kind}`),
    name: null,
    alias: fields.aliases.join('、'),
    code: fields.code?.value ?? null,
    phone: fields.phones.map(({ shown }) => shown).join('、'),
    contact: fields.contacts.join('、'),
    plate: fields.plates.join('、'),
  }
  const taken = [...new Set(columns.flatMap((field) => field ?? []))]
  return taken.flatMap((field) => {
    const text = texts[field]
    return text ? [{ label: t(`imports:column.${field}`), text: short(veil(field, text)) }] : []
  })
}

const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)
