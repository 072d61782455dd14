import type { Block, Fact, Paper, Section } from '../documents/paper.ts'

/** CUS-16: what a printed customer file says. Every text is translated already, and masked where the reader may not see it. */
export type CustomerFile = {
  language: 'zh' | 'en'
  words: CustomerFileWords
  company: string
  /** 商密·机密; empty for a file without a mark. */
  mark: string
  number: string
  name: string
  latinName?: string | undefined
  copyNumber: string
  printedBy: string
  printedAt: Date
  /** `printedAt` as people read it. */
  printedTime: string
  permit?: string | undefined
  /** The record, section by section, as on its page. */
  facts: { title: string; facts: Fact[] }[]
  contacts?: { name: string; role: string; phone: string; email: string; birthday: string; note: string }[] | undefined
  addresses?: { kind: string; address: string; note: string }[] | undefined
  links?: { relation: string; number: string; name: string; note: string }[] | undefined
  /** The recent ones, as on its page. */
  visits?: { time: string; purpose: string; person: string; outcome: string }[] | undefined
  /** CUS-19: what was last spoken of. */
  records?: { time: string; way: string; person: string; what: string }[] | undefined
  history: { time: string; what: string; person: string }[]
  /** How much of the history this is: 共 812 条，这里是最近的 200 条. */
  historyNote?: string | undefined
}

export type CustomerFileWords = {
  /** 客户档案 */
  file: string
  /** 副本 */
  copy: string
  /** {person} {time} 打印 */
  printed: string
  permit: string
  /** That the mark is the company's own and no state secret. */
  notice: string
  /** 第 {page} 页，共 {pages} 页 */
  page: string
  cover: string
  index: string
  /** Stands in a section without entries. */
  none: string
  coverFacts: { number: string; copyNumber: string; printedBy: string; printedAt: string; permit: string }
  sections: { contacts: string; addresses: string; links: string; visits: string; records: string; history: string }
  columns: {
    contacts: { name: string; role: string; phone: string; email: string; birthday: string; note: string }
    addresses: { kind: string; address: string; note: string }
    links: { relation: string; number: string; name: string; note: string }
    visits: { time: string; purpose: string; person: string; outcome: string }
    records: { time: string; way: string; person: string; what: string }
    history: { time: string; what: string; person: string }
  }
}

/** CUS-16: cover, index, facts, sections and history; number, mark, copy, person and time on every page. */
export function customerFile(file: CustomerFile): Paper {
  const { words } = file
  return {
    language: file.language,
    title: `${words.file} ${file.number}`,
    printedAt: file.printedAt,
    head: { company: file.company, document: words.file, middle: file.name, mark: file.mark },
    foot: {
      left: `${file.number}　${words.copy} ${file.copyNumber}`,
      middle: printedLine(file),
      page: words.page,
      cover: words.cover,
    },
    cover: {
      company: file.company,
      kind: words.file,
      name: file.name,
      latin: file.latinName,
      facts: coverFacts(file),
      notice: words.notice,
    },
    index: words.index,
    sections: sectionsOf(file),
  }
}

function printedLine({ words, printedBy, printedTime, permit }: CustomerFile): string {
  const printed = words.printed.replace(/\{(person|time)\}/g, (_, name) =>
    name === 'person' ? printedBy : printedTime,
  )
  return permit ? `${printed}　${words.permit} ${permit}` : printed
}

function coverFacts({ words: { coverFacts: labels }, ...file }: CustomerFile): Fact[] {
  const facts = [
    { label: labels.number, value: file.number },
    { label: labels.copyNumber, value: file.copyNumber },
    { label: labels.printedBy, value: file.printedBy },
    { label: labels.printedAt, value: file.printedTime },
  ]
  return file.permit ? [...facts, { label: labels.permit, value: file.permit }] : facts
}

function sectionsOf({ words, ...file }: CustomerFile): Section[] {
  const { sections, columns } = words
  const note: Block[] = file.historyNote ? [{ kind: 'text', text: file.historyNote }] : []
  return [
    ...file.facts.map(({ title, facts }): Section => ({ title, blocks: [{ kind: 'facts', facts }] })),
    { title: sections.contacts, blocks: list(words, columns.contacts, contactColumns, file.contacts) },
    { title: sections.addresses, blocks: list(words, columns.addresses, addressColumns, file.addresses) },
    { title: sections.links, blocks: list(words, columns.links, linkColumns, file.links) },
    { title: sections.visits, blocks: list(words, columns.visits, visitColumns, file.visits) },
    { title: sections.records, blocks: list(words, columns.records, recordColumns, file.records) },
    { title: sections.history, blocks: [...note, ...list(words, columns.history, historyColumns, file.history)] },
  ].filter((section) => section.blocks.length > 0)
}

/** Each column's name and its width in millimetres; one without shares what is left. */
type Columns<Name> = [name: Name, width?: number][]

const contactColumns: Columns<'name' | 'role' | 'phone' | 'email' | 'birthday' | 'note'> = [
  ['name', 22],
  ['role', 20],
  ['phone', 28],
  ['email', 34],
  ['birthday', 22],
  ['note'],
]
const addressColumns: Columns<'kind' | 'address' | 'note'> = [['kind', 24], ['address'], ['note', 40]]
const linkColumns: Columns<'relation' | 'number' | 'name' | 'note'> = [
  ['relation', 30],
  ['number', 28],
  ['name'],
  ['note', 36],
]
const visitColumns: Columns<'time' | 'purpose' | 'person' | 'outcome'> = [
  ['time', 32],
  ['purpose'],
  ['person', 24],
  ['outcome', 34],
]
const recordColumns: Columns<'time' | 'way' | 'person' | 'what'> = [['time', 32], ['way', 20], ['person', 28], ['what']]
const historyColumns: Columns<'time' | 'what' | 'person'> = [['time', 32], ['what'], ['person', 28]]

function list<Name extends string>(
  words: CustomerFileWords,
  heads: Record<Name, string>,
  columns: Columns<Name>,
  entries: Record<Name, string>[] | undefined,
): Block[] {
  if (!entries) return []
  if (entries.length === 0) return [{ kind: 'text', text: words.none }]
  return [
    {
      kind: 'table',
      columns: columns.map(([name, width]) => ({ title: heads[name], width })),
      rows: entries.map((entry) => columns.map(([name]) => entry[name])),
    },
  ]
}
