import type { Refusal } from '../lib/refused.ts'
import { isBroken, readingOf, type Cell, type Finding, type Reading } from './cells.ts'
import { codeProblems, judgeCode, maskCode, type Code } from './codes.ts'
import type { Mapping } from './columns.ts'
import { nameProblems, normaliseName, soundsLikeOrganisation, type Kind, type Name } from './names.ts'
import { judgePhones, phoneFaults, type Phone } from './phones.ts'
import { provinceNamed, withoutRegion } from './places.ts'

export type Intake = {
  name: Name
  kind: Kind
  code: Extract<Code, { warning: unknown }> | null
  phones: Phone[]
  province: string | null
  city: string | null
  address: string | null
  alias: string | null
  /** the other columns, tidied */
  texts: Partial<Record<TextField, string>>
}

export type JudgedRow = { fields: Intake; warnings: Finding[]; problems: Finding[] }

const textFields = [
  'contact',
  'district',
  'email',
  'owner',
  'registeredOn',
  'companyType',
  'capital',
  'scope',
  'remark',
] as const
type TextField = (typeof textFields)[number]

const longestAddress = 200

export type IntakeOptions = {
  /** what a row is when neither a column nor its code says */
  kind?: Kind
  /** the person importing states that companies with a Latin name have no Chinese one (CUS-03) */
  noChineseName?: boolean
}

/** CUS-15: one row of a file: what would be kept of it, what is odd about it, and why it may not be kept at all. */
export function judgeRow(cells: string[], mapping: Mapping, options: IntakeOptions = {}): JudgedRow {
  const row = readingOf(cells, mapping)
  const name = row.take('name')
  const code = row.take('code')
  const judged = judgeCode(code.text || (code.broken ? code.raw : ''))
  const kind = kindOf(row, name.text, judged, options.kind ?? 'organisation')
  const fields: Intake = {
    name: normaliseName(name.text, kind),
    kind,
    code: judged.kind === 'none' || judged.kind === 'invalid' ? null : judged,
    phones: phonesOf(row),
    province: provinceOf(row),
    city: cityOf(row),
    address: addressOf(row),
    alias: row.take('alias').text || null,
    texts: textsOf(row),
  }
  fields.alias ??= fields.name.alias
  if (!isRubbish(row, name)) {
    judgeWidth(row)
    judgeName(row, name, fields, options.noChineseName ?? false)
    judgeCodeOf(row, code, judged, kind)
  }
  return { fields, warnings: row.warnings, problems: row.problems }
}

function kindOf(row: Reading, name: string, code: Code, otherwise: Kind): Kind {
  const cell = row.take('kind')
  if (/个人|自然人|散客|居民|person|individual/iu.test(cell.text)) return 'person'
  if (/企业|公司|单位|组织|机构|法人|个体|工厂|学校|政府|company|organi[sz]ation/iu.test(cell.text))
    return 'organisation'
  if (cell.text !== '') row.warn(cell.column, 'customers:finding.kindUnknown', { text: short(cell.text) })
  return code.kind === 'resident_id' && !soundsLikeOrganisation(name) ? 'person' : otherwise
}

function phonesOf(row: Reading): Phone[] {
  const phones: Phone[] = []
  for (const cell of row.takeAll('phone')) {
    const judged = judgePhones(cell.text)
    phones.push(...judged.phones.filter((phone) => !phones.some((other) => other.digits === phone.digits)))
    for (const { text, fault } of judged.unread)
      row.warn(cell.column, fault === 'rounded' ? phoneFaults.rounded : 'customers:finding.phoneUnread', {
        text: short(text),
      })
    if (cell.broken) row.warn(cell.column, 'customers:finding.textBroken')
  }
  return phones
}

function provinceOf(row: Reading): string | null {
  const cell = row.take('province')
  const known = provinceNamed(cell.text)
  if (!known && cell.text !== '') row.warn(cell.column, 'customers:finding.provinceUnknown', { text: short(cell.text) })
  if (cell.broken && cell.text === '') row.warn(cell.column, 'customers:finding.textBroken')
  return known
}

function cityOf(row: Reading): string | null {
  const cell = row.take('city')
  const odd = cell.text !== '' && !/^\p{Script=Han}{2,20}$/u.test(cell.text)
  if (odd) row.warn(cell.column, 'customers:finding.cityUnknown', { text: short(cell.text) })
  else if (cell.broken) row.warn(cell.column, 'customers:finding.textBroken')
  return odd || cell.text === '' ? null : cell.text
}

