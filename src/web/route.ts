import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Actor, Way } from '../access/actor.ts'
import type { Permit } from '../access/policy.ts'
import type { Key, Language } from '../i18n.ts'
import type { Params, Refusal, Refused } from '../lib/refused.ts'

/**
 * What a handler knows: who, which record, what the address and the form said, and the moment. `typed`: what stands in
 * the form, where it comes back after a refusal or with its draft, for pages that answer to it.
 */
export type Visit<R, Q> = { actor: Actor; record: R; query: Q; now: Date; typed?: Record<string, string> }

/** A file that came with the form, already on disk and removed when the request ends. */
export type Upload = { path: string; name: string; size: number }
export type Submission<R, Q, I> = Visit<R, Q> & { input: I; upload: Upload | null; session: SessionActs }

/** A browser, by the hash of a cookie that stays when people sign out, and what it calls itself (AUD-04). */
export type Device = { hash: string; agent: string }

/** On the way to the company's own sign-in service and back: what must come back, and where to go then. */
export type Crossing = {
  state: string
  nonce: string
  verifier: string
  next: string
  at: number
  /** Whose account is to be linked; else somebody signs in. */
  linking?: string
}

/** What a form may do to the visitor's session: the rest of the product never sees it. */
export type SessionActs = {
  id: string
  begin: (staffId: bigint, epoch: number, how?: Way) => Promise<void>
  /** The second factor is still to come: a session that opens nothing else, for ten minutes. */
  beginPending: (staffId: bigint, epoch: number, how: Way, next: string) => Promise<void>
  /** The person has just proven again to be this person: goes on under a new id. */
  prove: () => Promise<void>
  /** Goes on in the epoch that outdates all other sessions. */
  goOn: (epoch: number) => Promise<void>
  end: () => Promise<void>
  device: () => Device
  /** Waits until the visitor comes back; taken once. */
  keepCrossing: (crossing: Crossing) => Promise<void>
  takeCrossing: () => Promise<Crossing | null>
  /** On this browser, for the pages before sign-in. */
  rememberLanguage: (language: Language) => void
}

/** A one-time password on its way to the one page that shows it, once. */
export type Reveal = { number: string; name: string; secret: string; until: string }
/** Where the act that was just done can be taken back, and for how long. */
export type Undo = { action: string; seconds: number }
export type SeeOther = {
  to: string
  notice?: Key
  params?: Params
  reveal?: Reveal
  undo?: Undo
  /** A page that stands in this one answer, for what is shown once; whoever sends again is led on. */
  shown?: { view: string; model: Model }
  /** A file that this very form made; whoever sends again is led on. */
  file?: Download
}

/** Sends the person on after a success, with a sentence shown once. */
export function seeOther(to: string, notice?: Key, params?: Params): SeeOther {
  return { to, ...(notice ? { notice } : {}), ...(params ? { params } : {}) }
}

export type Model = Record<string, unknown>
type Loader<R> = (actor: Actor, ...address: string[]) => Promise<R>

type Common<R, Q> = {
  allow: Permit<R>
  load?: Loader<R>
  query?: z.ZodType<Q>
  /** A weighty act (ACC-01): who has not proven lately to be this person is asked again. A file names the page it is asked for on. Of a function the record decides. */
  stepUp?: true | string | ((record: R) => boolean)
}

/** With `tooLarge` the form comes back and says so; without, an error page does. */
export type UploadField = {
  field: string
  maxBytes: number | (() => Promise<number>)
  tooLarge?: (maxBytes: number) => Refused
}

type PageParts<R, Q> = Common<R, Q> & {
  view: string
  show: (visit: Visit<R, Q>) => Model | Promise<Model>
}

type FormParts<R, Q, I> = Common<R, Q> & {
  /** Without a view the form stands on another page: it is only ever sent, never opened. */
  view?: string
  show?: (visit: Visit<R, Q>) => Model | Promise<Model>
  fields: z.ZodType<I>
  upload?: UploadField
  /**
   * What stands against it whatever is typed, as its command refuses it, too: whoever opens its address by hand reads that,
   * with its rule, in place of a form that could not be sent.
   */
  guard?: (visit: Visit<R, Q>) => Refusal[] | Promise<Refusal[]>
  /** A long form: what is typed is kept as a draft until it is sent (web/drafts.ts). */
  draft?: boolean
  submit: (submission: Submission<R, Q, I>) => Promise<SeeOther>
}

type DownloadParts<R, Q> = Common<R, Q> & {
  send: (visit: Visit<R, Q>) => Promise<Download>
}

/** An address that sends the visitor on, and may begin a session on the way; its view says why it did not. */
type PassageParts<R, Q> = Common<R, Q> & {
  view: string
  show: (visit: Visit<R, Q>) => Model | Promise<Model>
  pass: (visit: Visit<R, Q> & { session: SessionActs }) => Promise<SeeOther>
}

export type Download = { type: string; fileName: string; body: Buffer | Readable; bytes?: number }

export type Route = { path: string } & (
  | ({ kind: 'page' } & PageParts<never, never>)
  | ({ kind: 'form' } & FormParts<never, never, never>)
  | ({ kind: 'download' } & DownloadParts<never, never>)
  | ({ kind: 'passage' } & PassageParts<never, never>)
)

// The kinds keep their own record, query and input types; the list of all routes cannot, hence the casts.
export function page<R = undefined, Q = undefined>(path: string, parts: PageParts<R, Q>): Route {
  return { kind: 'page', path, ...parts } as unknown as Route
}

export function form<I, R = undefined, Q = undefined>(path: string, parts: FormParts<R, Q, I>): Route {
  return { kind: 'form', path, ...parts } as unknown as Route
}

export function passage<R = undefined, Q = undefined>(path: string, parts: PassageParts<R, Q>): Route {
  return { kind: 'passage', path, ...parts } as unknown as Route
}

export function download<R = undefined, Q = undefined>(path: string, parts: DownloadParts<R, Q>): Route {
  return { kind: 'download', path, ...parts } as unknown as Route
}
