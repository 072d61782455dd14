import type { Refusal } from '../../lib/refused.ts'
import { brokenCharacters, cleanText, looksGarbled } from '../../lib/text.ts'
import type { IntakeField, Mapping } from './columns.ts'

/** A refusal or a remark about a row, with the column it is about. */
export type Finding = Refusal & { column: number | null }

/** A cell of a file; the text is empty where the cell says nothing or cannot be read. */
export type Cell = { text: string; raw: string; column: number | null; broken: boolean }

type Reason = Refusal['reason']
type Params = Refusal['params']

/** One row while it is read: its cells by field, and what was found. */
export type Reading = {
  cells: string[]
  mapping: Mapping
  warnings: Finding[]
  problems: Finding[]
  take: (field: IntakeField) => Cell
  takeAll: (field: IntakeField) => Cell[]
  warn: (column: number | null, reason: Reason, params?: Params) => void
  refuse: (column: number | null, reason: Reason, params?: Params) => void
  refuseAll: (column: number | null, refusals: Refusal[]) => void
}

export function readingOf(cells: string[], mapping: Mapping): Reading {
  const [warnings, problems]: [Finding[], Finding[]] = [[], []]
  const read = new Map<IntakeField, Cell[]>()
  for (const [column, field] of mapping.entries())
    if (field) read.set(field, [...(read.get(field) ?? []), readCell(cells[column] ?? '', column)])
  const finding = (column: number | null, reason: Reason, params?: Params) => ({
    rule: 'CUS-15',
    reason,
    column,
    ...(params && { params }),
  })
  return {
    cells,
    mapping,
    warnings,
    problems,
    takeAll: (field) => read.get(field) ?? [],
    take: (field) => read.get(field)?.[0] ?? { text: '', raw: '', column: null, broken: false },
    warn: (column, reason, params) => warnings.push(finding(column, reason, params)),
    refuse: (column, reason, params) => problems.push(finding(column, reason, params)),
    refuseAll: (column, refusals) => problems.push(...refusals.map((refusal) => ({ ...refusal, column }))),
  }
}

export const isBroken = (text: string) => brokenCharacters(text).length > 0 || looksGarbled(text)

/** Words people and programs write for "nothing"; marks alone (- / *) say nothing either. */
const nothing = /^(?:n\/?a|null|none|nil|undefined|无|暂无|没有|未知|不详|未填|未提供|待补充?|空)$/iu
const formulaError = /^#(?:N\/A|VALUE!|REF!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FORMULA!)$/iu

/** Errors that a formula left behind; #N/A is how many files write that there is nothing. */
export const isFormulaError = (text: string) => formulaError.test(text.trim()) && !/^#N\/A$/iu.test(text.trim())

function readCell(raw: string, column: number): Cell {
  // ="0571…" and '0571… are how spreadsheets keep a number as text.
  const plain = cleanText(raw.replace(/^="(.*)"$/su, '$1').replace(/^'(?=[\d+])/u, ''))
  const broken = isBroken(raw)
  const lost = broken && (plain.match(/[\p{Script=Han}A-Za-z0-9]/gu)?.length ?? 0) < brokenCharacters(raw).length * 4
  const says = !(lost || nothing.test(plain) || formulaError.test(plain) || (!broken && !/[\p{L}\p{N}]/u.test(plain)))
  return { text: says ? plain : '', raw, column, broken }
}
