import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { pool } from '../../src/db.ts'
import { folderStore } from '../../src/files/folder-store.ts'
import { verifyFile } from '../../src/files/keeping.ts'
import { s3Store } from '../../src/files/s3-store.ts'
import { keyOf, type Store } from '../../src/files/shelf.ts'
import { sweepStore } from '../../src/files/sweeping.ts'
import '../support/connected.ts'
import { make } from '../support/make.ts'
import { emptyFolder } from './samples.ts'
import { s3Server } from './s3.ts'

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const of = (content: Buffer) => Readable.from([content])
const day = 24 * 60 * 60_000
const never = () => false

const server = await s3Server()
afterAll(() => server.close())
const s3 = () =>
  s3Store({ endpoint: server.endpoint, bucket: 'kehu', region: 'cn-east-1', key: 'AKPENGLAI', secret: 'geheim' })

async function lying(store: Store): Promise<string[]> {
  const found: string[] = []
  for await (const { key } of store.list()) found.push(key)
  return found.toSorted()
}

describe.each<[string, () => { store: Store; age: (key: string, ms: number) => void; spoil: (key: string) => void }]>([
  [
    'a folder',
    () => {
      const folder = emptyFolder()
      const age = (key: string, ms: number) => {
        const at = new Date(statSync(join(folder, key)).mtimeMs - ms)
        utimesSync(join(folder, key), at, at)
      }
      return { store: folderStore(folder), age, spoil: (key) => writeFileSync(join(folder, key), 'x') }
    },
  ],
  [
    'object storage',
    () => {
      server.objects.clear()
      const age = (key: string, ms: number) => {
        const object = server.objects.get(key)!
        object.at = new Date(object.at.getTime() - ms)
      }
      return { store: s3(), age, spoil: (key) => (server.objects.get(key)!.content = Buffer.from('x')) }
    },
  ],
])('%s', (_name, fresh) => {
  it('keeps a content under its hash, and gives it back', async () => {
    const { store } = fresh()
    const content = randomBytes(300_000)
    const stored = await store.put(of(content))
    expect(stored).toEqual({ sha256: hashOf(content), bytes: content.length })
    expect(await lying(store)).toEqual([keyOf(stored.sha256)])
    expect(await buffer((await store.get(stored.sha256))!)).toEqual(content)
    expect(await store.has(stored.sha256)).toBe(true)
  })

  it('knows what it has not', async () => {
    const { store } = fresh()
    const sha256 = hashOf(Buffer.from('没有'))
    expect([await store.get(sha256), await store.has(sha256), await verifyFile(sha256, store)]).toEqual([
      null,
      false,
      'missing',
    ])
  })

  it('the same content ten times at once is there once', async () => {
    const { store } = fresh()
    const content = randomBytes(50_000)
    const all = await Promise.all(Array.from({ length: 10 }, () => store.put(of(content))))
    expect(new Set(all.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(await lying(store)).toEqual([keyOf(hashOf(content))])
    expect(await verifyFile(hashOf(content), store)).toBe('good')
  })

  it('what breaks off on its way leaves nothing', async () => {
    const { store } = fresh()
    const breaking = (async function* () {
      yield randomBytes(100_000)
      await Promise.resolve()
      throw new Error('the line is cut')
    })()
    await expect(store.put(breaking)).rejects.toThrow('the line is cut')
    expect(await lying(store)).toEqual([])
  })

  it('a content that was altered is found', async () => {
    const { store, spoil } = fresh()
    const { sha256 } = await store.put(of(Buffer.from('原件')))
    spoil(keyOf(sha256))
    expect(await verifyFile(sha256, store)).toBe('changed')
  })

  it('the sweep takes what is a day old and has no row, and nothing else', async () => {
    const { store, age } = fresh()
    const now = new Date()
    const [known, orphan, young] = await Promise.all([0, 1, 2].map(() => store.put(of(randomBytes(100)))))
    const { id } = await make.staff()
    await pool.query(
      `insert into stored_file (sha256, bytes, type, stored_at, stored_by_id) values ($1, 100, 'text/plain', now(), $2)`,
      [known!.sha256, id],
    )
    for (const { sha256 } of [known!, orphan!]) age(keyOf(sha256), day + 1000)
    expect(await sweepStore(now, never, store)).toEqual({ cleared: 1 })
    expect(await lying(store)).toEqual([known!, young!].map(({ sha256 }) => keyOf(sha256)).toSorted())
  })

  it('an old content that comes again is new to the sweep', async () => {
    const { store, age } = fresh()
    const content = randomBytes(100)
    const { sha256 } = await store.put(of(content))
    age(keyOf(sha256), 2 * day)
    await store.put(of(content))
    expect(await sweepStore(new Date(), never, store)).toEqual({ cleared: 0 })
  })
})

describe('a folder', () => {
  it('is closed to others, and what a killed upload left is swept with time', async () => {
    const folder = emptyFolder()
    const store = folderStore(folder)
    const { sha256 } = await store.put(of(Buffer.from('月桂')))
    expect(statSync(join(folder, keyOf(sha256))).mode & 0o077).toBe(0)
    mkdirSync(join(folder, 'tmp'), { recursive: true })
    const left = join(folder, 'tmp', 'half')
    writeFileSync(left, 'half')
    expect(await sweepStore(new Date(), never, store)).toEqual({ cleared: 0 })
    utimesSync(left, new Date(Date.now() - 2 * day), new Date(Date.now() - 2 * day))
    expect(await sweepStore(new Date(), never, store)).toEqual({ cleared: 1 })
    expect(readdirSync(join(folder, 'tmp'))).toEqual([])
  })

  it('leaves alone what is not its own', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'README.txt'), 'mine')
    utimesSync(join(folder, 'README.txt'), new Date(0), new Date(0))
    expect(await sweepStore(new Date(), never, folderStore(folder))).toEqual({ cleared: 0 })
    expect(readdirSync(folder)).toContain('README.txt')
  })
})

describe('object storage', () => {
  it('takes what is large in parts, never whole in memory', async () => {
    server.objects.clear()
    const before = server.parts()
    const piece = randomBytes(1024 * 1024)
    const hash = createHash('sha256')
    const many = (function* () {
      for (let at = 0; at < 20; at++) {
        hash.update(piece)
        yield piece
      }
    })()
    const stored = await s3().put(Readable.from(many))
    expect(stored).toEqual({ sha256: hash.digest('hex'), bytes: 20 * piece.length })
    expect(server.parts() - before).toBe(3)
    expect([...server.objects.keys()]).toEqual([keyOf(stored.sha256)])
  })

  it('that refuses the key is an error, not an empty shelf', async () => {
    const stranger = s3Store({
      endpoint: server.endpoint,
      bucket: 'kehu',
      region: 'cn-east-1',
      key: 'OTHER',
      secret: 'x',
    })
    await expect(stranger.get(hashOf(Buffer.from('x')))).rejects.toThrow('AccessDenied')
    const elsewhere = s3Store({
      endpoint: server.endpoint,
      bucket: 'andere',
      region: 'cn-east-1',
      key: 'AKPENGLAI',
      secret: 'x',
    })
    await expect(elsewhere.get(hashOf(Buffer.from('x')))).rejects.toThrow('NoSuchBucket')
  })
})
