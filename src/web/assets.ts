import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../config.ts'

/** Where the built files lie; served under /assets, each for ever, because its name changes with its content. */
export function assetsFolder(root: string): string {
  return join(root, 'dist/public')
}

const manifest = join(assetsFolder(root), 'manifest.json')

let names: Record<string, string> = {}
let written = 0
let looked = 0

/** The address of a built file: asset('app.css') → '/assets/app.Xy12….css'. */
export function asset(name: string): string {
  lookAgain()
  const hashed = names[name]
  if (hashed === undefined) throw new Error(`dist/public holds no ${name}: npm run build makes it`)
  return `/assets/${hashed}`
}

// At most once a second, so that a rebuild shows at once in development and costs nothing under load.
function lookAgain(): void {
  const now = performance.now()
  if (written > 0 && now - looked < 1000) return
  looked = now
  const found = statSync(manifest, { throwIfNoEntry: false })
  if (!found || found.mtimeMs === written) return
  written = found.mtimeMs
  names = (JSON.parse(readFileSync(manifest, 'utf8')) as { files: Record<string, string> }).files
}
