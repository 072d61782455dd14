import type { ComplaintCause } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'

export type Report = {
  course: string
  causeKind: ComplaintCause | null
  cause: string
  /** As typed: staff numbers or names. */
  responsible: readonly string[]
  responsibleText: string | null
  conclusion: string
  countermeasure: string
  prevention: string
}

/** CMP-09: what a finished report tells (S1§19 art.17). Where no person is responsible, the department or outside party is. */
export function reportProblems(report: Report): Refusal[] {
  const { course, causeKind, cause, responsible, responsibleText, conclusion, countermeasure, prevention } = report
  const needed: [string, unknown][] = [
    ['course', course],
    ['causeKind', causeKind],
    ['cause', cause],
    ['responsible', responsible.length > 0 ? responsible : responsibleText],
    ['conclusion', conclusion],
    ['countermeasure', countermeasure],
    ['prevention', prevention],
  ]
  return needed.flatMap(([field, value]) =>
    value ? [] : [{ rule: 'CMP-09', reason: 'judging:refused.reportIncomplete' as const, field }],
  )
}

/** 何以宁、C00012, 白鹭: one each. */
export const peopleIn = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,，、;；]+/u)
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]
