import { z } from 'zod'
import {
  CustomerGrade,
  PurposeReached,
  SpendingState,
  VisitPurpose,
  VisitState,
  VisitTarget,
} from '../../../prisma/client/enums.ts'
import { reportings, standings } from '../counting.ts'

/** Whose: '' is everybody's that the person sees. */
export const scopes = ['mine', 'department'] as const
export const sorts = ['newest', 'oldest'] as const
/** Besides what became of it: reported and not reviewed yet, and of these what this person reviews. */
export const reports = [...reportings, 'review', 'toReview'] as const
export const costs = ['spent', ...Object.values(SpendingState)] as const

const oneOf = <const T extends string>(values: readonly T[]) =>
  z
    .enum(['', ...values])
    .optional()
    .transform((value): T | '' => (value ?? '') as T | '')
const written = (pattern: RegExp) => z.string().regex(pattern).default('')
const day = z.union([z.literal(''), z.iso.date()]).default('')
const mark = z
  .string()
  .regex(/^BF\d{10,}$/)
  .optional()

const states = Object.values(VisitState)
const isState = (name: string): name is VisitState => (states as string[]).includes(name)
export type StateChoice = '' | VisitState[]

/** '' is all of them; else one by one in the order of the course: `approved.done`. */
const state = z
  .string()
  .max(100)
  .default('')
  .refine((value) => value === '' || value.split('.').every(isState))
  .transform((value): StateChoice => {
    const named = value.split('.')
    const chosen = states.filter((name) => named.includes(name))
    return chosen.length === 0 || chosen.length === states.length ? '' : chosen
  })

/** The form of conditions sends a box for each state; everything else writes `state`. */
function fromBoxes(raw: unknown): unknown {
  const values = raw as Record<string, unknown>
  if (values['boxes'] !== 'on') return raw
  return { ...values, state: states.filter((name) => values[`state-${name}`] === 'on').join('.') }
}

/** All state of the list is in its address; an unknown value is refused, an unknown name is not read. */
export const visitListQuery = z.preprocess(
  fromBoxes,
  z.object({
    /** Number, who is visited, agenda, place. */
    q: z.string().max(100).default(''),
    scope: oneOf(scopes),
    /** `counted`: only what the person's assessments count, for lists that a figure opens. */
    reach: oneOf(['counted']),
    state,
    /** 2026-11 */
    month: written(/^(?:|20\d\d-(?:0[1-9]|1[0-2]))$/),
    from: day,
    to: day,
    /** Who goes, by staff number. */
    owner: written(/^(?:|mine|[A-Z][0-9A-Z]{1,19})$/),
    /** With all below it; `unit` is that one alone. */
    department: written(/^\d{0,18}$/),
    unit: written(/^(?:|none|\d{1,18})$/),
    region: written(/^\d{0,18}$/),
    customer: written(/^(?:|none|K\d{10})$/),
    grade: oneOf(Object.values(CustomerGrade)),
    target: oneOf(Object.values(VisitTarget)),
    purpose: oneOf(Object.values(VisitPurpose)),
    unplanned: oneOf(['yes', 'no']),
    standing: oneOf(standings),
    confirmed: oneOf(['yes', 'no']),
    report: oneOf(reports),
    reached: oneOf(Object.values(PurposeReached)),
    costs: oneOf(costs),
    gift: oneOf(['yes']),
    sort: oneOf(sorts),
    after: mark,
    before: mark,
  }),
)
export type VisitListQuery = z.infer<typeof visitListQuery>
