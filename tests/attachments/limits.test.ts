import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, request as httpRequest } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { load } from 'cheerio'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { addAttachment } from '../../src/attachments/commands.ts'
import { ofCustomers } from '../../src/attachments/of-customers.ts'
import { roomProblems } from '../../src/attachments/rules.ts'
import { config } from '../../src/config.ts'
import { pool } from '../../src/db.ts'
import { faultOf } from '../../src/files/fault.ts'
import { scan } from '../../src/files/scanner.ts'
import { theStore } from '../../src/files/store.ts'
import { Refused } from '../../src/lib/refused.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { eicar, emptyFolder, onDisk, pdfOf } from '../files/samples.ts'
import { errorsOf, lastOf, linesOf, upload } from './desk.ts'

const mega = 1024 * 1024
let desk: Browser
beforeAll(async () => {
  desk = await signIn((await theCast()).cs_manager)
})

/** A text of exactly so many bytes. */
const textOf = (bytes: number) => `${Math.random()}`.padEnd(bytes, 'x')
const countOf = async (customerId: bigint) =>
  Number((await pool.query('select 1 from attachment where customer_id = $1', [customerId])).rowCount)

describe('CAL-03, CUS-16: how much', () => {
  it('CAL-03 files.max_megabytes: a file of exactly as many is taken, one byte more is not, and the form says so', async () => {
    await under({ 'files.max_megabytes': 1 }, async () => {
      const { id, number } = await make.customer()
      const url = `/customers/${number}/attachments/new`
      expect((await upload(desk, url, { content: textOf(mega), name: '整.txt' })).status).toBe(303)
      const over = await upload(desk, url, { content: textOf(mega + 1), name: '多一.txt' }, { title: '写好的标题' })
      const $ = load(over.text)
      expect(over.status).toBe(422)
      expect(errorsOf({ $ })).toEqual([expect.stringMatching(/^CUS-16 .*超过 1 MB/)])
      expect($('[name=title]').val()).toBe('写好的标题')
      expect($('form').text()).toContain('每份不超过 1 MB')
      expect(await countOf(id)).toBe(1)
    })
  })

  it('CAL-03 files.per_customer: the tenth is taken, the eleventh is not; removing makes room, a new version needs none', async () => {
    await under({ 'files.per_customer': 10 }, async () => {
      const { id, number } = await make.customer()
      const home = `/customers/${number}/attachments`
      const one = (name: string) =>
        upload(desk, `${home}/new`, { content: `${name} ${Math.random()}`, name: `${name}.txt` })
      for (let n = 1; n <= 10; n++) expect((await one(String(n))).status).toBe(303)
      const last = `${home}/${(await lastOf(id)).id}`
      expect(errorsOf({ $: load((await one('11')).text) })).toEqual([
        expect.stringMatching(/^CUS-16 .*已有 10 份附件，最多 10 份/),
      ])
      expect((await upload(desk, `${last}/versions/new`, { content: '新的', name: '10.txt' })).status).toBe(303)
      await desk.submit(`${last}/removal`, { reason: '不用了' })
      expect((await one('11')).status).toBe(303)
    })
  })

  it('CAL-03 files.customer_megabytes: up to the last byte, older versions counted', () => {
    const room = { most: 200, bytes: 50 * mega }
    const used = { count: 3, bytes: 50 * mega - 10 }
    expect(roomProblems(room, used, { files: 1, bytes: 10 })).toEqual([])
    const reasons = roomProblems(room, used, { files: 0, bytes: 11 }).map(({ rule, reason }) => `${rule} ${reason}`)
    expect(reasons).toEqual(['CUS-16 attachments:refused.tooMuch'])
  })

  it('CAL-03 files.customer_megabytes: what is there is counted with its versions', async () => {
    await under({ 'files.customer_megabytes': 50 }, async () => {
      const { id, number } = await make.customer()
      const url = `/customers/${number}/attachments/new`
      await upload(desk, url, { content: textOf(1000), name: '一.txt' })
      await pool.query(
        `with f as (insert into stored_file (sha256, bytes, type, stored_at, stored_by_id)
           values (encode(sha256(random()::text::bytea), 'hex'), $2, 'text/plain', now(), (select min(id) from staff)) returning id)
         insert into attachment_version (attachment_id, n, file_id, name, at, by_id)
         select $1, 2, id, 'x.txt', now(), (select min(id) from staff) from f`,
        [(await lastOf(id)).id, 50 * mega - 2000],
      )
      expect((await upload(desk, url, { content: textOf(900), name: '二.txt' })).status).toBe(303)
      const over = await upload(desk, url, { content: textOf(200), name: '三.txt' })
      expect(errorsOf({ $: load(over.text) })).toEqual([expect.stringMatching(/已占 50 MB，再加这一份就超过 50 MB/)])
    })
  })
})

