import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/config.ts'

export type SourceFile = { path: string; text: string }

/** Every file below a folder with one of these endings, its path from the root. */
export function filesIn(folder: string, ...endings: string[]): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** What a file imports from src, as paths from the root. Type imports count: a border is a border. */
export function importsOf({ path, text }: SourceFile): string[] {
  const found = text.matchAll(/^(?:import|export)\b[^'"]*?from '(\.[^']+)'|^import '(\.[^']+)'/gm)
  return [...found].map(([, from, bare]) => join(path, '..', (from ?? bare)!).replaceAll('\\', '/'))
}

/** The same without types, which vanish before anything runs. */
export function runtimeImportsOf({ path, text }: SourceFile): string[] {
  return importsOf({ path, text: text.replace(/^import type [\s\S]*?from '[^']+'$/gm, '') })
}

/** Without comments, so that a word in a sentence is no offence. */
export function codeOf({ text }: SourceFile): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$|\s\/\/ .*$/gm, '')
}
