import type { Refusal } from '../lib/refused.ts'
import { wouldCircle, type Unit } from './tree.ts'

type Place = { id: bigint | null; name: string; parentId: bigint | null }

/** PPL-01: scopes reach all below, so the tree has no circles; siblings are told apart by name. */
export function placementProblems(units: readonly Unit[], { id, name, parentId }: Place): Refusal[] {
  const problems: Refusal[] = []
  if (parentId !== null && !units.some((unit) => unit.id === parentId))
    problems.push({ rule: 'PPL-01', reason: 'organisation:refused.parentGone', field: 'parentId' })
  if (id !== null && wouldCircle(units, id, parentId))
    problems.push({ rule: 'PPL-01', reason: 'organisation:refused.circle', field: 'parentId', params: { name } })
  if (units.some((unit) => unit.id !== id && unit.parentId === parentId && unit.name === name))
    problems.push({ rule: 'PPL-01', reason: 'organisation:refused.sameName', field: 'name', params: { name } })
  return problems
}

export type Occupancy = { children: number; staff: number; customers: number; grants: number; imports: number }

/** ACC-02: only what is empty can go; everything in it is moved first. */
export function removalProblems(name: string, counts: Occupancy): Refusal[] {
  if (Object.values(counts).every((count) => count === 0)) return []
  return [{ rule: 'ACC-02', reason: 'organisation:refused.occupied', params: { name, ...counts } }]
}

/** PPL-02: the first administrator hands over: the company is named, and another person keeps the accounts. */
export function firstStepsProblems(state: { named: boolean; finished: boolean; systemAdmins: number }): Refusal[] {
  if (state.finished) return [{ rule: 'PPL-02', reason: 'organisation:refused.finished' }]
  const problems: Refusal[] = []
  if (!state.named) problems.push({ rule: 'PPL-02', reason: 'organisation:refused.noCompany' })
  if (state.systemAdmins === 0) problems.push({ rule: 'PPL-02', reason: 'organisation:refused.noSystemAdmin' })
  return problems
}