describe('what is far too large', () => {
  it('200 MB are refused before they have come; memory and disk stay as they were', async () => {
    const { number } = await make.customer()
    const url = `/customers/${number}/attachments/new`
    const server = createHttpServer(createApp()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const cookie = String(
      ((await desk.agent.get(url).set('Host', desk.host)) as { request?: { cookies?: string } }).request?.cookies,
    )
    const before = process.memoryUsage().rss
    let sent = 0
    const answer = await new Promise<{ status: number; text: string; sent: number }>((resolve, reject) => {
      const size = 200 * mega
      const req = httpRequest(
        {
          port,
          host: '127.0.0.1',
          path: url,
          method: 'POST',
          headers: {
            Host: desk.host,
            Origin: `http://${desk.host}`,
            Cookie: cookie,
            'Content-Type': 'multipart/form-data; boundary=x',
            'Content-Length': size,
          },
        },
        (res) => {
          const at = sent
          const pieces: Buffer[] = []
          res.on('data', (piece: Buffer) => pieces.push(piece))
          res.on('end', () => {
            resolve({ status: res.statusCode!, text: Buffer.concat(pieces).toString(), sent: at })
            req.destroy()
          })
        },
      )
      req.on('error', reject)
      const piece = Buffer.alloc(256 * 1024, 65)
      const more = () => {
        if (req.destroyed || sent >= size) return
        sent += piece.length
        req.write(piece, () => setImmediate(more))
      }
      more()
    })
    server.closeAllConnections()
    server.close()
    expect(answer.status).toBe(422)
    expect(load(answer.text)('.errors').text()).toContain('超过 20 MB')
    expect(answer.sent).toBeLessThan(60 * mega)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * mega)
    const left = join(config.dataDir, 'uploads')
    expect(existsSync(left) ? readdirSync(left).filter((name) => statSync(join(left, name)).size > mega) : []).toEqual(
      [],
    )
  })
})

