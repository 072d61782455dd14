import type {
  CollectionPurpose,
  Cooperation,
  CustomerKind,
  CustomerRelation,
  CustomerSource,
} from '../../prisma/client/enums.ts'
import { findDivision } from '../lib/divisions.ts'
import { cleanText } from '../lib/text.ts'
import { judgeCode } from './codes.ts'
import { normaliseName } from './names.ts'
import { judgePhones } from './phones.ts'
import type { Identity } from './rules.ts'

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

/** What is stored of the facts, but for what search and sorting need (indexing.ts). */
export function factColumns(facts: Facts) {
  const { kind, code, relation } = facts
  const { shown, core } = normaliseName(facts.name, kind)
  const kept = codeOf(code)
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
  return {
    kind,
    name: normaliseName(name, kind),
    code: codeOf(code),
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

export const isPlate = (text: string) => plate.test(text)

function codeOf(code: string | null) {
  const judged = code ? judgeCode(code) : null
  return judged && judged.kind !== 'none' && judged.kind !== 'invalid' ? judged : null
}

function divisionColumns({ province, city, district }: Facts) {
  const found = findDivision({ province, city, district })
  if ('unknown' in found) return { province, city, district, divisionCode: null }
  return { province: found.province, city: found.city, district: found.district, divisionCode: found.code }
}
