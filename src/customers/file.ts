import { createHash } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { addressesSection } from '../addresses/section.ts'
import { reading } from '../audit/change.ts'
import { recordsPrinted } from '../contact-records/section.ts'
import { contactsSection } from '../contacts/section.ts'
import type { Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { linksSection } from '../links/section.ts'
import { marker, markText, type Mark } from '../verifications/marks.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { visitsPrinted } from '../visits/around/section.ts'
import { aroundOf, type Around } from './around.ts'
import { customerFile, type CustomerFile } from './documents.ts'
import { factSections, standingFacts, type FactSection } from './fact-pages.ts'
import { fileWords } from './file-words.ts'
import { historyItems, type HistoryItem } from './history/lines.ts'
import { countedTo } from './history/queries.ts'
import { headingOf } from './fact-lines.ts'
import { nextCopyNumber, type Customer } from './queries.ts'

/** CUS-16: prints the customer file; nothing leaves before the trail knows the copy's number and content (AUD-01). */
export async function printCustomerFile(actor: Actor, customer: Customer, now: Date) {
  const { paper, copyNumber } = await fileFor(actor, customer, now)
  const { pdf, sha256, missing } = await renderDocument(paper)
  const after = { copyNumber, sha256, form: 'pdf', ...(missing.length > 0 ? { missing: missing.join(' ') } : {}) }
  await reading(actor, 'customer.printed', `customer:${customer.id}`, { after })
  return { type: 'application/pdf', fileName: `${customer.number}-${copyNumber}.pdf`, body: pdf }
}

/** The same file as a page for the browser to print: a numbered copy, too. */
export async function printedPage(actor: Actor, customer: Customer, now: Date) {
  const { paper, copyNumber } = await fileFor(actor, customer, now)
  const sha256 = createHash('sha256').update(JSON.stringify(paper)).digest('hex')
  const after = { copyNumber, sha256, form: 'html' }
  await reading(actor, 'customer.printed', `customer:${customer.id}`, { after })
  return { paper, number: customer.number }
}

async function fileFor(actor: Actor, customer: Customer, now: Date): Promise<{ paper: Paper; copyNumber: string }> {
  const t = translate[actor.language]
  const rows = (await regulationAt(now)).value('customers.printed_history')
  const [around, copyNumber] = await Promise.all([aroundOf(actor, customer, rows, now), nextCopyNumber(yearOf(now))])
  const { heading, english } = headingOf(customer)
  const mark = marker(t, around.ages, now)
  const paper = customerFile({
    language: actor.language,
    words: fileWords(t),
    company: actor.companyName ?? t('web:product'),
    mark: t('design:seal.internal'),
    number: customer.number,
    name: heading,
    latinName: english ?? undefined,
    copyNumber,
    printedBy: actor.name,
    printedAt: now,
    printedTime: dateTimeText(now),
    facts: [
      { title: t('customers:section.facts'), facts: standingFacts(actor, customer) },
      ...factSections(actor, customer).map((section) => verifiedToo(section, mark.of(section.name), t)),
    ].map(({ title, facts }) => ({ title, facts: facts.map(({ label, value }) => ({ label, value })) })),
    ...listsOf(actor, customer, around, now),
    historyNote: noteOn(around, t),
  })
  return { paper, copyNumber }
}

/** CUS-07: the paper, too, says when a section was last verified. */
function verifiedToo(section: FactSection, mark: Mark | null, t: Translate): Pick<FactSection, 'title' | 'facts'> {
  if (!mark) return section
  const fact = { label: t('verifications:field.verified'), value: markText(mark, t) }
  return { title: section.title, facts: [...section.facts, fact] }
}

/** As on the page: the same rows, in the same words. */
function listsOf(actor: Actor, customer: Customer, around: Around, now: Date) {
  const t = translate[actor.language]
  const history = historyItems(actor, around.history, now)
  const mark = marker(t, around.ages, now)
  const noted = (note: string, of: Mark | null) => [note, of && markText(of, t)].filter(Boolean).join('\n')
  return {
    contacts: contactsSection(actor, customer, around.contacts, now).rows.map((row, at) => ({
      name: row.main ? t('customers:file.main', { name: row.name }) : row.name,
      role: row.post,
      phone: row.phones.text,
      email: [row.wechat.text, row.email.text].filter(Boolean).join('\n'),
      birthday: row.birthday?.text ?? '',
      note: noted(row.note, mark.of(`contact:${around.contacts[at]!.id}`)),
    })),
    addresses: addressesSection(actor, customer, around.addresses).rows.map((row, at) => ({
      kind: row.use,
      address: [row.place, row.address].filter(Boolean).join(' '),
      note: noted(row.note, mark.of(`address:${around.addresses[at]!.id}`)),
    })),
    links: linksSection(actor, customer, around.links).rows.map((row) => ({
      relation: row.side,
      number: row.number,
      name: row.name,
      note: row.note,
    })),
    visits: visitsPrinted(actor, customer, around.visits),
    records: around.contactRecords ? recordsPrinted(actor, around.contactRecords) : undefined,
    history: around.history.map(({ at }, place) => ({
      time: dateTimeText(at),
      person: history[place]!.who,
      what: [history[place]!.sentence, history[place]!.more, ...titlesOf(history[place]!)]
        .filter(Boolean)
        .join(t('customers:trail.comma')),
    })),
  } satisfies Partial<CustomerFile>
}

const titlesOf = ({ files }: HistoryItem) => (files ?? []).map(({ title }) => title)

function noteOn({ history, historyCount }: Around, t: Translate): string | undefined {
  if (historyCount <= history.length) return undefined
  const params = { shown: history.length, n: Math.min(historyCount, countedTo) }
  return t(historyCount > countedTo ? 'customers:file.extractOfMany' : 'customers:file.extract', params)
}
