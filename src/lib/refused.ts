import type { Key } from '../i18n.ts'

/** What a sentence is filled with; `word` is another sentence, in the reader's language. */
export type Params = Record<string, string | number | { word: Key }>

/** Why something was not done: the rule, a sentence (by key), and the field it belongs to, when there is one. */
export type Refusal = { rule: string; reason: Key; field?: string; params?: Params }

/** Thrown by rules and commands: nothing has happened, and these are all the reasons at once. */
export class Refused extends Error {
  readonly refusals: Refusal[]
  /** Not the person's doing: something that is needed does not answer, or has no room left. */
  readonly unavailable: boolean
  constructor(refusals: Refusal[], options: ErrorOptions & { unavailable?: boolean } = {}) {
    super(refusals.map((refusal) => `${refusal.rule} ${refusal.reason}`).join(', '), options)
    this.refusals = refusals
    this.unavailable = options.unavailable ?? false
  }
}

export function refuseIf(refusals: Refusal[]): void {
  if (refusals.length > 0) throw new Refused(refusals)
}

/** There is no such record, or none that this person may know of: the two are never told apart. */
export class NotFound extends Error {}

/** The record may be seen, but the act is not this person's. */
export class Forbidden extends Error {}

/** Someone saved first: the form was opened on an older version. */
export class Stale extends Error {
  readonly conflict: Conflict
  constructor(conflict: Conflict) {
    super('stale')
    this.conflict = conflict
  }
}

export type Conflict = {
  version: number
  savedBy: string
  savedAt: Date
  /** What each field held when the form was opened, and what it holds now. */
  before: Record<string, string>
  theirs: Record<string, string>
  /** How a value that is an identifier reads: `departmentId.7` → 城东营业部. */
  words?: Record<string, string>
  /** What the fields are called, where the words of the form's address do not say it. */
  labels?: Record<string, string>
  /** What was typed, as it would be stored, where the form writes it otherwise. */
  typed?: Record<string, string>
  /** Nothing can be saved any more: why, and where to go on. What was typed still stands beside what was saved. */
  over?: { refusal: Refusal; href: string }
}
