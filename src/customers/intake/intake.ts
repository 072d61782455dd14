import type { Refusal } from '../../lib/refused.ts'
import { isBroken, isFormulaError, readingOf, type Cell, type Finding, type Reading } from './cells.ts'
import { codeProblems, judgeCode, maskCode, type Code } from '../codes.ts'
import type { Mapping } from './columns.ts'
import { readFields, type IntakeFields } from './fields.ts'
import { nameProblems, normaliseName, soundsLikeOrganisation, type Kind, type Name } from '../names.ts'
import type { Identity } from '../rules.ts'

export type Intake = IntakeFields & {
  name: Name
  kind: Kind
  code: Extract<Code, { warning: unknown }> | null
  /** a foreign name that stands alone because there is no Chinese one */
  noChineseName: boolean
}

export type JudgedRow = { fields: Intake; warnings: Finding[]; problems: Finding[] }

export type IntakeOptions = {
  /** what a row is when neither a column nor its code says */
  kind?: Kind
  /** the person importing states that companies with a Latin name have no Chinese one (CUS-03) */
  noChineseName?: boolean
}

/** CUS-15: one row of a file: what is kept of it, what is odd about it, and why it may not be kept at all. */
export function judgeRow(cells: string[], mapping: Mapping, options: IntakeOptions = {}): JudgedRow {
  const row = readingOf(cells, mapping)
  const name = row.take('name')
  const code = row.take('code')
  const judged = judgeCode(code.text || (code.broken ? code.raw : ''))
  const kind = kindOf(row, name.text, judged, options.kind ?? 'organisation')
  const normal = normaliseName(name.text, kind)
  const fields: Intake = {
    ...readFields(row, normal),
    name: normal,
    kind,
    code: judged.kind === 'none' || judged.kind === 'invalid' ? null : judged,
    noChineseName: kind === 'organisation' && (options.noChineseName ?? false) && !/\p{Script=Han}/u.test(normal.shown),
  }
  if (!isRubbish(row, name)) {
    judgeWidth(row)
    judgeName(row, name, fields, options.noChineseName ?? false)
    judgeCodeOf(row, code, judged, kind)
    judgeFormulas(row)
    judgeReach(row, fields)
  }
  return { fields, warnings: row.warnings, problems: row.problems }
}

/** What a row is compared by in the search for conflicts (POOL-01). */
export function intakeIdentity({ kind, name, code, phones }: Intake): Identity {
  return { kind, name, code, phones: phones.map(({ digits }) => digits) }
}

function kindOf(row: Reading, name: string, code: Code, otherwise: Kind): Kind {
  const cell = row.take('kind')
  if (/个人|自然人|散客|居民|person|individual/iu.test(cell.text)) return 'person'
  if (/企业|公司|单位|组织|机构|法人|个体|工厂|学校|政府|company|organi[sz]ation/iu.test(cell.text))
    return 'organisation'
  if (cell.text !== '') row.warn(cell.column, 'customers:finding.kindUnknown', { text: cell.text.slice(0, 30) })
  return code.kind === 'resident_id' && !soundsLikeOrganisation(name) ? 'person' : otherwise
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

/** A formula that was never worked out, or went wrong, says nothing; the reader is told where. */
function judgeFormulas(row: Reading): void {
  for (const [column, field] of row.mapping.entries()) {
    const text = row.cells[column]?.trim() ?? ''
    if (!field || !isFormulaError(text)) continue
    if (text === '#FORMULA!') row.warn(column, 'customers:finding.formulaUnworked')
    else row.warn(column, 'customers:finding.formulaError', { text })
  }
}

/**
 * CUS-04 asks for one way to reach a customer. Lists of registrations have none, and turning them away would keep the
 * company from working through them: such a row is kept, provisional as every imported one, and told.
 */
function judgeReach(row: Reading, { phones, email, wechat, address }: Intake): void {
  if (phones.length === 0 && !email && !wechat && !address) row.warn(null, 'customers:finding.reachMissing')
}
