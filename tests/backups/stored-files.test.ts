import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { backupsPage } from '../../src/backups/pages.ts'
import { restore } from '../../src/backups/restoring.ts'
import { takeBackup, type Place } from '../../src/backups/taking.ts'
import { openBackup } from '../../src/backups/verifying.ts'
import { calendarAt } from '../../src/calendar/queries.ts'
import { connect, disconnect, pool } from '../../src/db.ts'
import { folderStore } from '../../src/files/folder-store.ts'
import { verifyFile } from '../../src/files/keeping.ts'
import { s3Store } from '../../src/files/s3-store.ts'
import { keyOf } from '../../src/files/shelf.ts'
import { now } from '../../src/lib/clock.ts'
import { emptyFolder } from '../files/samples.ts'
import { s3Server } from '../files/s3.ts'
import { freshDatabase } from '../support/database.ts'
import { actorOf, make, theCast } from '../support/make.ts'

const source = await freshDatabase('files_source')
await connect(source.app)
afterAll(disconnect)
const text = (content: string) => Readable.from([Buffer.from(content)])

async function row(sha256: string, bytes: number): Promise<void> {
  const { id } = await make.staff()
  await pool.query(
    `insert into stored_file (sha256, bytes, type, stored_at, stored_by_id) values ($1, $2, 'text/plain', now(), $3)`,
    [sha256, bytes, id],
  )
}
const clear = () => pool.query('delete from stored_file')
const back = async ({ folder }: Place, name: string) => openBackup(join(folder, name), undefined)

describe('PRV-06: the files of the store', () => {
  it('PRV-06: come back into an empty system, also where FILES_DIR says, and prove themselves', async () => {
    await clear()
    const filesDir = emptyFolder()
    const store = folderStore(filesDir)
    const all = await Promise.all(['广寒宫', '蓬莱阁', '桃源'].map((content) => store.put(text(content))))
    for (const { sha256, bytes } of all) await row(sha256, bytes)
    mkdirSync(join(filesDir, 'tmp'), { recursive: true })
    writeFileSync(join(filesDir, 'tmp/half'), 'on its way')
    const place: Place = { folder: emptyFolder(), dataDir: emptyFolder(), filesDir, passphrase: undefined }
    const manifest = await takeBackup(source.owner, place, now())
    expect(manifest.files.count).toBe(3)
    expect(manifest.contents).toEqual({ kept: 'here', known: 3, missing: 0, changed: 0 })

    const target = await freshDatabase('files_target', true)
    const there = { dataDir: emptyFolder(), filesDir: emptyFolder() }
    const done = await restore(target.owner, await back(place, manifest.name), there)
    expect(done.files).toBe(3)
    const restored = folderStore(there.filesDir)
    for (const { sha256 } of all) expect(await verifyFile(sha256, restored)).toBe('good')
    expect(readdirSync(there.filesDir)).not.toContain('tmp')
    expect(readdirSync(there.dataDir)).toEqual([])
    await expect(
      restore((await freshDatabase('files_again', true)).owner, await back(place, manifest.name), there),
    ).rejects.toThrow(/is there already/)
  })

  it('PRV-06: what is missing or altered is counted, and the page says so', async () => {
    await clear()
    const filesDir = emptyFolder()
    const store = folderStore(filesDir)
    const [good, spoilt] = await Promise.all([store.put(text('好的')), store.put(text('要坏的'))])
    for (const { sha256, bytes } of [good!, spoilt!]) await row(sha256, bytes)
    await row('0'.repeat(64), 5)
    writeFileSync(join(filesDir, keyOf(spoilt!.sha256)), 'altered')
    const place: Place = { folder: emptyFolder(), dataDir: emptyFolder(), filesDir, passphrase: undefined }
    const manifest = await takeBackup(source.owner, place, now())
    expect(manifest.contents).toEqual({ kept: 'here', known: 3, missing: 1, changed: 1 })
    expect((await back(place, manifest.name)).manifest.contents).toEqual(manifest.contents)
    expect(await calloutsOf(manifest)).toContain('附件的内容不全：1 份找不到，1 份与指纹不符。')
  })

  it('PRV-06: in object storage they are asked for one by one; the backup holds their fingerprints, and says so', async () => {
    await clear()
    const server = await s3Server()
    const settings = {
      endpoint: server.endpoint,
      bucket: 'kehu',
      region: 'cn-east-1',
      key: 'AKPENGLAI',
      secret: 'geheim',
    }
    const store = s3Store(settings)
    const [good, lost] = await Promise.all([store.put(text('在云上')), store.put(text('会丢'))])
    for (const { sha256, bytes } of [good!, lost!]) await row(sha256, bytes)
    const spoilt = await store.put(text('会坏'))
    await row(spoilt.sha256, spoilt.bytes)
    server.objects.get(keyOf(spoilt.sha256))!.content = Buffer.from('会换')
    server.objects.delete(keyOf(lost!.sha256))
    const itsTurn = new Date(parseInt(spoilt.sha256[0]!, 16) * 24 * 60 * 60_000 + 16 * 1250 * 24 * 60 * 60_000)
    const place: Place = {
      folder: emptyFolder(),
      dataDir: emptyFolder(),
      passphrase: undefined,
      store: () => Promise.resolve(store),
    }
    const manifest = await takeBackup(source.owner, place, itsTurn)
    await server.close()
    expect(manifest.files.count).toBe(0)
    expect(manifest.contents).toEqual({ kept: 'elsewhere', known: 3, missing: 1, changed: 1 })
    const target = await freshDatabase('files_cloud', true)
    await restore(target.owner, await back(place, manifest.name), emptyFolder())
    await disconnect()
    await connect(target.app)
    const { rows } = await pool.query<{ sha256: string }>('select sha256 from stored_file order by id')
    await disconnect()
    await connect(source.app)
    expect(rows.map(({ sha256 }) => sha256)).toEqual([good!.sha256, lost!.sha256, spoilt.sha256])
    expect(await calloutsOf(manifest)).toContain('附件的内容在对象存储里，不在备份里。')
  })
})

async function calloutsOf(manifest: Awaited<ReturnType<typeof takeBackup>>): Promise<string> {
  const actor = await actorOf((await theCast()).system_admin)
  const kept = { folder: '/b', keep: 14, nightly: true, encrypts: false }
  const state = { backups: [manifest], drill: null, lastRun: null, waiting: false, ...kept }
  const page = backupsPage(actor, state, now(), await calendarAt(now()))
  return page.callouts.map(({ strong }) => strong).join('\n')
}
