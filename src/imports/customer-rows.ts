import { contactColumns } from '../contacts/facts.ts'
import { searchColumns } from '../customers/indexing.ts'
import type { Intake } from '../customers/intake/intake.ts'
import type { Reading } from './reading.ts'

type Contact = { name: string; post: string | null; phones: string[]; email: string | null; main: boolean }

/** The first number is the customer's; the others, or a mobile that is the only one, reach the person who is named. */
export function contactsIn({ contacts, phones, post, secondEmail }: Intake): Contact[] {
  const further = phones.length > 1 ? phones.slice(1) : phones.filter(({ type }) => type === 'mobile')
  return contacts.map((name, at) =>
    at === 0
      ? { name, post, phones: further.map(({ shown }) => shown), email: secondEmail, main: true }
      : { name, post: null, phones: [], email: null, main: false },
  )
}

export type Row = ReturnType<typeof customerRow>

/** The columns of a new customer, as the statement that stores them names them. */
export function customerRow(
  number: string,
  fields: Intake,
  reading: Reading,
  contacts: Contact[],
  ownerId: bigint | null,
) {
  const { name, kind, code, phones, email, wechat, website, province, city, district, address } = fields
  const phone = phones[0]?.shown ?? null
  const morePhones = contacts.length > 0 ? [] : phones.slice(1).map(({ shown }) => shown)
  const { aliases, plates } = fields
  const found = searchColumns(
    { kind, name: name.shown, aliases, plates, address, phone, morePhones },
    { contacts, addresses: [] },
  )
  return {
    number,
    kind,
    name: name.shown,
    core: name.core,
    no_chinese_name: fields.noChineseName,
    aliases,
    plates,
    pinyin: found.pinyin,
    initials: found.initials,
    grams: found.grams,
    search_text: found.searchText,
    code_kind: code?.kind ?? null,
    code: code?.value ?? null,
    phone,
    more_phones: morePhones,
    phone_digits: found.phoneDigits,
    email,
    wechat,
    website,
    province,
    city,
    district,
    division_code: fields.divisionCode,
    address,
    source: reading.source,
    purpose: reading.purpose,
    remark: fields.remark,
    details: fields.details,
    owner_id: ownerId === null ? null : String(ownerId),
  }
}

export type ContactRow = ReturnType<typeof contactRow>

export function contactRow(number: string, { phones, ...contact }: Contact) {
  const facts = {
    ...contact,
    phones: phones.join('、') || null,
    wechat: null,
    birthCalendar: null,
    birthday: null,
    note: null,
  }
  const { name, post, email, main, grams, searchText, phoneDigits, ...columns } = contactColumns(facts)
  return {
    number,
    name,
    post,
    phones: columns.phones,
    email,
    main,
    grams,
    search_text: searchText,
    phone_digits: phoneDigits,
  }
}
