import type {
  CollectionPurpose,
  Cooperation,
  CustomerKind,
  CustomerRelation,
  CustomerSource,
} from '../../prisma/client/enums.ts'
import { findDivision } from '../lib/divisions.ts'
import type { Refusal } from '../lib/refused.ts'
import { cleanText } from '../lib/text.ts'
import { codeProblems, judgeCode } from './codes.ts'
import { nameProblems, normaliseName } from './names.ts'
import { judgePhones, phoneFaults } from './phones.ts'
import { missingFields, type Identity } from './rules.ts'

/** What people know and type about a customer; several telephones, aliases or plates stand in one field. */
export type Facts = {
  kind: CustomerKind
  name: string
  noChineseName: boolean
  aliases: string | null
  code: string | null
  relation: CustomerRelation
  cooperation: Cooperation | null
  phone: string | null
  email: string | null
  wechat: string | null
  website: string | null
  province: string | null
  city: string | null
  district: string | null
  address: string | null
  plates: string | null
  source: CustomerSource | null
  sourceNote: string | null
  purpose: CollectionPurpose | null
  creditNote: string | null
  tradeNote: string | null
  remark: string | null
}

export const mostAliases = 10
export const mostPhones = 8
export const mostPlates = 50

/** CUS-03, CUS-04, CUS-10: everything that is wrong with these facts, at once. */
export function factProblems(facts: Facts): Refusal[] {
  const { kind, name, noChineseName, code, email, website, plates } = facts
  return [
    ...nameProblems(name, kind, { noChineseName }).map((problem) => ({ ...problem, field: 'name' })),
    ...missingFields({ name, kind, reach: reachOf(facts), source: facts.source, purpose: facts.purpose }).filter(
      ({ field }) => field !== 'name',
    ),
    ...(code ? codeProblems(judgeCode(code), kind).map((problem) => ({ ...problem, field: 'code' })) : []),
    ...phoneFieldProblems(facts.phone),
    ...(email && !isEmail(email) ? [formProblem('emailForm', 'email')] : []),
    ...(website && !websiteOf(website) ? [formProblem('websiteForm', 'website')] : []),
    ...divisionProblems(facts),
    ...relationProblems(facts),
    ...aliasProblems(facts.aliases),
    ...plateProblems(plates),
  ]
}

/** CUS-04: one way to reach the customer is enough. */
export function reachOf({ phone, email, wechat, address }: Pick<Facts, 'phone' | 'email' | 'wechat' | 'address'>) {
  return phone ?? email ?? wechat ?? address
}

/** What is stored of the facts, but for what search and sorting need (indexing.ts). */
export function factColumns(facts: Facts) {
  const { kind, code, relation } = facts
  const { shown, core } = normaliseName(facts.name, kind)
  const judged = code ? judgeCode(code) : null
  const kept = judged && judged.kind !== 'none' && judged.kind !== 'invalid' ? judged : null
  const [phone = null, ...morePhones] = phonesIn(facts.phone).map((one) => one.shown)
  return {
    kind,
    name: shown,
    core,
    noChineseName: facts.noChineseName,
    aliases: listIn(facts.aliases),
    codeKind: kept?.kind ?? null,
    code: kept?.value ?? null,
    relation,
    cooperation: relation === 'cooperating' ? facts.cooperation : null,
    phone,
    morePhones,
    email: facts.email?.toLowerCase() ?? null,
    wechat: facts.wechat,
    website: facts.website ? websiteOf(facts.website) : null,
    ...divisionColumns(facts),
    address: facts.address,
    plates: listIn(facts.plates).map(plateOf),
    source: facts.source,
    sourceNote: facts.sourceNote,
    purpose: facts.purpose,
    creditNote: facts.creditNote,
    tradeNote: facts.tradeNote,
    remark: facts.remark,
  }
}
export type FactColumns = ReturnType<typeof factColumns>

/** The facts as a form shows them, from what is stored. */
export function factsOf(columns: FactColumns): Facts {
  const { phone, morePhones, aliases, plates } = columns
  return {
    ...columns,
    aliases: aliases.join('、') || null,
    plates: plates.join('、') || null,
    phone: phone === null ? null : [phone, ...morePhones].join('、'),
  }
}

