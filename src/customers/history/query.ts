import { z } from 'zod'

const line = z
  .string()
  .regex(/^\d{1,18}$/)
  .optional()

/** How a history is asked for, whatever it tells of: what it is narrowed to, and the line before or after the page. */
export const historyQueryOf = <const K extends readonly [string, ...string[]]>(kinds: K) =>
  z.object({ kind: z.enum(['', ...kinds]).default(''), after: line, before: line })
