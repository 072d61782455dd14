import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { temporary } from '../files/shelf.ts'
import { meter, readEntry, writeEntry, type Content } from './entry.ts'
import { filePart, listPart } from './folder.ts'
import { BackupProblem, damaged } from './problem.ts'

/** Folders of DATA_DIR that hold what people uploaded. What comes up with a form lies in `uploads` for a moment only. */
export const kept = ['files']

const segment = String.raw`(?!\.{1,2}(?:\/|$))[^/\\\0:]{1,255}`
/** `files/ab/cdef`: below one of the folders, whatever a stranger wrote into a list. */
const safePath = new RegExp(String.raw`^(?:${kept.join('|')})(?:\/${segment}){1,20}$`, 'u')
const entry = z.strictObject({
  path: z.string().max(1000).regex(safePath),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
const line = z.string().transform((text, context) => {
  try {
    return entry.parse(JSON.parse(text))
  } catch {
    context.addIssue('line')
    return z.NEVER
  }
})
export type StoredFile = z.infer<typeof entry>
export type Files = { count: number; bytes: number; list: string }

/** Where the folders lie: below DATA_DIR, or the one for files where FILES_DIR says. */
export type Roots = { dataDir: string; filesDir?: string | undefined }

/** `files/ab/cdef` of a backup is this file here. */
function placeOf({ dataDir, filesDir }: Roots, path: string): string {
  const [folder, ...rest] = path.split('/')
  return folder === 'files' && filesDir ? join(filesDir, ...rest) : join(dataDir, path)
}

/** Copies the files after the rows were seen: what a row speaks of is there. One that is deleted meanwhile is left out. */
export async function copyFiles(roots: Roots, draft: string, key: Buffer | null): Promise<Files> {
  const files: StoredFile[] = []
  for (const path of await pathsIn(roots)) {
    const part = filePart(files.length)
    const content = await copyFile(placeOf(roots, path), { path: join(draft, part), name: part, key })
    if (content) files.push({ path, bytes: content.bytes, sha256: content.sha256 })
  }
  const list = Readable.from(files.map((file) => `${JSON.stringify(file)}\n`))
  const { sha256 } = await writeEntry(list, { path: join(draft, listPart), name: listPart, key })
  return { count: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), list: sha256 }
}

async function pathsIn(roots: Roots): Promise<string[]> {
  const found = await Promise.all(
    kept.map(async (folder) => {
      const base = placeOf(roots, folder)
      if (!existsSync(base)) return []
      const entries = await readdir(base, { recursive: true, withFileTypes: true })
      const files = entries.filter((one) => one.isFile())
      return files.map((one) =>
        join(folder, join(one.parentPath, one.name).slice(base.length + 1)).replaceAll('\\', '/'),
      )
    }),
  )
  return found
    .flat()
    .filter((path) => safePath.test(path) && !path.startsWith(underWay))
    .toSorted()
}

/** Uploads that are just coming in: no row speaks of them. */
const underWay = `files/${temporary}/`

async function copyFile(from: string, to: { path: string; name: string; key: Buffer | null }): Promise<Content | null> {
  try {
    return await writeEntry(createReadStream(from), to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(from)) throw error
    await rm(to.path, { force: true })
    return null
  }
}

/** What the list names, once the list itself has proven whole. */
export async function listedFiles(folder: string, files: Files, key: Buffer | null): Promise<StoredFile[]> {
  const { flow, read } = meter()
  const text = await readEntry({ path: join(folder, listPart), name: listPart, key }, async (content) =>
    (await buffer(flow(content))).toString(),
  )
  if (read().sha256 !== files.list) throw damaged(listPart)
  const { data, error } = z.array(line).safeParse(text.split('\n').filter(Boolean))
  if (!data || data.length !== files.count || new Set(data.map(({ path }) => path)).size !== data.length)
    throw damaged(listPart, error)
  return data
}

export async function checkFile(folder: string, at: number, file: StoredFile, key: Buffer | null): Promise<void> {
  const { flow, read } = meter()
  const name = filePart(at)
  await readEntry({ path: join(folder, name), name, key }, async (content) => {
    for await (const _ of flow(content));
  })
  if (read().sha256 !== file.sha256) throw damaged(name)
}

/** Puts the files back where nothing is yet. */
export async function putFiles(folder: string, files: StoredFile[], key: Buffer | null, roots: Roots): Promise<void> {
  for (const [at, { path, sha256 }] of files.entries()) {
    const target = placeOf(roots, path)
    const { flow, read } = meter()
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await readEntry({ path: join(folder, filePart(at)), name: filePart(at), key }, (content) =>
      pipeline(flow(content), createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true })),
    )
    if (read().sha256 !== sha256) throw damaged(filePart(at))
  }
}

export async function takeBack(files: StoredFile[], roots: Roots): Promise<void> {
  for (const { path } of files) await rm(placeOf(roots, path), { force: true })
}

/** Files of another system must not be mixed with those of the backup. */
export async function refuseOtherFiles(roots: Roots): Promise<void> {
  const [there] = await pathsIn(roots)
  if (!there) return
  const path = placeOf(roots, there)
  const { size } = await stat(path)
  throw new BackupProblem(
    'notEmpty',
    `没有恢复：${path}（${size} 字节）已经存在。请用一个新的 DATA_DIR，或先把原来的 ${kept.join('、')} 移走。`,
    `Not restored: ${path} (${size} bytes) is there already. Use a new DATA_DIR, or move the old ${kept.join(', ')} away first.`,
  )
}
