import type { Key } from '../i18n.ts'
import { Refused, type Params } from '../lib/refused.ts'

type Word<P extends string> = Extract<Key, `files:${P}.${string}`> extends `files:${P}.${infer W}` ? W : never

/** A file that is not taken; nothing of it was kept. */
export function faultOf(reason: Word<'refused'>, params?: Params): Refused {
  return new Refused([
    { rule: 'CUS-16', reason: `files:refused.${reason}`, field: 'file', ...(params ? { params } : {}) },
  ])
}

/** The store or the scanner does not answer, or the disk is full: not the person's fault, and nothing was half done. */
export function trouble(reason: Word<'trouble'>, cause: unknown): Refused {
  const refusal = { rule: 'CUS-16', reason: `files:trouble.${reason}` as const, field: 'file' }
  return new Refused([refusal], { cause, unavailable: true })
}
