import { Worker } from 'node:worker_threads'
import type { Labels } from './labels.ts'
import type { Paper } from './paper.ts'
import type { Stamp } from './stamp.ts'
import type { Answer } from './worker.ts'

type Printed = {
  pdf: Buffer<ArrayBuffer>
  pages: number
  sha256: string
  /** Characters no font here has (U+2A6A5), printed as 〓: for the log. */
  missing: string[]
}

/** Too many documents are waiting: try again in a moment. */
export class PrinterBusy extends Error {
  readonly status = 503
}

/** This document could not be made; the next one can. */
export class PrintFailed extends Error {}

type Limits = { waiting: number; milliseconds: number; megabytes: number }
type Job = { paper: Paper | Stamp | Labels; done: (printed: Printed) => void; failed: (problem: Error) => void }

const usual: Limits = { waiting: 40, milliseconds: 20_000, megabytes: 512 }
const starting = 30_000

/** One thread that keeps its fonts open, so that no request waits for another's document; it sets one at a time. */
export function openPrinter(limits: Partial<Limits> = {}, start = startWorker) {
  const { waiting, milliseconds, megabytes } = { ...usual, ...limits }
  const queue: Job[] = []
  let worker: Worker | undefined
  let ready = false
  let current: { job: Job; alarm: NodeJS.Timeout } | undefined

  function print(paper: Paper | Stamp | Labels): Promise<Printed> {
    if (queue.length >= waiting) return Promise.reject(new PrinterBusy(`${waiting} documents are waiting`))
    return new Promise((done, failed) => {
      queue.push({ paper, done, failed })
      next()
    })
  }

  function next(): void {
    if (current) return
    const job = queue.shift()
    if (!job) return worker?.unref()
    const at = warm()
    at.ref()
    const alarm = setTimeout(
      () => dismiss(at, `took longer than ${milliseconds} ms`),
      ready ? milliseconds : milliseconds + starting,
    )
    current = { job, alarm }
    try {
      at.postMessage(job.paper)
    } catch (problem) {
      settle(() => job.failed(new PrintFailed('not data', { cause: problem })))
    }
  }

  function settle(act: (job: Job) => void): void {
    if (!current) return
    const { job, alarm } = current
    clearTimeout(alarm)
    current = undefined
    act(job)
    next()
  }

  /** Starts the thread ahead of the first document. */
  function warm(): Worker {
    if (worker) return worker
    const hired = start(megabytes)
    hired.on('message', (answer: Answer) => {
      if (worker !== hired) return
      if (answer === 'ready') ready = true
      else settle((job) => take(job, answer))
    })
    hired.on('error', (problem) => dismiss(hired, problem.message))
    hired.on('exit', (code) => dismiss(hired, `the thread ended with ${code}`))
    hired.unref()
    worker = hired
    ready = false
    return hired
  }

  /** Whatever it was doing has failed; the next document gets a new thread. */
  function dismiss(dismissed: Worker, reason: string): Promise<unknown> {
    if (worker !== dismissed) return Promise.resolve()
    worker = undefined
    const gone = dismissed.terminate()
    settle((job) => job.failed(new PrintFailed(reason)))
    return gone
  }

  async function close(): Promise<void> {
    for (const job of queue.splice(0)) job.failed(new PrintFailed('the printer is closing'))
    if (worker) await dismiss(worker, 'the printer is closing')
  }

  return { print, warm: () => void warm(), close }
}

function take(job: Job, answer: Exclude<Answer, 'ready'>): void {
  if ('error' in answer) return job.failed(new PrintFailed(answer.error))
  job.done({ ...answer, pdf: Buffer.from(answer.pdf.buffer) })
}

/** Exported for the tests that take a thread's life. */
export function startWorker(megabytes: number): Worker {
  // A small young generation keeps 15 MB less, and costs no time.
  const resourceLimits = { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 8 }
  const source = import.meta.url.endsWith('.ts')
  const entry = new URL(source ? './worker.ts' : './worker.js', import.meta.url)
  if (!source) return new Worker(entry, { execArgv: [], resourceLimits })
  // From source, in tests and development, the thread needs a loader of its own; --import tsx does not reach threads.
  const [loader, thread] = [import.meta.resolve('tsx/esm/api'), entry.href].map((url) => JSON.stringify(url))
  const start = `import(${loader}).then(({ register }) => (register(), import(${thread})))`
  return new Worker(start, { eval: true, execArgv: [], resourceLimits })
}

const printer = openPrinter()

/** Sets a document in type in its own thread. Throws PrinterBusy or PrintFailed. */
export const renderDocument = printer.print
/** To be called once the server listens, so that the first document does not wait for the fonts. */
export const warmDocuments = printer.warm
export const closeDocuments = printer.close
