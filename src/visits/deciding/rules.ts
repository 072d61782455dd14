import { dateTimeText } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import { hasBegun } from '../spending.ts'

export type Verdict = 'approve' | 'return' | 'refuse'
/** What was decided of one line and of its costs over the limit. */
export type Choice = { visit: bigint; verdict: Verdict; why: string | null; costs: { id: bigint; agreed: boolean }[] }

/** One line that waits, with what of its costs is asked for. */
export type Line = {
  id: bigint
  party: string
  startsAt: Date
  timed: boolean
  arrivedAt: Date | null
  asked: readonly { id: bigint; what: string }[]
}

/** VIS-01: with one line agreed the plan is approved; else it goes back to be changed, unless every line is refused. */
export function verdictOf(choices: readonly Choice[]): Verdict {
  if (choices.some(({ verdict }) => verdict === 'approve')) return 'approve'
  return choices.some(({ verdict }) => verdict === 'return') ? 'return' : 'refuse'
}

/** A line whole agreed, with all its costs. */
export const agreeTo = ({ id, asked }: Pick<Line, 'id' | 'asked'>): Choice => ({
  visit: id,
  verdict: 'approve',
  why: null,
  costs: asked.map((cost) => ({ id: cost.id, agreed: true })),
})

const isWhole = ({ verdict, costs }: Choice): boolean => verdict === 'approve' && costs.every(({ agreed }) => agreed)

/** What is agreed to as it stands needs no reason, also where one was typed before the mind was changed. */
export const plainly = (choice: Choice): Choice => (isWhole(choice) ? { ...choice, why: null } : choice)

export const whyField = (visit: bigint) => `why_${visit}`
export const costField = (visit: bigint, cost: bigint) => `cost_${visit}_${cost}`

/** VIS-01: the lines that were decided are those that wait, and what is not agreed says why. */
export function choiceProblems(lines: readonly Line[], choices: readonly Choice[]): Refusal[] {
  if (!isComplete(lines, choices)) return [{ rule: 'VIS-01', reason: 'visitDecisions:refused.lineMissing' }]
  const parties = new Map(lines.map(({ id, party }) => [id, party]))
  return choices
    .filter((choice) => !isWhole(choice) && !choice.why)
    .map(({ visit }) => ({
      rule: 'VIS-01',
      reason: 'visitDecisions:refused.whyNeeded',
      field: whyField(visit),
      params: { party: parties.get(visit) ?? '' },
    }))
}

function isComplete(lines: readonly Line[], choices: readonly Choice[]): boolean {
  const waiting = lines.flatMap(({ id, asked }) => [`${id}`, ...asked.map((cost) => `${id}:${cost.id}`)])
  const decided = choices.flatMap(({ visit, costs }) => [`${visit}`, ...costs.map(({ id }) => `${visit}:${id}`)])
  return waiting.length === decided.length && new Set([...waiting, ...decided]).size === waiting.length
}

/** VIS-04: of a visit that has begun no cost over the limit is approved any more; without it the visit may be. */
export function begunProblems(lines: readonly Line[], choices: readonly Choice[], now: Date): Refusal[] {
  const byVisit = new Map(choices.map((choice) => [choice.visit, choice]))
  return lines.flatMap((line) => {
    const choice = byVisit.get(line.id)
    if (choice?.verdict !== 'approve' || !hasBegun(line, now)) return []
    const agreed = new Set(choice.costs.filter((cost) => cost.agreed).map(({ id }) => id))
    const { party, startsAt } = line
    return line.asked
      .filter(({ id }) => agreed.has(id))
      .map(({ id, what }): Refusal => {
        const params = { party, at: dateTimeText(startsAt), what }
        return { rule: 'VIS-04', reason: 'visitDecisions:refused.begunLine', field: costField(line.id, id), params }
      })
  })
}

export type Outcome = { agreed: number; left: number; costsRefused: number }

export const outcomeOf = (choices: readonly Choice[]): Outcome => {
  const agreed = choices.filter(({ verdict }) => verdict === 'approve')
  return {
    agreed: agreed.length,
    left: choices.length - agreed.length,
    costsRefused: agreed.flatMap(({ costs }) => costs).filter((cost) => !cost.agreed).length,
  }
}
