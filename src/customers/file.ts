import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { actionSentence } from '../audit/actions.ts'
import { dateText, dateTimeText, yearOf } from '../lib/dates.ts'
import { customerFile, type CustomerFileWords } from './documents.ts'
import { detailsOf } from './pages.ts'
import { placeOf } from './placing.ts'
import { historyOf, nextCopyNumber, type Customer } from './queries.ts'

const historyRows = 200

/** CUS-16: prints the customer file; nothing leaves before the trail knows the copy's number and content (AUD-01). */
export async function printCustomerFile(actor: Actor, customer: Customer, now: Date) {
  const t = translate[actor.language]
  const [history, copyNumber] = await Promise.all([historyOf(customer, historyRows), nextCopyNumber(yearOf(now))])
  const { pdf, sha256, missing } = await renderDocument(
    customerFile({
      language: actor.language,
      words: fileWords(t),
      company: actor.companyName ?? t('web:product'),
      mark: '',
      number: customer.number,
      name: customer.name,
      copyNumber,
      printedBy: actor.name,
      printedAt: now,
      printedTime: dateTimeText(now),
      facts: {
        number: customer.number,
        name: customer.name,
        kind: t(`customers:kind.${customer.kind}`),
        life: '',
        code: customer.code ?? '',
        phone: customer.phone ?? '',
        address: [placeOf(customer), customer.address].filter(Boolean).join(' '),
        region: customer.region?.name ?? '',
        department: customer.department?.name ?? '',
        owner: customer.owner?.name ?? t('customers:list.noOwner'),
        created: dateText(customer.createdAt),
      },
      history: history.map((line) => ({
        time: dateTimeText(line.at),
        person: line.actorName,
        what: [actionSentence(actor.language, line.action), ...detailsOf(line, actor)].join(t('web:comma')),
      })),
    }),
  )
  const after = { copyNumber, sha256, ...(missing.length > 0 ? { missing: missing.join(' ') } : {}) }
  await reading(actor, 'customer.printed', `customer:${customer.id}`, { after })
  return { type: 'application/pdf', fileName: `${customer.number}-${copyNumber}.pdf`, body: pdf }
}

function fileWords(t: Translate): CustomerFileWords {
  const person = { name: t('customers:field.name'), role: t('customers:file.role') }
  return {
    file: t('customers:file.name'),
    copy: t('customers:file.copy'),
    printed: t('customers:file.printed'),
    permit: t('customers:file.permit'),
    notice: t('customers:file.notice'),
    page: t('customers:file.page'),
    cover: t('customers:file.cover'),
    index: t('customers:file.index'),
    none: t('customers:file.none'),
    coverFacts: {
      number: t('customers:field.number'),
      copyNumber: t('customers:file.copyNumber'),
      printedBy: t('customers:file.printedBy'),
      printedAt: t('customers:file.printedAt'),
      permit: t('customers:file.permit'),
    },
    sections: {
      facts: t('customers:section.facts'),
      contacts: t('customers:file.contacts'),
      addresses: t('customers:file.addresses'),
      links: t('customers:file.links'),
      history: t('customers:file.history'),
    },
    facts: {
      number: t('customers:field.number'),
      name: t('customers:field.name'),
      kind: t('customers:field.kind'),
      life: t('customers:file.life'),
      code: t('customers:field.code'),
      phone: t('customers:field.phone'),
      address: t('customers:field.address'),
      region: t('customers:field.region'),
      department: t('customers:field.department'),
      owner: t('customers:field.owner'),
      created: t('customers:field.created'),
    },
    columns: {
      contacts: {
        ...person,
        phone: t('customers:field.phone'),
        email: t('customers:file.email'),
        note: t('customers:file.note'),
      },
      addresses: {
        kind: t('customers:file.use'),
        address: t('customers:field.address'),
        verified: t('customers:file.verified'),
      },
      links: {
        relation: t('customers:file.relation'),
        number: t('customers:field.number'),
        name: t('customers:field.name'),
      },
      history: { time: t('customers:file.time'), what: t('customers:file.what'), person: t('customers:file.person') },
    },
  }
}
