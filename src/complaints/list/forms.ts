import { z } from 'zod'
import {
  ComplaintCause,
  ComplaintChannel,
  ComplaintKind,
  ComplaintLevel,
  ComplaintOutcome,
  ComplaintState,
} from '../../../prisma/client/enums.ts'

/** Whose: '' is everybody's that the person sees. */
export const scopes = ['mine', 'department'] as const
/** '' is what is open; `valid` is all but void; else states one by one: `investigating.proposing`. */
export const stateGroups = ['open', 'valid', 'all'] as const
/** `counted` are those of CMP-15: contact, done and progress. */
export const breaches = [
  'any',
  'counted',
  'never',
  'contact',
  'first_result',
  'remedy',
  'report',
  'done',
  'warning',
  'progress',
] as const
export const sorts = ['due', 'newest', 'oldest', 'closed'] as const
export const satisfactions = ['1', '2', '3', '4', '5', 'low', 'any', 'none'] as const

const oneOf = <const T extends string>(values: readonly T[]) =>
  z
    .enum(['', ...values])
    .optional()
    .transform((value): T | '' => (value ?? '') as T | '')
const written = (pattern: RegExp) => z.string().regex(pattern).default('')
const day = z.union([z.literal(''), z.iso.date()]).default('')
const person = written(/^(?:|mine|none|[A-Z][0-9A-Z]{1,19})$/)
const mark = z
  .string()
  .regex(/^T\d{10,}$/)
  .optional()

const states = Object.values(ComplaintState)
const isState = (name: string): name is ComplaintState => (states as string[]).includes(name)
export type StateChoice = '' | 'valid' | 'all' | ComplaintState[]

/** In the order of the course; what is open is the same as none chosen. */
const state = z
  .string()
  .max(200)
  .default('')
  .refine((value) => value === '' || value.split('.').every((name) => isState(name) || isGroup(name)))
  .transform((value): StateChoice => {
    if (value === '' || value === 'open') return ''
    if (value === 'valid' || value === 'all') return value
    const named = value.split('.')
    return states.filter((name) => named.includes(name))
  })
const isGroup = (name: string) => (stateGroups as readonly string[]).includes(name)

/** The form of conditions sends a box for each state; everything else writes `state`. */
function fromBoxes(raw: unknown): unknown {
  const values = raw as Record<string, unknown>
  if (values['boxes'] !== 'on') return raw
  const ticked = states.filter((name) => values[`state-${name}`] === 'on')
  return { ...values, state: ticked.length === states.length ? 'all' : ticked.join('.') }
}

/** All state of the list is in its address; an unknown value is refused, an unknown name is not read. */
export const complaintListQuery = z.preprocess(
  fromBoxes,
  z.object({
    /** Number, customer, complainant, matter, product; a part of a telephone for who may unmask. */
    q: z.string().max(100).default(''),
    scope: oneOf(scopes),
    /** `counted`: only what the person's statistics count, for lists that a figure opens. */
    reach: oneOf(['counted']),
    state,
    kind: oneOf(Object.values(ComplaintKind)),
    level: oneOf(Object.values(ComplaintLevel)),
    channel: oneOf(Object.values(ComplaintChannel)),
    cause: oneOf([...Object.values(ComplaintCause), 'none']),
    outcome: oneOf(Object.values(ComplaintOutcome)),
    founded: oneOf(['yes', 'no', 'none']),
    /** The department that answers for it, with all below it; `unit` is that one alone: the responsible one, or as long as none is known the one that received it. */
    department: written(/^\d{0,18}$/),
    unit: written(/^(?:|none|\d{1,18})$/),
    /** The handler, who took it, and whose it is: the handler's, or as long as there is none, of who took it. By staff number. */
    owner: person,
    taker: person,
    person,
    /** Received from and until, both days included; the same for the other moments. */
    from: day,
    to: day,
    closedFrom: day,
    closedTo: day,
    /** The next due moment of its clocks is past, or is today. */
    due: oneOf(['overdue', 'today']),
    /** A clock was missed, then or since; between the days, where they are given. */
    breached: oneOf(breaches),
    breachedFrom: day,
    breachedTo: day,
    /** Whose clock it was. */
    breachedOf: person,
    /** `unrecorded`: it came again, not having been recorded in time. */
    escalated: oneOf(['yes', 'no', 'unrecorded']),
    escalatedFrom: day,
    escalatedTo: day,
    reopened: oneOf(['yes', 'no']),
    reopenedFrom: day,
    reopenedTo: day,
    paused: oneOf(['now', 'ever', 'never']),
    pausedFrom: day,
    pausedTo: day,
    /** The last call-back's score; `low` is 1 and 2, `any` is whoever answered. */
    satisfaction: oneOf(satisfactions),
    /** `some` is more than nothing; a number is that much or more, in yuan. */
    compensation: written(/^(?:|some|none|\d{1,12})$/),
    group: written(/^\d{0,18}$/),
    customer: written(/^(?:|none|K\d{10})$/),
    sort: oneOf(sorts),
    after: mark,
    before: mark,
  }),
)
export type ComplaintListQuery = z.infer<typeof complaintListQuery>
