import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeEntry } from '../../src/backups/entry.ts'
import { keyOf, openManifest, sealed, type Manifest } from '../../src/backups/manifest.ts'
import { restore } from '../../src/backups/restoring.ts'
import { isStale, planFor, staleAfter } from '../../src/backups/rules.ts'
import { takeBackup } from '../../src/backups/taking.ts'
import { withClient } from '../../src/backups/client.ts'
import { openBackup } from '../../src/backups/verifying.ts'
import { now } from '../../src/lib/clock.ts'
import { freshDatabase, owner } from '../support/database.ts'
import { make, theCast } from '../support/make.ts'

const passphrase = '芝麻开门 open sesame'
const folder = mkdtempSync(join(tmpdir(), 'kehu-backup-'))
const copies = mkdtempSync(join(tmpdir(), 'kehu-backup-'))
let plain: Manifest
let secret: Manifest
let serial = 0

beforeAll(async () => {
  await theCast()
  await make.customer({}, '广寒宫桂花糕铺')
  plain = await takeBackup(owner, { folder, dataDir: copies, passphrase: undefined }, now())
  secret = await takeBackup(owner, { folder, dataDir: copies, passphrase }, now())
})

/** A copy to be spoiled. */
function copyOf({ name }: Manifest): string {
  const path = join(copies, String(serial++))
  cpSync(join(folder, name), path, { recursive: true })
  return path
}
const says = (path: string, given?: string) =>
  openBackup(path, given).then(
    () => 'opened',
    (error: Error & { code?: string }) => `${error.name} ${error.code}: ${error.message}`,
  )

/** As a forger would: the content and the seal fit each other. */
async function forged(change: (manifest: Manifest) => void): Promise<string> {
  const path = copyOf(plain)
  const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as Manifest
  change(manifest)
  for (const [file, text] of Object.entries(sealed(manifest, null))) writeFileSync(join(path, file), text)
  return path
}

describe('PRV-06: a backup that is not whole', () => {
  it.each([
    ['a byte is another', (path: string) => flip(join(path, 'tables/customer.gz'), 40)],
    ['its end is missing', (path: string) => truncateSync(join(path, 'tables/audit_entry.gz'), 100)],
    ['a part is empty', (path: string) => truncateSync(join(path, 'tables/staff.gz'), 0)],
    ['a part is missing', (path: string) => rmSync(join(path, 'tables/staff.gz'))],
    [
      'a part is that of another table',
      (path: string) => renameSync(join(path, 'tables/region.gz'), join(path, 'tables/staff.gz')),
    ],
    [
      'a figure was changed',
      (path: string) => rewrite(join(path, 'manifest.json'), (text) => text.replace('"tookMs": ', '"tookMs": 1')),
    ],
    ['the manifest is cut off', (path: string) => truncateSync(join(path, 'manifest.json'), 300)],
  ])('PRV-06: is refused, whether %s', async (_what, spoil) => {
    const path = copyOf(plain)
    spoil(path)
    expect(await says(path)).toMatch(/^BackupProblem damaged: 备份已损坏.*\nThe backup is damaged/)
    const encrypted = copyOf(secret)
    spoil(encrypted)
    expect(await says(encrypted, passphrase)).toMatch(/^BackupProblem (damaged|passphrase): /)
  })

  it('PRV-06: or is none at all, or of a release to come', async () => {
    const nothing = mkdtempSync(join(tmpdir(), 'kehu-backup-'))
    expect(await says(nothing)).toMatch(/^BackupProblem foreign: .*Nothing was written\.$/s)
    writeFileSync(join(nothing, 'manifest.json'), '{"name": "something else"}')
    writeFileSync(join(nothing, 'manifest.seal'), 'x')
    expect(await says(nothing)).toMatch(/^BackupProblem foreign/)
    const later = await forged((manifest) => ((manifest as { format: string }).format = 'kehu-backup/2'))
    expect(await says(later)).toMatch(/^BackupProblem newer: .*install that release first/s)
  })

  it.each([
    '../../evil',
    'files/../../evil',
    '/etc/passwd',
    'files//x',
    'files/a\\..\\b',
    'uploads/x',
    'session-secret',
    'files/C:evil',
    'files/.',
  ])('PRV-06: a list that names the file %s is refused', async (name) => {
    const line = JSON.stringify({
      path: name,
      bytes: 0,
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    })
    const path = await forged(() => {})
    rmSync(join(path, 'files.gz'))
    const { sha256 } = await writeEntry(Readable.from([`${line}\n`]), {
      path: join(path, 'files.gz'),
      name: 'files.gz',
      key: null,
    })
    await writeEntry(Readable.from(['']), { path: join(path, 'files/0.gz'), name: 'files/0.gz', key: null })
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as Manifest
    manifest.files = { count: 1, bytes: 0, list: sha256 }
    for (const [file, text] of Object.entries(sealed(manifest, null))) writeFileSync(join(path, file), text)
    expect(await says(path)).toMatch(/^BackupProblem damaged: .*files\.gz/s)
  })

  it.each(['../staff', 'staff"; drop table customer; --', 'Staff', 'tables/staff'])(
    'PRV-06: nor may a table be called %s',
    async (name) => {
      const path = await forged(({ tables }) => (tables[0]!.name = name))
      expect(await says(path)).toMatch(/^BackupProblem damaged/)
    },
  )

  it('PRV-06: one whose rows break a rule of the database is rolled back whole', async () => {
    const target = await freshDatabase('backup_broken', true)
    const path = copyOf(plain)
    const part = join(path, 'tables/role_grant.gz')
    rmSync(part)
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as Manifest
    const table = manifest.tables.find(({ name }) => name === 'role_grant')!
    const row = table.columns.map(
      (column) =>
        ({ id: '1', staff_id: '999999', role: 'auditor', scope: 'company', granted_at: '2026-01-01' })[column] ?? '\\N',
    )
    const { sha256, bytes } = await writeEntry(Readable.from([`${row.join('\t')}\n`]), {
      path: part,
      name: 'tables/role_grant.gz',
      key: null,
    })
    Object.assign(table, { rows: 1, sha256, bytes })
    for (const [file, text] of Object.entries(sealed(manifest, null))) writeFileSync(join(path, file), text)
    await expect(restore(target.owner, await openBackup(path, undefined))).rejects.toThrow(/role_grant.*rolled back/s)
    const { rows } = await withClient(target.owner, (client) => client.query('select count(*)::int as n from staff'))
    expect(rows).toEqual([{ n: 0 }])
  })
})

