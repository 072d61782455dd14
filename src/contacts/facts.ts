import type { BirthCalendar } from '../../prisma/client/enums.ts'
import { isEmail, mostPhones, phonesIn } from '../customers/facts.ts'
import { nameProblems, normaliseName } from '../customers/names.ts'
import { judgePhones, phoneFaults } from '../customers/phones.ts'
import { phoneDigits, searchable } from '../customers/search.ts'
import type { Refusal } from '../lib/refused.ts'
import { birthdayProblems, birthdayText, readBirthday, type Birthday } from './rules.ts'

/** What people know and type about a contact; several telephones stand in one field. */
export type ContactFacts = {
  name: string
  post: string | null
  phones: string | null
  email: string | null
  wechat: string | null
  birthCalendar: BirthCalendar | null
  birthday: string | null
  note: string | null
  main: boolean
}

type Columns = Omit<ReturnType<typeof contactColumns>, 'grams' | 'searchText' | 'phoneDigits'>

/** CUS-04, CARE-01: everything that is wrong with these facts, at once. */
export function contactProblems({ name, phones, email, birthday, birthCalendar }: ContactFacts, today: string) {
  const read = birthday === null ? null : readBirthday(birthday, birthCalendar)
  return [
    ...nameProblems(name, 'person').map(asContactName),
    ...(phones === null ? [] : phonesProblems(phones)),
    ...(email !== null && !isEmail(email) ? [formProblem('customers:refused.emailForm', 'email')] : []),
    ...(birthday !== null && !read ? [formProblem('contacts:refused.birthForm', 'birthday', 'CARE-01')] : []),
    ...(read ? birthdayProblems(read, today) : []),
  ]
}

/** What is stored of the facts, and by what the contact is found. */
export function contactColumns(facts: ContactFacts) {
  const name = normaliseName(facts.name, 'person').shown
  const phones = phonesIn(facts.phones)
  const birthday = facts.birthday === null ? null : readBirthday(facts.birthday, facts.birthCalendar)
  const { grams, text } = searchable([{ text: name, as: 'person' }])
  return {
    name,
    post: facts.post,
    phones: phones.map(({ shown }) => shown),
    email: facts.email?.toLowerCase() ?? null,
    wechat: facts.wechat,
    birthCalendar: birthday?.calendar ?? null,
    birthYear: birthday?.year ?? null,
    birthMonth: birthday?.month ?? null,
    birthDay: birthday?.day ?? null,
    birthLeap: birthday?.leap ?? false,
    note: facts.note,
    main: facts.main,
    grams,
    searchText: text,
    phoneDigits: phones.length > 0 ? phoneDigits(phones) : null,
  }
}

/** The facts as texts, as a form sends them: for the form, for the trail and for comparing. */
export function contactTexts(columns: Columns) {
  const birthday = birthdayOf(columns)
  return {
    name: columns.name,
    post: columns.post ?? '',
    phones: columns.phones.join('、'),
    email: columns.email ?? '',
    wechat: columns.wechat ?? '',
    birthCalendar: birthday?.calendar ?? '',
    birthday: birthday ? birthdayText(birthday) : '',
    note: columns.note ?? '',
    main: columns.main ? 'on' : '',
  }
}
export type ContactTexts = ReturnType<typeof contactTexts>

export const filled = (texts: ContactTexts) =>
  Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== ''))

export function differences(known: ContactTexts, next: ContactTexts) {
  const changed = (Object.keys(known) as (keyof ContactTexts)[]).filter((name) => known[name] !== next[name])
  return {
    before: Object.fromEntries(changed.map((name) => [name, known[name]])),
    after: Object.fromEntries(changed.map((name) => [name, next[name]])),
  }
}

type Birth = Pick<Columns, 'birthCalendar' | 'birthYear' | 'birthMonth' | 'birthDay' | 'birthLeap'>

export function birthdayOf({ birthCalendar, birthYear, birthMonth, birthDay, birthLeap }: Birth): Birthday | null {
  if (birthCalendar === null || birthMonth === null || birthDay === null) return null
  return { calendar: birthCalendar, year: birthYear, month: birthMonth, day: birthDay, leap: birthLeap }
}

// The sentences about a customer's name send one to the licence.
const asContactName = ({ reason }: Refusal) =>
  formProblem(
    reason === 'customers:refused.nameJoined' ? 'contacts:refused.nameJoined' : 'contacts:refused.name',
    'name',
  )

function phonesProblems(text: string): Refusal[] {
  const { phones, unread } = judgePhones(text)
  if (phones.length > mostPhones)
    return [{ ...formProblem('customers:refused.tooManyPhones', 'phones'), params: { most: mostPhones } }]
  return unread.slice(0, 1).map(({ fault }) => formProblem(phoneFaults[fault], 'phones'))
}

const formProblem = (reason: Refusal['reason'], field: string, rule = 'CUS-04'): Refusal => ({ rule, reason, field })