describe('at the same time, and when something breaks', () => {
  const input = { title: null, note: null, another: false }
  const uploadOf = (content: Buffer | string, name: string) => ({ path: onDisk(content), name, size: content.length })

  it('the same file for ten customers at once is stored once, and each has it', async () => {
    const actor = await actorOf((await theCast()).cs_manager)
    const content = pdfOf(`race ${Math.random()}`)
    const customers = await Promise.all(Array.from({ length: 10 }, () => make.customer()))
    await Promise.all(
      customers.map(({ id }) =>
        addAttachment(actor, { of: ofCustomers, id }, input, uploadOf(content, '同一份.pdf'), now()),
      ),
    )
    const { rows } = await pool.query<{ files: string; n: string }>(
      `select count(distinct file_id) as files, count(*) as n from attachment_version v join attachment a on a.id = v.attachment_id
       where a.customer_id = any($1)`,
      [customers.map(({ id }) => id)],
    )
    expect(rows).toEqual([{ files: '1', n: '10' }])
  })

  it('the same file twice at once for one customer is there once, and the second is told', async () => {
    const actor = await actorOf((await theCast()).cs_manager)
    const { id } = await make.customer()
    const content = pdfOf(`twice ${Math.random()}`)
    const all = await Promise.all(
      Array.from({ length: 5 }, () =>
        refusalOf(addAttachment(actor, { of: ofCustomers, id }, input, uploadOf(content, '一.pdf'), now())),
      ),
    )
    expect(all.filter((one) => one === null)).toHaveLength(1)
    expect(all.filter((one) => String(one) === 'CUS-16 attachments:refused.same')).toHaveLength(4)
    expect(await countOf(id)).toBe(1)
  })

  it('a content swept away between store and row makes no row', async () => {
    const actor = await actorOf((await theCast()).cs_manager)
    const { id } = await make.customer()
    const store = await theStore()
    const has = store.has
    store.has = () => Promise.resolve(false)
    const outcome = await refusalOf(
      addAttachment(actor, { of: ofCustomers, id }, input, uploadOf(pdfOf(`${Math.random()}`), 'a.pdf'), now()),
    )
    store.has = has
    expect(outcome).toEqual(['CUS-16 files:trouble.gone'])
    expect(await countOf(id)).toBe(0)
  })

  it.each([
    ['ENOSPC', '磁盘满了'],
    ['ECONNREFUSED', '连不上'],
  ])('%s: the form says so and keeps what was typed; nothing is half done', async (code, said) => {
    const { id, number } = await make.customer()
    const store = await theStore()
    const put = store.put
    store.put = () => Promise.reject(Object.assign(new Error(code), { code }))
    const answer = await upload(
      desk,
      `/customers/${number}/attachments/new`,
      { content: '月桂', name: 'a.txt' },
      { title: '租约' },
    )
    store.put = put
    const $ = load(answer.text)
    expect(answer.status).toBe(422)
    expect($('.errors').text()).toContain(said)
    expect($('[name=title]').val()).toBe('租约')
    expect([await countOf(id), await linesOf(id)]).toEqual([0, []])
  })
})

describe('ASVS 5.4.3: the scanner', () => {
  const file = () => onDisk(eicar)

  async function clamd(answer: (received: Buffer) => string | null) {
    const server = createServer((socket) => {
      let held = Buffer.alloc(0)
      socket.on('error', () => {})
      socket.on('data', (piece) => {
        held = Buffer.concat([held, piece])
        if (!held.subarray(-4).equals(Buffer.alloc(4))) return
        const said = answer(held)
        if (said === null) socket.destroy()
        else socket.end(said)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { address: `clamd://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
  }
  const outcomeOf = (path: string, scanner: string) =>
    scan(path, scanner).then(
      () => 'clean',
      (error: unknown) => {
        if (!(error instanceof Refused)) return error
        return error.unavailable ? 'no answer' : error.refusals[0]!.reason
      },
    )

  it('asks clamd, sends the whole file, and believes what it says', async () => {
    const daemon = await clamd((received) =>
      received.includes(Buffer.from(eicar)) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0',
    )
    expect(await outcomeOf(file(), daemon.address)).toBe(faultOf('infected').refusals[0]!.reason)
    expect(await outcomeOf(onDisk('桃源'), daemon.address)).toBe('clean')
    daemon.close()
  })

  it.each([
    ['ends without a word', null],
    ['answers an error', 'INSTREAM size limit exceeded. ERROR\0'],
  ])('that %s lets nothing in', async (_how, said) => {
    const daemon = await clamd(() => said)
    expect(await outcomeOf(file(), daemon.address)).toBe('no answer')
    daemon.close()
  })

  it('that is not there lets nothing in', async () => {
    expect(await outcomeOf(file(), 'clamd://127.0.0.1:9')).toBe('no answer')
    expect(await outcomeOf(file(), '/nowhere/scanner')).toBe('no answer')
  })

  it('may be a command: 0 is clean, 1 is not, 2 is no answer', async () => {
    const command = join(emptyFolder(), 'scan.sh')
    writeFileSync(command, '#!/bin/sh\ngrep -q EICAR "$1" && exit 1\ngrep -q broken "$1" && exit 2\nexit 0\n')
    chmodSync(command, 0o755)
    expect(existsSync(dirname(command))).toBe(true)
    expect(await outcomeOf(file(), command)).toBe('files:refused.infected')
    expect(await outcomeOf(onDisk('桃源'), command)).toBe('clean')
    expect(await outcomeOf(onDisk('broken'), command)).toBe('no answer')
  })
})