function addressOf(row: Reading): string | null {
  const cell = row.take('address')
  const text = cell.text.replace(/[\s*.。，,;；]+$/u, '')
  if (cell.column === null) return null
  if (cell.broken)
    row.warn(cell.column, text === '' ? 'customers:finding.addressBroken' : 'customers:finding.addressDamaged')
  else if (text === '') row.warn(cell.column, 'customers:finding.addressMissing')
  else if (isVague(text)) row.warn(cell.column, 'customers:finding.addressVague', { text })
  if (text.length > longestAddress)
    row.refuse(cell.column, 'customers:refused.addressTooLong', { most: longestAddress })
  return text === '' ? null : text
}

/** 陕西省 or 场坝: nobody finds the customer there. A village is small enough. */
const isVague = (address: string) =>
  address.length <= 3 || (!/(?:[镇乡村园]|街道|园区|开发区)$/u.test(address) && withoutRegion(address).rest === '')

function textsOf(row: Reading): Intake['texts'] {
  const texts: Intake['texts'] = {}
  for (const field of textFields) {
    const cells = row.takeAll(field)
    const text = cells.flatMap((cell) => cell.text || []).join('；')
    if (text !== '') texts[field] = text
    for (const cell of cells) if (cell.broken) row.warn(cell.column, 'customers:finding.textBroken')
  }
  return texts
}

/** One reason instead of one for each cell; true when there is no more to say. */
function isRubbish(row: Reading, name: Cell): boolean {
  if (!name.broken || name.text !== '' || row.cells.filter(isBroken).length < 2) return false
  row.warnings.length = 0
  row.refuse(null, 'customers:refused.rowBroken')
  return true
}

function judgeWidth(row: Reading): void {
  const params = { cells: row.cells.length, columns: row.mapping.length }
  if (params.cells < params.columns) row.warn(null, 'customers:finding.rowShort', params)
  else if (row.cells.slice(params.columns).some((cell) => cell.trim() !== ''))
    row.refuse(null, 'customers:refused.rowLong', params)
}

function judgeName(row: Reading, cell: Cell, { kind, name }: Intake, noChineseName: boolean): void {
  const lost: Refusal = { rule: 'CUS-03', reason: 'customers:refused.nameBroken', field: 'name' }
  const problems = cell.text === '' && cell.broken ? [lost] : nameProblems(cell.text, kind, { noChineseName })
  row.refuseAll(cell.column, problems)
  const { shown } = name
  if (problems.length > 0) return
  if (cell.broken) row.warn(cell.column, 'customers:finding.nameRare', { name: shown })
  else if (punctuated.test(cell.text) && !punctuated.test(shown))
    row.warn(cell.column, 'customers:finding.nameTidied', { name: shown })
  if (pairs(shown, /[（(]/gu) !== pairs(shown, /[）)]/gu))
    row.warn(cell.column, 'customers:finding.nameUnpaired', { name: shown })
}

const punctuated = /[.。,，;；:：、!！]$/u
const pairs = (text: string, bracket: RegExp) => text.match(bracket)?.length ?? 0

function judgeCodeOf(row: Reading, cell: Cell, code: Code, kind: Kind): void {
  const problems = codeProblems(code, kind)
  const elsewhere =
    problems.length > 0
      ? row.cells.findIndex((other, at) => at !== cell.column && judgeCode(other).kind === 'uscc')
      : -1
  if (elsewhere >= 0)
    row.refuse(elsewhere, 'customers:refused.rowShifted', { code: maskCode(row.cells[elsewhere]!.trim()) })
  else row.refuseAll(cell.column, problems)
  if (code.kind === 'none' && cell.column !== null && kind === 'organisation')
    row.warn(cell.column, 'customers:finding.codeMissing')
  if ('warning' in code && code.warning) row.warn(cell.column, remarks[code.warning])
}

const remarks: Record<'oldRegistration' | 'oldOrganisation', Refusal['reason']> = {
  oldRegistration: 'customers:finding.codeOldRegistration',
  oldOrganisation: 'customers:finding.codeOldOrganisation',
}

const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)
