import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Block, Paper, Section } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { letOut } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Download } from '../../web/route.ts'
import { figureRows, filedText, lineOf } from './pages.ts'
import type { ContactMonthFound, MonthLine } from './queries.ts'
import { splitAt } from './rules.ts'

const subjectOf = ({ person, month }: ContactMonthFound) => `contact_month_of:${person.id}:${month}`

/** REL-01: the month's record on paper, with room to sign; that it was printed is in the trail. */
export async function printContactMonth(actor: Actor, found: ContactMonthFound, now: Date): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(paperOf(actor, found, now))
  const { month, person } = found
  await reading(actor, 'contact_month.printed', subjectOf(found), { after: { month, person: person.name, sha256 } })
  return { type: 'application/pdf', fileName: `contact-record-${person.number}-${month}.pdf`, body: pdf }
}

function paperOf(actor: Actor, found: ContactMonthFound, now: Date): Paper {
  const t = translate[actor.language]
  const { month, person } = found
  const document = t('contactRecords:month.title')
  return {
    ...edgesOf(actor, now, { document, middle: `${month} · ${person.name}`, left: t('contactRecords:month.rule') }),
    title: `${document} ${month} ${person.name}`,
    sections: sectionsOf(t, found),
  }
}

function sectionsOf(t: Translate, { month, person, lines, filing }: ContactMonthFound): Section[] {
  const { inTime, after } = splitAt(lines, filing?.filedAt ?? null)
  const fact = (name: 'who' | 'department' | 'of' | 'filed', value: string) => ({
    label: t(`contactRecords:month.${name}`),
    value,
  })
  const facts = [
    fact('of', month),
    fact('who', `${person.name} ${person.number}`),
    fact('department', person.department ?? ''),
    fact('filed', filing ? filedText(t, filing) : t('contactRecords:month.notFiled')),
    ...figureRows(t, inTime).map(({ word, n }) => ({ label: word, value: String(n) })),
  ]
  return [
    { title: t('contactRecords:month.titleOf', { month }), blocks: [{ kind: 'facts', facts }, tableOf(t, inTime)] },
    ...(after.length > 0 ? [{ title: t('contactRecords:month.after'), blocks: [tableOf(t, after)] }] : []),
    signatures(t, person.name),
  ]
}

const columnNames = ['no', 'at', 'customer', 'way', 'person', 'content', 'nextStep'] as const
const widths = { no: 10, at: 22, customer: 32, way: 18, person: 20, content: undefined, nextStep: 30 } as const

function tableOf(t: Translate, lines: readonly MonthLine[]): Block {
  const columns = columnNames.map((name) => ({ title: t(`contactRecords:month.column.${name}`), width: widths[name] }))
  if (lines.length === 0) return { kind: 'text', text: t('contactRecords:month.none') }
  return { kind: 'table', columns, rows: lines.map((line, at) => printed(t, line, at + 1)) }
}

function printed(t: Translate, line: MonthLine, n: number): string[] {
  const { at, customer, way, person, content, result, next, late } = lineOf(t, line)
  const marked = late ? `${at}\n${t('contactRecords:late')}` : at
  return [String(n), marked, customer.name, way, person, [content, result].filter(Boolean).join('\n'), next]
}

/** A row to sign in is high enough for a pen. */
const roomToSign = '\n\n'

function signatures(t: Translate, name: string): Section {
  const columns = [
    { title: t('contactRecords:month.party'), width: 38 },
    { title: t('contactRecords:month.name'), width: 34 },
    { title: t('contactRecords:month.signature') },
    { title: t('contactRecords:month.date'), width: 36 },
  ]
  const parties = [
    ['person', name],
    ['head', ''],
    ['customerService', ''],
  ] as const
  const rows = parties.map(([party, who]) => [t(`contactRecords:month.signer.${party}`), who, roomToSign, ''])
  return { title: t('contactRecords:month.signatures'), blocks: [{ kind: 'table', columns, rows }] }
}

/** CUS-15: the same lines as a spreadsheet; numbered, in the trail before its first byte and after its last. */
export async function exportContactMonth(actor: Actor, found: ContactMonthFound, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const names = ['at', 'customer', 'way', 'person', 'content', 'result', 'nextStep', 'late'] as const
  return letOut(actor, {
    as: 'contact_records.export',
    about: { month: found.month, person: found.person.number },
    sheet: `${found.month} ${found.person.name}`,
    header: [...names.map((name) => t(`contactRecords:month.column.${name}`)), t('contactRecords:month.filed')],
    rows: linesOfFile(t, found),
    at: now,
  })
}

async function* linesOfFile(t: Translate, { lines, filing }: ContactMonthFound): AsyncGenerator<string[]> {
  const { inTime, after } = splitAt(lines, filing?.filedAt ?? null)
  const said = filing ? filedText(t, filing) : t('contactRecords:month.notFiled')
  for (const [some, word] of [
    [inTime, said],
    [after, t('contactRecords:month.after')],
  ] as const)
    for (const line of some) {
      const { at, customer, way, person, content, result, next, late } = lineOf(t, line)
      yield [at, customer.name, way, person, content, result, next, late ? t('contactRecords:late') : '', word]
    }
}
