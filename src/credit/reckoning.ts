import type { CreditMethod, ReleaseGround } from '../../prisma/client/enums.ts'
import type { RuleId } from '../regulations/register.ts'

/** What the records say of a customer on a day. Money in fen. */
export type Facts = {
  /** Void, lost or taken back: nothing goes out to it any more. */
  closed: boolean
  confirmed: boolean
  /** A copy of the ID of whoever opened it lies in its file. */
  identity: boolean
  /** Signed, and within its dates. */
  contract: boolean
  /** Still owed of goods shipped before this year. */
  lastYear: number
  method: CreditMethod
  /** The approved amount of `fixed`. */
  fixed: number
  /** CRD-02: net of counter-entries, shipped in the window. */
  shippedInWindow: number
  /** Still owed of all that was shipped. */
  owed: number
  released: number
  /** Received and not allocated yet, without what is reserved. */
  unallocated: number
  /** CRD-09: received for releases that are held. */
  reserved: number
  overdue: number
  /** How many days the oldest of it is owed. */
  overdueDays: number
}

/** CRD-01 … CRD-03, CRD-05: the figure of a customer on a day. Money in fen. */
export type Figure = Facts & {
  eligible: boolean
  limit: number
  exposure: number
  available: number
}

/** CRD-01: all three. */
export const isEligible = (facts: Facts): boolean =>
  !facts.closed && facts.confirmed && facts.identity && facts.contract && facts.lastYear === 0

/** CRD-02: by the approved method; nothing for who has no credit. */
export function limitOf(facts: Facts): number {
  if (!isEligible(facts) || facts.method === 'cash_only') return 0
  return facts.method === 'fixed' ? facts.fixed : facts.shippedInWindow
}

/** CRD-03 */
export function figureOf(facts: Facts): Figure {
  const limit = limitOf(facts)
  const exposure = facts.owed + facts.released - facts.unallocated
  return { ...facts, eligible: isEligible(facts), limit, exposure, available: limit - exposure }
}

/** Why a release is held; each stands for a rule. */
export const holds = {
  closed: 'CRD-01',
  overdue: 'CRD-05',
  unpaid: 'CRD-04',
  no_plan: 'CRD-04',
  over: 'CRD-06',
  rest_plan: 'CRD-09',
} as const satisfies Record<string, RuleId>
export type Hold = keyof typeof holds

/** What a release brings along when it is weighed. Money in fen. */
export type Request = {
  amount: number
  /** CRD-09: received for it. */
  paid: number
  /** CRD-04, CRD-09: a repayment plan is filed. */
  plan: boolean
  /** CRD-07, CRD-08: signed for it. */
  override: { kind: 'first' | 'final'; amount: number } | null
  /** CRD-05: signed for it and this day, up to this amount. */
  overdueUpTo: number
  /** CRD-12: what a guarantee in force still carries. */
  guarantee: number
}

export type Weighed = {
  holds: Hold[]
  /** What neither money received nor available credit carries. */
  short: number
  cash: number
  /** What the guarantee carries of it. */
  guaranteed: number
  ground: ReleaseGround
}

/**
 * CRD-04 … CRD-09, CRD-12: whether goods may go out now. `figure` is without this release. Money received for it carries
 * it first, then what is available; what is left is over the limit and needs a signature.
 */
export function weigh(figure: Figure, request: Request, least: number): Weighed {
  const cash = Math.min(request.paid, request.amount)
  const need = request.amount - cash
  const short = Math.max(0, need - Math.max(0, figure.available))
  const stopped = figure.overdue > least && request.overdueUpTo < request.amount
  const guaranteed = stopped && request.guarantee >= request.amount ? request.amount : 0
  const override = signedFor(figure, request)
  const signed = short > 0 && override !== null && override.amount >= short ? override : null
  const found: Hold[] = []
  if (figure.closed) found.push('closed')
  if (stopped && guaranteed === 0) found.push('overdue')
  if (!figure.eligible && !request.plan) found.push('no_plan')
  if (short > 0 && signed === null) found.push(hasCredit(figure) ? 'over' : 'unpaid')
  if (figure.eligible && cash > 0 && !request.plan && owesRest(figure, request.amount - cash)) found.push('rest_plan')
  return { holds: found, short, cash, guaranteed, ground: groundOf(cash, signed) }
}

export const hasCredit = ({ eligible, method }: Pick<Figure, 'eligible' | 'method'>) =>
  eligible && method !== 'cash_only'

/** CRD-04: who has no credit any more pays first, whatever was signed while there was some. */
export const signedFor = (figure: Pick<Figure, 'eligible' | 'method'>, { override }: Pick<Request, 'override'>) =>
  hasCredit(figure) ? override : null

/** CRD-09: more is owed than the limit carries, also after what was paid. */
const owesRest = ({ available }: Figure, need: number): boolean => need > Math.max(0, available) || available < 0

function groundOf(cash: number, signed: Request['override']): ReleaseGround {
  if (signed) return signed.kind === 'first' ? 'first_override' : 'final_override'
  return cash > 0 ? 'cash' : 'within'
}

/** CRD-07, CRD-08: strictly less than the part of the limit; the third of 286,000.00 is 95,333.33⅓. */
export const isBelowPart = (amount: number, limit: number, part: number): boolean => amount * part < limit
