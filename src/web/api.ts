import type { z } from 'zod'
import type { ApiScope } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Permit } from '../access/policy.ts'
import type { Key, Language } from '../i18n.ts'

/** CRD-18: a program that asks with somebody's token: in whose name, and how much of that person's rights it was given. */
export type Caller = { actor: Actor; scopes: readonly ApiScope[]; tokenId: bigint }

/** Whom a token lets in, by the token and by the address it came from. */
export type Door = (token: string | null, origin: Actor['origin'], now: Date) => Promise<Admission>
export type Admission = { caller: Caller } | { refused: 'unknown' | 'often'; seconds: number }

export type ApiVisit<R, I> = { caller: Caller; record: R; input: I; language: Language; now: Date }
export type ApiAnswer = { status: number; body: object }

type ApiParts<R, I> = {
  /** One of these, somewhere; which record it is done to is asked where it is done. */
  allow: readonly [Permit<never>, ...Permit<never>[]]
  scope: ApiScope
  load?: (actor: Actor, ...address: string[]) => Promise<R>
  /** What is sent, and how many of it at once in one list, each with an outcome of its own. */
  body?: z.ZodType<I>
  many?: number
  /** What is answered with, by status: for the description. */
  answers: Readonly<Record<number, z.ZodType>>
  /** Refusals that are a conflict with what is there, not a fault of what was sent: 409. */
  conflicts?: readonly Key[]
  handle: (visit: ApiVisit<R, I>) => Promise<ApiAnswer>
}

export type ApiRoute = { kind: 'api'; method: 'get' | 'post'; path: string } & ApiParts<never, never>

/** An address for programs: JSON both ways, in the name of whose token it is. The list of all cannot keep their types. */
export function api<R = undefined, I = undefined>(address: `${'GET' | 'POST'} ${string}`, parts: ApiParts<R, I>) {
  const [method, path] = address.split(' ')
  return { kind: 'api', method: method!.toLowerCase(), path, ...parts } as unknown as ApiRoute
}
