import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

export const packers = { '.br': promisify(brotliCompress), '.gz': promisify(gzip) }

const viewerSource = (root: string) => join(root, 'node_modules/pdfjs-dist')

/** pdf.js asks for its parts by names of its own: they lie together in a folder that is named by the release. */
export async function viewerName(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(viewerSource(root), 'package.json'), 'utf8')) as {
    version: string
  }
  return `pdfjs-${version}`
}

/** Programs, character maps (Chinese PDFs name theirs), the fonts every PDF may expect, and decoders. */
export async function storeViewer(root: string, target: string, name: string): Promise<void> {
  const [source, folder] = [viewerSource(root), join(target, name)]
  if (existsSync(folder)) return
  const draft = `${folder}.${process.pid}`
  await mkdir(draft, { recursive: true })
  for (const part of ['cmaps', 'standard_fonts', 'wasm'])
    await cp(join(source, part), join(draft, part), { recursive: true })
  for (const part of ['pdf', 'pdf.worker']) {
    const content = await readFile(join(source, `legacy/build/${part}.min.mjs`))
    await writeFile(join(draft, `${part}.mjs`), content)
    for (const [ending, pack] of Object.entries(packers))
      await writeFile(join(draft, `${part}.mjs${ending}`), await pack(content))
  }
  await rename(draft, folder).catch((error: NodeJS.ErrnoException) => {
    // Somebody built at the same moment.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    return rm(draft, { recursive: true, force: true })
  })
}
