import { Worker } from 'node:worker_threads'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { customerFile } from '../../src/customers/documents.ts'
import { openFonts } from '../../src/documents/fonts.ts'
import type { Paper } from '../../src/documents/paper.ts'
import {
  closeDocuments,
  openPrinter,
  PrinterBusy,
  PrintFailed,
  renderDocument,
  startWorker,
} from '../../src/documents/printer.ts'
import { printPaper } from '../../src/documents/sheets.ts'
import { textOf } from '../support/pdf.ts'
import { sample } from './samples.ts'

const usual = customerFile(sample())

describe('the thread', { timeout: 30_000 }, () => {
  afterAll(closeDocuments)

  it('gives what the same code would give here, with its hash', async () => {
    const { pdf, sha256, missing } = await renderDocument(usual)
    const here = await printPaper(usual, openFonts())
    expect(pdf.equals(Buffer.from(here.pdf))).toBe(true)
    expect(sha256).toBe(here.sha256)
    expect(missing).toEqual([])
  })

  it('reports the characters it could not print', async () => {
    const { missing } = await renderDocument(customerFile(sample({ name: '𪚥冷链' })))
    expect(missing).toEqual(['U+2A6A5'])
  })

  it('leaves this one free to answer requests', async () => {
    let turns = 0
    const count = setInterval(() => (turns += 1), 1)
    await renderDocument(customerFile(sample({}, 3000)))
    clearInterval(count)
    expect(turns).toBeGreaterThan(20)
  })

  it('prints many at once, each its own', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `第${at}号冷链`)
    const printed = await Promise.all(names.map((name) => renderDocument(customerFile(sample({ name })))))
    printed.forEach(({ pdf }, at) => expect(textOf(pdf)).toContain(`\n${names[at]}\n`))
  })

  it('fails a document that cannot be set, and only that one', async () => {
    const broken = { ...usual, sections: [{ title: '坏', blocks: [{ kind: 'table', columns: null }] }] }
    const [bad, good] = await Promise.allSettled([renderDocument(broken as unknown as Paper), renderDocument(usual)])
    expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(PrintFailed) })
    expect(good.status).toBe('fulfilled')
  })

  it('is replaced when it dies', async () => {
    const { printer, threads } = printerWith(startWorker, startWorker)
    const interrupted = printer.print(customerFile(sample({}, 3000)))
    const next = printer.print(usual)
    const dead = expect(interrupted).rejects.toThrow(PrintFailed)
    await threads[0]?.terminate()
    await dead
    expect(textOf((await next).pdf)).toContain('九色鹿冷链物流有限公司')
  })
})

const opened: ReturnType<typeof openPrinter>[] = []
afterEach(() => Promise.all(opened.splice(0).map((printer) => printer.close())))

/** A printer whose first thread is started by the first of `starts`, and so on. */
function printerWith(...starts: ((megabytes: number) => Worker)[]) {
  return limitedPrinter({}, ...starts)
}
function limitedPrinter(limits: Parameters<typeof openPrinter>[0], ...starts: ((megabytes: number) => Worker)[]) {
  const threads: Worker[] = []
  const printer = openPrinter(limits, (megabytes) => {
    const start = starts[threads.length] ?? answering
    threads.push(start(megabytes))
    return threads.at(-1)!
  })
  opened.push(printer)
  return { printer, threads }
}

const thread = (onMessage: string) => () =>
  new Worker(
    `const port = require('node:worker_threads').parentPort; port.on('message', ${onMessage}); port.postMessage('ready')`,
    {
      eval: true,
    },
  )
const answering = thread(`({ title }) => port.postMessage({ pdf: new Uint8Array(1), sha256: title, missing: [] })`)
const silent = thread('() => {}')
const endless = thread('() => { for (;;); }')
const dying = thread('() => process.exit(3)')
const noFonts = () => new Worker('throw new Error("no fonts")', { eval: true })
const fulfilled = { status: 'fulfilled', value: { sha256: usual.title } }
const failed = (reason: string) => ({ status: 'rejected', reason: new PrintFailed(reason) })

describe('openPrinter', () => {
  it('refuses more than it can hold, and takes more once there is room', async () => {
    const { printer } = limitedPrinter({ waiting: 2 })
    const taken = [printer.print(usual), printer.print(usual), printer.print(usual)]
    await expect(printer.print(usual)).rejects.toThrow(PrinterBusy)
    expect(await Promise.all(taken)).toHaveLength(3)
    expect((await printer.print(usual)).sha256).toBe(usual.title)
  })

  it('refuses what no thread can be given, and goes on', async () => {
    const { printer, threads } = printerWith()
    await expect(printer.print({ ...usual, title: () => '' } as unknown as Paper)).rejects.toThrow('not data')
    expect((await printer.print(usual)).sha256).toBe(usual.title)
    expect(threads).toHaveLength(1)
  })

  it('stops a document that takes too long, and goes on with a new thread', async () => {
    const { printer, threads } = limitedPrinter({ milliseconds: 200 }, endless)
    printer.warm()
    await new Promise((started) => threads[0]?.once('message', started))
    const outcomes = await Promise.allSettled([printer.print(usual), printer.print(usual)])
    expect(outcomes).toMatchObject([failed('took longer than 200 ms'), fulfilled])
    expect(threads).toHaveLength(2)
  })

  it.each([
    ['idle', answering, fulfilled],
    ['at work', silent, { status: 'rejected', reason: expect.any(PrintFailed) }],
  ])('survives the death of its thread: %s', async (_, start, first) => {
    const { printer, threads } = printerWith(start)
    const printing = Promise.allSettled([printer.print(usual)])
    if (start === answering) await printing
    await threads[0]?.terminate()
    expect(await printing).toMatchObject([first])
    expect((await printer.print(usual)).sha256).toBe(usual.title)
    expect(threads).toHaveLength(2)
  })

  it('gives each waiting document its own chance when threads keep dying', async () => {
    const { printer } = printerWith(dying, noFonts)
    const outcomes = await Promise.allSettled([printer.print(usual), printer.print(usual), printer.print(usual)])
    expect(outcomes).toMatchObject([failed('the thread ended with 3'), failed('no fonts'), fulfilled])
  })

  it('gives up what is waiting when it closes', async () => {
    const { printer } = printerWith(silent)
    const waiting = Promise.allSettled([printer.print(usual), printer.print(usual)])
    await printer.close()
    const closing = failed('the printer is closing')
    expect(await waiting).toMatchObject([closing, closing])
  })
})
