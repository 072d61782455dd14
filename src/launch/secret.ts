import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { onDisk, textOf } from './disk.ts'

export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** As root the folder may be passed through, because PostgreSQL then runs as another user; its contents stay private. */
export function makeDataFolder(folder: string): void {
  onDisk(folder, () => makeFolder(folder, process.getuid?.() === 0 ? 0o711 : 0o700))
}

/** Not `recursive: true`: on a read-only disk that says ENOENT, and in /proc it never ends. */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder), mode)
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** The content of a private file, made when missing. It appears whole or not at all, also with several starts at once. */
export function keptFile(path: string, make: () => string): string {
  return onDisk(path, () => {
    const kept = textOf(path)
    if (kept) return kept
    const draft = `${path}.${process.pid}`
    try {
      writeFileSync(draft, make(), { mode: 0o600 })
      publish(draft, path)
      return readFileSync(path, 'utf8')
    } finally {
      rmSync(draft, { force: true })
    }
  })
}

function publish(draft: string, path: string): void {
  try {
    linkSync(draft, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Some file systems know no hard links; an existing but empty file is left by a full disk.
    if (code !== 'EEXIST' || readFileSync(path, 'utf8') === '') renameSync(draft, path)
  }
}
