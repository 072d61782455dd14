import { z } from 'zod'
import { system } from '../access/actor.ts'
import { now } from '../lib/clock.ts'
import type { Tell } from '../jobs/handler.ts'
import { checkTrail } from './checking.ts'
import { recordCheck } from './commands.ts'
import { lastHead } from './queries.ts'
import { sealTrail } from './sealing.ts'

const payloadOf = z.object({ head: z.object({ n: z.string(), hash: z.string() }).optional() })

/** Every few minutes: seals what was written since (AUD-02). */
export async function sealNow(stopped: () => boolean): Promise<{ sealed: number }> {
  return { sealed: await sealTrail(stopped) }
}

/** Every night, and when somebody asks: checks the whole trail. */
export async function checkNow(payload: unknown, tell: Tell, stopped: () => boolean) {
  const head = payloadOf.parse(payload ?? {}).head ?? (await lastHead())
  const outcome = await checkTrail(head, { tell, stopped })
  if (!outcome) return undefined
  await recordCheck(system, outcome, head, now())
  return { done: outcome.entries, total: outcome.entries }
}
