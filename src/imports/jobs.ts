import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { db } from '../db.ts'
import { GivenUp, type Tell } from '../jobs/handler.ts'
import { nextBatch } from './batch.ts'
import { countsOf } from './counts.ts'
import { openImport, recordFailure } from './under-way.ts'
import { nextUndoBatch } from './undoing/batch.ts'

const payloadOf = z.object({ subject: z.string() })

/** Runs one import, or its undoing, to its end; batch by batch, so that whoever goes on later begins where it stopped. */
export async function runImport(payload: unknown, tell: Tell, stopped: () => boolean) {
  const { subject: number } = payloadOf.parse(payload)
  const open = await openImport(number)
  if (!open) return undefined
  const { undoing, actor } = open
  const next = undoing ? nextUndoBatch : nextBatch
  try {
    do {
      await tell(await progressOf(number, undoing))
      await setImmediate()
    } while (!stopped() && (await next(actor, number)))
  } catch (error) {
    // The rows stay as they were and are tried again, until there were too many failures.
    if (await recordFailure(actor, number, error)) throw new GivenUp('import stopped', { cause: error })
    throw error
  }
  return progressOf(number, undoing)
}

async function progressOf(number: string, undoing: boolean) {
  const record = await db.customerImport.findUniqueOrThrow({ where: { number } })
  const { waiting, withdrawn, imported, warned } = countsOf(record)
  if (undoing) return { done: withdrawn, total: imported + warned + withdrawn }
  return { done: record.total - waiting, total: record.total }
}
