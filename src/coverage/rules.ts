import { Temporal } from 'temporal-polyfill'
import type { CustomerGrade } from '../../prisma/client/enums.ts'
import type { Regulation } from '../regulations/in-force.ts'

/** VIS-10: grade A so often, and so often by a manager; REL-01: everybody once in so many months. */
export const coverageRules = ['grade_a', 'manager', 'yearly'] as const
export type CoverageRule = (typeof coverageRules)[number]
export const ruleIdOf = { grade_a: 'VIS-10', manager: 'VIS-10', yearly: 'REL-01' } as const

/** Days as 2026-11-24; null where there was no such contact yet. */
export type Facts = {
  grade: CustomerGrade | null
  contactedOn: string | null
  managerContactedOn: string | null
  createdOn: string
}

/** In months; `gradeABy`: whose yearly contact counts for grade A. */
export type CoverageFigures = Record<CoverageRule, number> & { gradeABy: 'anybody' | 'manager' }

export const figuresOf = ({ value }: Pick<Regulation, 'value'>): CoverageFigures => ({
  grade_a: value('visits.cover_grade_a'),
  manager: value('visits.cover_manager'),
  yearly: value('relations.every'),
  gradeABy: value('relations.grade_a_by') === 'manager' ? 'manager' : 'anybody',
})

/** Whether only a manager's contact counts. */
const byManager = (rule: CoverageRule, { grade }: Pick<Facts, 'grade'>, { gradeABy }: CoverageFigures): boolean =>
  rule === 'manager' || (rule === 'yearly' && grade === 'A' && gradeABy === 'manager')

/** The day from which it is counted: the last contact, of who never had one the day of the record; null: not asked for. */
export function basisOf(facts: Facts, rule: CoverageRule, figures: CoverageFigures): string | null {
  if (rule !== 'yearly' && facts.grade !== 'A') return null
  const last = byManager(rule, facts, figures) ? facts.managerContactedOn : facts.contactedOn
  return last ?? facts.createdOn
}

const day = (text: string) => Temporal.PlainDate.from(text)

/** Some months on, the last day of a month that has none such. */
export const dueAfter = (basis: string, months: number): string => day(basis).add({ months }).toString()

export type DueBy = { rule: CoverageRule; dueOn: string }

/** VIS-10, REL-01: by which days this customer is to be contacted, the next first. */
export function dueOn(facts: Facts, figures: CoverageFigures): DueBy[] {
  const all = coverageRules.flatMap((rule): DueBy[] => {
    const basis = basisOf(facts, rule, figures)
    return basis === null ? [] : [{ rule, dueOn: dueAfter(basis, figures[rule]) }]
  })
  return all.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

/** The last basis of which a contact is due by a day: so an index of bases answers what is due. */
export function latestBasis(by: string, months: number): string {
  let found = day(by).subtract({ months })
  for (;;) {
    const next = found.add({ days: 1 })
    if (next.add({ months }).toString() > by) return found.toString()
    found = next
  }
}

/** How many days the due day lies behind; 0 where it does not. */
export const daysOver = (due: string, today: string): number => Math.max(0, due < today ? daysBetween(due, today) : 0)

const daysBetween = (a: string, b: string): number => day(a).until(day(b), { largestUnit: 'day' }).days

export const dayBefore = (today: string): string => day(today).subtract({ days: 1 }).toString()