describe('PRV-06: an encrypted backup', () => {
  it('PRV-06: opens with its passphrase alone', async () => {
    const path = join(folder, secret.name)
    expect(await says(path, passphrase)).toBe('opened')
    expect(await says(path)).toMatch(/^BackupProblem passphrase: .*BACKUP_PASSPHRASE/s)
    expect(await says(path, 'another long passphrase')).toMatch(
      /^BackupProblem passphrase: .*not what this backup was made with/s,
    )
    const target = await freshDatabase('backup_secret', true)
    expect(await restore(target.owner, await openBackup(path, passphrase))).toMatchObject({ rows: secret.rows })
  })

  it('PRV-06: gives none of its contents away', () => {
    const path = join(folder, secret.name)
    const parts = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    for (const part of parts) {
      const content = readFileSync(join(part.parentPath, part.name))
      // Packed content would begin like this.
      if (part.name.endsWith('.gz')) expect(content.subarray(0, 2)).not.toEqual(Buffer.from([0x1f, 0x8b]))
      expect(content.includes('广寒宫')).toBe(false)
    }
  })

  it('PRV-06: two of the same passphrase have nothing in common', async () => {
    const other = await takeBackup(owner, { folder, dataDir: copies, passphrase }, now())
    expect(await keyOf(passphrase, other.salt)).not.toEqual(await keyOf(passphrase, secret.salt))
    const path = copyOf(secret)
    cpSync(join(folder, other.name, 'tables/staff.gz'), join(path, 'tables/staff.gz'))
    expect(await says(path, passphrase)).toMatch(/^BackupProblem damaged: .*staff/s)
    await expect(openManifest(path, passphrase)).resolves.toBeTruthy()
  })
})

describe('PRV-06: which schema it goes into', () => {
  const step = fc.record({ name: fc.stringMatching(/^[0-9]{4}_[a-z]{3}$/), checksum: fc.constantFrom('a', 'b') })
  const history = fc
    .uniqueArray(step, { minLength: 1, maxLength: 8, selector: ({ name }) => name })
    .map((list) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1)))

  it('PRV-06: what this release knows, and nothing else', () => {
    fc.assert(
      fc.property(history, fc.nat(), (known, n) => {
        const backup = known.slice(0, 1 + (n % known.length))
        const names = backup.map(({ name }) => name)
        expect(planFor(backup, known)).toEqual({ may: true, names, older: backup.length < known.length })
        expect(planFor([...known, { name: 'z_later', checksum: 'a' }], known)).toEqual({
          may: false,
          why: 'newer',
          migration: 'z_later',
        })
        const [first, ...rest] = known
        expect(planFor([{ ...first!, checksum: 'c' }, ...rest], known)).toMatchObject({ may: false, why: 'changed' })
        // One that came from another branch lies before others that were there first.
        if (rest.length > 0) expect(planFor(rest, known)).toMatchObject({ may: true, older: true })
      }),
    )
  })

  it('PRV-06: stale after 26 hours, not at them', () => {
    const at = new Date('2026-11-23T18:00:00Z')
    expect(isStale(new Date(at.getTime() - staleAfter), at)).toBe(false)
    expect(isStale(new Date(at.getTime() - staleAfter - 1), at)).toBe(true)
    expect(isStale(null, at)).toBe(true)
  })
})

function flip(path: string, at: number): void {
  const content = readFileSync(path)
  content[at]! ^= 0xff
  writeFileSync(path, content)
}

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}
