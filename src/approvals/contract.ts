import type { ApprovalState, Role } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import type { Refusal } from '../lib/refused.ts'
import type { NewNotice } from '../notices/commands.ts'
import type { ApprovalKind } from './kinds.ts'

/** One line of what is asked: `field` is the key of its name; texts as they stand in the record, not masked yet. */
export type Asked = { field: string; before: string; after: string }

/** One of the kind's signatures, and where its role is looked for, when not at the object's place. */
export type Signature = { role: Role; place?: Place }

export type Place = { departmentId: bigint | null; regionId: bigint | null }

/** What is asked of one object. */
export type Filing = {
  subject: string
  customerId?: bigint
  place: Place
  asked?: readonly Asked[]
  /** What the effect needs; plain JSON. */
  payload?: object
  /** What it rests on, as Handler.basis tells it. */
  basis: string
  /** In yuan, two decimals. */
  amount?: string
  reason?: string | null
  /** Where not every request of the kind needs all its signatures: these, in this order. */
  signatures?: readonly Signature[]
  /** The returned request that this one files anew. */
  follows?: bigint
  /** Who may not sign beside the applicant: whom it concerns (PPL-02). */
  excluded?: readonly bigint[]
}

export type Request = Place & {
  id: bigint
  number: string
  kind: ApprovalKind
  subject: string
  customerId: bigint | null
  state: ApprovalState
  asked: Asked[]
  payload: unknown
  /** In yuan, two decimals. */
  amount: string | null
  basis: string
  reason: string | null
  filedById: bigint
  filedAt: Date
  expiresAt: Date | null
  version: number
}

/** How a request ended other than by being approved. */
export type Ending = Exclude<ApprovalState, 'waiting' | 'approved'>

/** What the decider sees, already masked for that reader and in that reader's language. */
export type Card = {
  /** One line for lists. */
  title: string
  /** Where the object itself is seen; null where the reader may not. */
  href: string | null
  asked: { label: string; before: string; after: string }[]
  facts: { label: string; value: string; href?: string; wide?: boolean }[]
  /** Why it comes to this reader, in a sentence. */
  why: string
  /** What stands against approving it as things are. */
  problems: Refusal[]
  /** Of a request about many: all of them at one look, and where they are decided one by one. */
  list?: ObjectList & { title: string; each?: { href: string; word: string; hint: string } }
}

/** What was said with a decision; `details`: of the parts of a request, as the kind's own page sends it. */
export type Said = { reason: string | null; details?: unknown }
/** What the applicant is told of the decision, where the plain outcome would say too little. */
export type Told = Pick<NewNotice, 'kind' | 'href' | 'params'>

/** The objects of a request about many, as they are printed with it; `more` tells of those the reader does not see. */
export type ObjectList = { columns: string[]; rows: string[][]; more: string | null }

/** What a feature does for its kind of approval. */
export type Handler = {
  /** What the request rests on, as it is now; null where the object is gone. */
  basis: (tx: Tx, request: Pick<Request, 'subject' | 'customerId' | 'payload'>) => Promise<string | null>
  /** The effect, in the deciding transaction; what it refuses leaves the request undecided. */
  approve: (tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date, said: Said) => Promise<Told | void>
  /** What follows when it ends otherwise, in that transaction. */
  ended?: (tx: Tx, audit: Audit, by: Actor, request: Request, ending: Ending, now: Date, said: Said) => Promise<void>
  /** What this process need not remember any more, once the approval is committed. */
  after?: () => void
  card: (actor: Actor, request: Request, now: Date) => Promise<Card>
  /** The card's title by itself, for lists; without it they take the customer's name, or the card's. */
  title?: (actor: Actor, request: Request) => Promise<string>
  /** Of a request about many: all of them, for its sheet; null where it is about one. */
  objects?: (actor: Actor, request: Request) => Promise<ObjectList | null>
}
