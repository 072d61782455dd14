import { createHash } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { addressesSection } from '../addresses/section.ts'
import { reading } from '../audit/change.ts'
import { contactsSection } from '../contacts/section.ts'
import type { Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { linksSection } from '../links/section.ts'
import { aroundOf, type Around } from './around.ts'
import { customerFile, type CustomerFile } from './documents.ts'
import { factSections, standingFacts } from './fact-pages.ts'
import { fileWords } from './file-words.ts'
import { historyItems } from './history/lines.ts'
import { countedTo } from './history/queries.ts'
import { headingOf } from './fact-lines.ts'
import { nextCopyNumber, type Customer } from './queries.ts'

const historyRows = 200

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
  const [around, copyNumber] = await Promise.all([aroundOf(actor, customer, historyRows), nextCopyNumber(yearOf(now))])
  const { heading, english } = headingOf(customer)
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
      ...factSections(actor, customer),
    ].map(({ title, facts }) => ({ title, facts: facts.map(({ label, value }) => ({ label, value })) })),
    ...listsOf(actor, customer, around, now),
    historyNote: noteOn(around, t),
  })
  return { paper, copyNumber }
}

/** As on the page: the same rows, in the same words. */
function listsOf(actor: Actor, customer: Customer, around: Around, now: Date) {
  const t = translate[actor.language]
  const history = historyItems(actor, around.history, now)
  return {
    contacts: contactsSection(actor, customer, around.contacts, now).rows.map((row) => ({
      name: row.main ? t('customers:file.main', { name: row.name }) : row.name,
      role: row.post,
      phone: row.phones.text,
      email: [row.wechat.text, row.email.text].filter(Boolean).join('\n'),
      birthday: row.birthday?.text ?? '',
      note: row.note,
    })),
    addresses: addressesSection(actor, customer, around.addresses).rows.map((row) => ({
      kind: row.use,
      address: [row.place, row.address].filter(Boolean).join(' '),
      note: row.note,
    })),
    links: linksSection(actor, customer, around.links).rows.map((row) => ({
      relation: row.side,
      number: row.number,
      name: row.name,
      note: row.note,
    })),
    history: around.history.map(({ at }, place) => ({
      time: dateTimeText(at),
      person: history[place]!.who,
      what: [history[place]!.sentence, history[place]!.more].filter(Boolean).join(t('customers:trail.comma')),
    })),
  } satisfies Partial<CustomerFile>
}

function noteOn({ history, historyCount }: Around, t: Translate): string | undefined {
  if (historyCount <= history.length) return undefined
  const params = { shown: history.length, n: Math.min(historyCount, countedTo) }
  return t(historyCount > countedTo ? 'customers:file.extractOfMany' : 'customers:file.extract', params)
}