/** What these facts are compared by in the search for conflicts (POOL-01). */
export function identityOf({ kind, name, code, phone }: Pick<Facts, 'kind' | 'name' | 'code' | 'phone'>): Identity {
  const judged = code ? judgeCode(code) : null
  return {
    kind,
    name: normaliseName(name, kind),
    code: judged && judged.kind !== 'none' && judged.kind !== 'invalid' ? judged : null,
    phones: phonesIn(phone).map(({ digits }) => digits),
  }
}

export function isEmail(text: string): boolean {
  return (
    text.length <= 254 && /^[^\s@<>"',;:\\()[\]]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,}$/u.test(text)
  )
}

/** http(s) only: whatever else calls itself an address could run something when it is opened. */
export function websiteOf(text: string): string | null {
  const typed = /^[a-z][a-z\d+.-]*:/iu.test(text) && !/^[\w.-]+:\d/u.test(text) ? text : `https://${text}`
  if (!URL.canParse(typed)) return null
  const { protocol, hostname, username, href } = new URL(typed)
  return /^https?:$/u.test(protocol) && hostname.includes('.') && username === '' ? href.replace(/\/$/u, '') : null
}

export function phonesIn(text: string | null) {
  return text === null ? [] : judgePhones(text).phones
}

export const listIn = (text: string | null) => [
  ...new Set(
    (text ?? '')
      .split(/[、,，;；\n]/u)
      .map(cleanText)
      .filter(Boolean),
  ),
]
export const plateOf = (text: string) => text.toUpperCase().replace(/[\s·•.-]/gu, '')
const plate =
  /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Z][A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警港澳]$/u

const formProblem = (word: 'emailForm' | 'websiteForm', field: string): Refusal => ({
  rule: 'CUS-04',
  reason: `customers:refused.${word}`,
  field,
})

function phoneFieldProblems(phone: string | null): Refusal[] {
  if (phone === null) return []
  const { phones, unread } = judgePhones(phone)
  if (phones.length > mostPhones)
    return [{ rule: 'CUS-04', reason: 'customers:refused.tooManyPhones', field: 'phone', params: { most: mostPhones } }]
  return unread.slice(0, 1).map(({ fault }) => ({ rule: 'CUS-04', reason: phoneFaults[fault], field: 'phone' }))
}

function divisionProblems({ province, city, district }: Facts): Refusal[] {
  const found = findDivision({ province, city, district })
  if (!('unknown' in found)) return []
  const { unknown, text } = found
  return [{ rule: 'CUS-10', reason: `customers:refused.${unknown}Unknown`, field: unknown, params: { text } }]
}

function divisionColumns({ province, city, district }: Facts) {
  const found = findDivision({ province, city, district })
  if ('unknown' in found) return { province, city, district, divisionCode: null }
  return { province: found.province, city: found.city, district: found.district, divisionCode: found.code }
}

function relationProblems({ relation, cooperation }: Facts): Refusal[] {
  if (relation === 'business' || cooperation) return []
  return [{ rule: 'CUS-02', reason: 'customers:refused.cooperationMissing', field: 'cooperation' }]
}

function aliasProblems(aliases: string | null): Refusal[] {
  const all = listIn(aliases)
  if (all.length <= mostAliases && all.every((alias) => alias.length <= 60)) return []
  return [{ rule: 'CUS-14', reason: 'customers:refused.aliases', field: 'aliases', params: { most: mostAliases } }]
}

export const isPlate = (text: string) => plate.test(text)

function plateProblems(plates: string | null): Refusal[] {
  const all = listIn(plates).map(plateOf)
  if (all.length > mostPlates)
    return [
      { rule: 'CUS-14', reason: 'customers:refused.tooManyPlates', field: 'plates', params: { most: mostPlates } },
    ]
  const wrong = all.find((one) => !isPlate(one))
  return wrong
    ? [{ rule: 'CUS-14', reason: 'customers:refused.plateForm', field: 'plates', params: { text: wrong } }]
    : []
}
