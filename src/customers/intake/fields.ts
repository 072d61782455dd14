import { dayWritten } from '../../lib/days.ts'
import { cleanText, fold } from '../../lib/text.ts'
import type { Cell, Reading } from './cells.ts'
import type { IntakeField } from './columns.ts'
import { isEmail, isPlate, listIn, mostAliases, mostPhones, mostPlates, plateOf, websiteOf } from '../facts.ts'
import { placeIn, type IntakePlace } from './places.ts'
import { nameProblems, type Name } from '../names.ts'
import { judgePhones, phoneFaults, type Phone } from '../phones.ts'

type Detail = 'foundedOn' | 'companyType' | 'capital' | 'scope'

export type IntakeFields = IntakePlace & {
  phones: Phone[]
  email: string | null
  /** of a second address only a contact has use */
  secondEmail: string | null
  wechat: string | null
  website: string | null
  aliases: string[]
  plates: string[]
  contacts: string[]
  post: string | null
  owner: string | null
  remark: string | null
  distinction: string | null
  details: Partial<Record<Detail, string>>
}

const longestText = 2000
const mostContacts = 10

/** CUS-15: every field but name, kind and code. What is not kept of a cell is told as a finding. */
export function readFields(row: Reading, name: Name): IntakeFields {
  const contacts = contactsOf(row)
  return {
    ...placeIn(row),
    ...emailsOf(row, contacts.length > 0),
    phones: phonesOf(row),
    wechat: textOf(row, 'wechat', 60),
    website: websiteIn(row),
    aliases: aliasesOf(row, name),
    plates: platesOf(row),
    contacts,
    post: postOf(row, contacts.length > 0),
    owner: textOf(row, 'owner', 60),
    remark: textOf(row, 'remark', longestText),
    distinction: textOf(row, 'distinction', 200),
    details: detailsOf(row),
  }
}

function phonesOf(row: Reading): Phone[] {
  const phones: Phone[] = []
  for (const cell of row.takeAll('phone')) {
    const judged = judgePhones(cell.text)
    const found = judged.phones.filter((phone) => !phones.some((other) => other.digits === phone.digits))
    const room = Math.max(mostPhones - phones.length, 0)
    phones.push(...found.slice(0, room))
    if (found.length > room) row.warn(cell.column, 'customers:finding.phonesTooMany', { most: mostPhones })
    for (const { text, fault } of judged.unread)
      row.warn(cell.column, fault === 'rounded' ? phoneFaults.rounded : 'customers:finding.phoneUnread', {
        text: hidden(text),
      })
    if (cell.broken) row.warn(cell.column, 'customers:finding.textBroken')
  }
  return phones
}

function emailsOf(row: Reading, forContact: boolean): Pick<IntakeFields, 'email' | 'secondEmail'> {
  const cell = row.take('email')
  const typed = cell.text.split(/[\s、，,;；/]+/u).filter((text) => text !== '')
  const good = typed.filter(isEmail).map((text) => text.toLowerCase())
  if (good.length < typed.length) row.warn(cell.column, 'customers:finding.emailUnread')
  if (good.length > (forContact ? 2 : 1)) row.warn(cell.column, 'customers:finding.emailsTooMany')
  return { email: good[0] ?? null, secondEmail: forContact ? (good[1] ?? null) : null }
}

function websiteIn(row: Reading): string | null {
  const cell = row.take('website')
  if (cell.text === '') return null
  const website = websiteOf(cell.text)
  if (!website) row.warn(cell.column, 'customers:finding.websiteUnread', { text: short(cell.text) })
  return website
}

function aliasesOf(row: Reading, name: Name): string[] {
  const cells = row.takeAll('alias')
  const all = [...new Set([...cells.flatMap(({ text }) => listIn(text)), ...(name.alias ? [name.alias] : [])])]
  const others = all.filter((alias) => fold(alias) !== name.folded)
  const kept = others.filter((alias) => alias.length <= 60).slice(0, mostAliases)
  if (kept.length < others.length) row.warn(columnOf(cells), 'customers:finding.aliasesTooMany', { most: mostAliases })
  return kept
}

function platesOf(row: Reading): string[] {
  const plates = new Set<string>()
  for (const cell of row.takeAll('plate'))
    for (const text of listIn(cell.text.replaceAll('/', '、'))) {
      const plate = plateOf(text)
      if (!isPlate(plate)) row.warn(cell.column, 'customers:finding.plateUnread', { text: short(text) })
      else if (plates.size < mostPlates) plates.add(plate)
      else row.warn(cell.column, 'customers:finding.platesTooMany', { most: mostPlates })
    }
  return [...plates]
}

function contactsOf(row: Reading): string[] {
  const cells = row.takeAll('contact')
  const names = [...new Set(cells.flatMap((cell) => cell.text.split(/[、，,;；/]/u).map(cleanText)))]
  const all = names.filter((name) => name !== '')
  const kept = all.filter((name) => name.length <= 60).slice(0, mostContacts)
  if (kept.length < all.length) row.warn(columnOf(cells), 'customers:finding.contactsTooMany', { most: mostContacts })
  for (const cell of cells) if (cell.broken) row.warn(cell.column, 'customers:finding.textBroken')
  return kept.filter((name) => {
    const wrong = nameProblems(name, 'person').length > 0
    if (wrong) row.warn(columnOf(cells), 'customers:finding.contactUnread', { text: hidden(name) })
    return !wrong
  })
}

function postOf(row: Reading, forContact: boolean): string | null {
  const post = textOf(row, 'post', 60)
  if (post && !forContact) row.warn(row.take('post').column, 'customers:finding.postAlone', { text: short(post) })
  return forContact ? post : null
}

function detailsOf(row: Reading): IntakeFields['details'] {
  const foundedOn = textOf(row, 'registeredOn', 60)
  const details: Record<Detail, string | null> = {
    foundedOn: foundedOn && (dayWritten(foundedOn) ?? foundedOn),
    companyType: textOf(row, 'companyType', longestText),
    capital: textOf(row, 'capital', longestText),
    scope: textOf(row, 'scope', longestText),
  }
  return Object.fromEntries(Object.entries(details).filter(([, text]) => text !== null))
}

function textOf(row: Reading, field: IntakeField, most: number): string | null {
  const cells = row.takeAll(field)
  const text = cells.flatMap((cell) => cell.text || []).join('；')
  for (const cell of cells) if (cell.broken) row.warn(cell.column, 'customers:finding.textBroken')
  if (text.length > most) row.warn(columnOf(cells), 'customers:finding.textCut', { most })
  return text === '' ? null : text.slice(0, most)
}

const columnOf = (cells: Cell[]) => cells[0]?.column ?? null
const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)

/** PRV-02: a telephone that cannot be read is one all the same. */
const hidden = (text: string) => short(text).replace(/(?<=\d{3})\d(?=\d{2})/gu, '*')
