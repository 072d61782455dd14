import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Permit } from '../access/policy.ts'
import type { Key, Language } from '../i18n.ts'
import type { Params } from '../lib/refused.ts'

/** What a handler knows: who, which record, what the address and the form said, and the moment. */
export type Visit<R, Q> = { actor: Actor; record: R; query: Q; now: Date }

/** A file that came with the form, already on disk and removed when the request ends. */
export type Upload = { path: string; name: string; size: number }
export type Submission<R, Q, I> = Visit<R, Q> & { input: I; upload: Upload | null; session: SessionActs }

/** What a form may do to the visitor's session: the rest of the product never sees it. */
export type SessionActs = {
  id: string
  begin: (staffId: bigint, epoch: number) => Promise<void>
  end: () => Promise<void>
  /** On this browser, for the pages before sign-in. */
  rememberLanguage: (language: Language) => void
}

/** A one-time password on its way to the one page that shows it, once. */
export type Reveal = { number: string; name: string; secret: string; until: string }
/** Where the act that was just done can be taken back, and for how long. */
export type Undo = { action: string; seconds: number }
export type SeeOther = { to: string; notice?: Key; params?: Params; reveal?: Reveal; undo?: Undo }

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
  upload?: { field: string; maxBytes: number }
  /** A long form: what is typed is kept as a draft until it is sent (web/drafts.ts). */
  draft?: boolean
  submit: (submission: Submission<R, Q, I>) => Promise<SeeOther>
}

type DownloadParts<R, Q> = Common<R, Q> & {
  send: (visit: Visit<R, Q>) => Promise<Download>
}

export type Download = { type: string; fileName: string; body: Buffer | Readable }

export type Route = { path: string } & (
  | ({ kind: 'page' } & PageParts<never, never>)
  | ({ kind: 'form' } & FormParts<never, never, never>)
  | ({ kind: 'download' } & DownloadParts<never, never>)
)

// The three kinds keep their own record, query and input types; the list of all routes cannot, hence the casts.
export function page<R = undefined, Q = undefined>(path: string, parts: PageParts<R, Q>): Route {
  return { kind: 'page', path, ...parts } as unknown as Route
}

export function form<I, R = undefined, Q = undefined>(path: string, parts: FormParts<R, Q, I>): Route {
  return { kind: 'form', path, ...parts } as unknown as Route
}

export function download<R = undefined, Q = undefined>(path: string, parts: DownloadParts<R, Q>): Route {
  return { kind: 'download', path, ...parts } as unknown as Route
}
