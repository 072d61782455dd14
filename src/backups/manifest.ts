import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { BackupProblem, damaged } from './problem.ts'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)
const whole = z.string().regex(/^-?\d{1,20}$/)
const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

/** What a backup says of itself. Kept beside it in manifest.json, with its seal in manifest.seal. */
const manifest = z.strictObject({
  format: z.literal('kehu-backup/1'),
  name: z.string().regex(/^kehu-\d{8}-\d{6}-[0-9a-f]{8}$/),
  /** The release that made it. */
  product: z.string().max(40),
  postgres: z.string().max(80),
  takenAt: z.iso.datetime(),
  verifiedAt: z.iso.datetime(),
  tookMs: count,
  /** The salt of its passphrase; null when it is not encrypted. */
  salt: z.base64().nullable(),
  migrations: z.array(z.strictObject({ name: z.string().max(255), checksum: hex })).min(1),
  tables: z
    .array(
      z.strictObject({ name: identifier, columns: z.array(identifier).min(1), rows: count, bytes: count, sha256: hex }),
    )
    .min(1),
  sequences: z.array(z.strictObject({ name: identifier, value: whole, called: z.boolean() })),
  files: z.strictObject({ count, bytes: count, list: hex }),
  /** Whether the rows' contents were all there; earlier releases had none. */
  contents: z
    .strictObject({ kept: z.enum(['here', 'elsewhere']), known: count, missing: count, changed: count })
    .optional(),
  trail: z.strictObject({ entries: count, last: whole.nullable() }),
  rows: count,
  /** On the disk, packed. */
  stored: count,
})
export type Manifest = z.infer<typeof manifest>
export type TableEntry = Manifest['tables'][number]

const manifestFile = 'manifest.json'
const sealFile = 'manifest.seal'
const derive = promisify(scrypt) as (password: string, salt: Buffer, bytes: number, options: object) => Promise<Buffer>

export const newSalt = () => randomBytes(16).toString('base64')

/** The key of one backup: with its salt no two have the same. */
export async function keyOf(passphrase: string | undefined, salt: string | null): Promise<Buffer | null> {
  if (salt === null) return null
  if (!passphrase) throw withoutPassphrase()
  const cost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 2 ** 20 }
  return derive(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, cost)
}

export function sealed(content: Manifest, key: Buffer | null): { [manifestFile]: string; [sealFile]: string } {
  const text = `${JSON.stringify(content, null, 1)}\n`
  return { [manifestFile]: text, [sealFile]: `${sealOf(text, key)}\n` }
}

/** As it says it is, for lists: nothing of it has been proven. */
export async function describe(folder: string): Promise<Manifest | null> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(folder, manifestFile), 'utf8')))
  } catch {
    return null
  }
}

/** The manifest and the key of a backup whose seal is right: nobody changed a figure, and the passphrase is the one. */
export async function openManifest(folder: string, passphrase: string | undefined) {
  const read = (name: string) =>
    readFile(join(folder, name), 'utf8').catch((error: unknown) => Promise.reject(notOurs(folder, error)))
  const [text, seal] = [await read(manifestFile), (await read(sealFile)).trim()]
  const content = parsed(text, folder)
  const key = await keyOf(passphrase, content.salt)
  if (!equal(seal, sealOf(text, key))) throw key ? wrongPassphrase() : damaged(manifestFile)
  return { manifest: content, key }
}

function parsed(text: string, folder: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw damaged(manifestFile, error)
  }
  const { data, error } = manifest.safeParse(value)
  if (data) return data
  const { format, product } = (value ?? {}) as { format?: unknown; product?: unknown }
  if (typeof format === 'string' && /^kehu-backup\/\d+$/.test(format) && format !== 'kehu-backup/1')
    throw new BackupProblem(
      'newer',
      `这个备份由更新的版本（${String(product)}）写成，本版本读不了：请先安装那个版本。`,
      `This backup was made by a newer release (${String(product)}) and cannot be read by this one: install that release first.`,
    )
  throw typeof format === 'string' && format.startsWith('kehu-backup/')
    ? damaged(manifestFile, error)
    : notOurs(folder, error)
}

const sealOf = (text: string, key: Buffer | null) =>
  (key ? createHmac('sha256', key) : createHash('sha256')).update(text).digest('hex')

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

function notOurs(folder: string, cause: unknown): BackupProblem {
  return new BackupProblem(
    'foreign',
    `${folder} 里没有本系统的完整备份。没有写入任何内容。`,
    `There is no complete backup of this product in ${folder}. Nothing was written.`,
    { cause },
  )
}

function withoutPassphrase(): BackupProblem {
  return new BackupProblem(
    'passphrase',
    '这个备份是加密的：请用 BACKUP_PASSPHRASE 给出写备份时的口令。',
    'This backup is encrypted: give the passphrase it was made with in BACKUP_PASSPHRASE.',
  )
}

function wrongPassphrase(): BackupProblem {
  return new BackupProblem(
    'passphrase',
    'BACKUP_PASSPHRASE 不是写这个备份时的口令，或者备份清单被改动过。没有写入任何内容。',
    'BACKUP_PASSPHRASE is not what this backup was made with, or its manifest was altered. Nothing was written.',
  )
}
