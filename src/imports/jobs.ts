import { setImmediate } from 'node:timers/promises'
import { log } from '../web/log.ts'
import { nextBatch, openImports, recordFailure } from './batch.ts'
import { nextUndoBatch } from './undoing/batch.ts'

const idle = 2000

let runner: { stopping: boolean; wake: () => void; done: Promise<void> } | null = null

/** Starts this process's runner; what an earlier process left unfinished goes on where it stopped. */
export function continueImports(): void {
  if (runner) return
  const own = { stopping: false, wake: () => {}, done: Promise.resolve() }
  runner = own
  own.done = run(own)
}

/** There is something to do: does not wait for the next look round. */
export function wakeImports(): void {
  runner?.wake()
}

/** Lets the running batch end, then stops. */
export async function stopImports(): Promise<void> {
  const own = runner
  if (!own) return
  own.stopping = true
  own.wake()
  await own.done
  if (runner === own) runner = null
}

/** All batches that this process can have now; `stopped` is asked between them. */
export async function runImports(stopped: () => boolean = () => false): Promise<void> {
  for (const { number, undoing, actor } of await openImports()) {
    const next = undoing ? nextUndoBatch : nextBatch
    try {
      while (!stopped() && (await next(actor, number))) await setImmediate()
    } catch (error) {
      // The rows stay as they were and are tried again; other imports must not wait for this one.
      log.error({ err: error, import: number }, 'a batch of an import failed')
      if (!undoing) await recordFailure(actor, number, error)
    }
  }
}

async function run(own: NonNullable<typeof runner>): Promise<void> {
  while (!own.stopping) {
    const woken = new Promise<void>((resolve) => (own.wake = resolve))
    try {
      await runImports(() => own.stopping)
    } catch (error) {
      log.error({ err: error }, 'the imports could not be read')
    }
    if (!own.stopping) await rest(woken)
  }
}

async function rest(woken: Promise<void>): Promise<void> {
  let clock: NodeJS.Timeout | undefined
  const time = new Promise<void>((resolve) => (clock = setTimeout(resolve, idle)))
  await Promise.race([woken, time])
  clearTimeout(clock)
}
