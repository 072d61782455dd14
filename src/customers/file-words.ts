import type { Translate } from '../i18n.ts'
import type { CustomerFileWords } from './documents.ts'

/** Every word that a printed file has of its own. */
export function fileWords(t: Translate): CustomerFileWords {
  const note = t('customers:file.note')
  const name = t('customers:field.name')
  const number = t('customers:field.number')
  return {
    file: t('customers:file.name'),
    copy: t('customers:file.copy'),
    printed: t('documents:printed'),
    permit: t('customers:file.permit'),
    notice: t('customers:file.notice'),
    page: t('documents:page'),
    cover: t('customers:file.cover'),
    index: t('customers:file.index'),
    none: t('customers:file.none'),
    coverFacts: {
      number,
      copyNumber: t('customers:file.copyNumber'),
      printedBy: t('customers:file.printedBy'),
      printedAt: t('customers:file.printedAt'),
      permit: t('customers:file.permit'),
    },
    sections: {
      contacts: t('customers:file.contacts'),
      addresses: t('customers:file.addresses'),
      links: t('customers:file.links'),
      visits: t('visitHome:section.title'),
      records: t('contactRecords:section.title'),
      history: t('customers:file.history'),
    },
    columns: {
      contacts: {
        name: t('contacts:field.name'),
        role: t('contacts:field.post'),
        phone: t('contacts:field.phones'),
        email: t('customers:file.ways'),
        birthday: t('contacts:field.birthday'),
        note,
      },
      addresses: { kind: t('customers:file.use'), address: t('customers:field.address'), note },
      links: { relation: t('customers:file.relation'), number, name, note },
      visits: {
        time: t('visitHome:section.column.when'),
        purpose: t('visitHome:section.column.purpose'),
        person: t('visitHome:section.column.who'),
        outcome: t('visitHome:section.column.state'),
      },
      records: {
        time: t('contactRecords:field.at'),
        way: t('contactRecords:field.way'),
        person: t('contactRecords:field.contactId'),
        what: t('contactRecords:field.content'),
      },
      history: { time: t('customers:file.time'), what: t('customers:file.what'), person: t('customers:file.person') },
    },
  }
}
