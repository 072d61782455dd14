import { join } from 'node:path'
import { meter, readEntry } from './entry.ts'
import { tablePart } from './folder.ts'
import { openManifest, type Manifest, type TableEntry } from './manifest.ts'
import { damaged } from './problem.ts'
import { checkFile, listedFiles, type Files, type StoredFile } from './stored-files.ts'

type Parts = { tables: TableEntry[]; files: Files }
export type Opened = { folder: string; manifest: Manifest; key: Buffer | null; files: StoredFile[] }

/** Reads every part of a backup to its end and compares; answers the files it holds. Writes nothing. */
export async function checkParts(folder: string, { tables, files }: Parts, key: Buffer | null): Promise<StoredFile[]> {
  for (const table of tables) await checkTable(folder, table, key)
  const list = await listedFiles(folder, files, key)
  for (const [at, file] of list.entries()) await checkFile(folder, at, file, key)
  return list
}

/** A backup whose every byte is as it was written; anything else is refused here. */
export async function openBackup(folder: string, passphrase: string | undefined): Promise<Opened> {
  const { manifest, key } = await openManifest(folder, passphrase)
  const files = await checkParts(folder, manifest, key)
  return { folder, manifest, key, files }
}

async function checkTable(folder: string, { name, rows, sha256 }: TableEntry, key: Buffer | null): Promise<void> {
  const { flow, read } = meter()
  await readEntry({ path: join(folder, tablePart(name)), name: tablePart(name), key }, async (content) => {
    for await (const _ of flow(content));
  })
  const found = read()
  if (found.sha256 !== sha256 || found.lines !== rows) throw damaged(tablePart(name))
}
