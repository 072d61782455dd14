import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { build, transform } from 'esbuild'
import { PurgeCSS } from 'purgecss'
import { packers, storeViewer, viewerName } from './pdf-viewer.ts'

// Tabler 1.4 needs color-mix, which these are the first to know.
const browsers = ['chrome111', 'edge111', 'firefox113', 'safari16.2']

// The classes of Tabler that ours build on; all its others go. Wish for another one? Name it here.
const builtOn = ['btn', 'btn-primary', 'btn-danger', 'form-control', 'form-select', 'form-check-input', 'table']

type Sources = Map<string, Buffer>
type Manifest = { inputs: string; files: Record<string, string> }

/** Writes dist/public: one style sheet, one script, the images; each named by its content and packed beforehand. */
export async function buildAssets(root: string): Promise<void> {
  const target = join(root, 'dist/public')
  const sources = await readSources(root)
  const inputs = digest([...sources].flat())
  const before = await readManifest(target)
  const viewer = await viewerName(root)
  if (before?.inputs === inputs && existsSync(join(target, viewer))) return

  const [styles, program] = await Promise.all([styleSheet(root, sources), script(root)])
  const contents = new Map<string, Buffer>([['app.css', styles], ['app.js', program], ...imagesOf(sources)])
  await mkdir(target, { recursive: true })
  const stored = [...contents].map(async ([name, content]) => [name, await store(target, name, content)] as const)
  await storeViewer(root, target, viewer)
  const files: Manifest['files'] = { ...Object.fromEntries(await Promise.all(stored)), pdfjs: viewer }
  await writeWhole(join(target, 'manifest.json'), JSON.stringify({ inputs, files } satisfies Manifest, null, 2))
  await sweep(target, [...Object.values(files), ...Object.values(before?.files ?? {})])
}

/** Everything the result depends on: styles, scripts, images; the templates and the code that name classes. */
async function readSources(root: string): Promise<Sources> {
  const folders = ['public', 'views', 'src']
  const lists = await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true })))
  const paths = folders.flatMap((folder, i) => lists[i]!.map((path) => join(folder, path).replaceAll('\\', '/')))
  const wanted = paths.filter((path) => /\.(css|js|ejs|ts|svg|png|ico|woff2)$/.test(path)).sort()
  const read = async (path: string) => [path, await readFile(join(root, path))] as const
  return new Map(await Promise.all([...wanted, 'package-lock.json'].map(read)))
}

async function styleSheet(root: string, sources: Sources): Promise<Buffer> {
  const [tabler, unpoly] = await Promise.all(
    ['@tabler/core/dist/css/tabler.min.css', 'unpoly/unpoly.css'].map((path) =>
      readFile(join(root, 'node_modules', path), 'utf8'),
    ),
  )
  const content = [...sources]
    .filter(([path]) => /^(views|public\/js|src)\//.test(path))
    .map(([, text]) => ({ raw: text.toString(), extension: 'html' }))
  const vendor = await strip(tabler!, content)
  const ours = [...sources].filter(([path]) => path.startsWith('public/css/')).sort(([a], [b]) => rank(a) - rank(b))
  const all = [
    '@layer tabler, tokens, base, components, features, utilities;',
    `@layer tabler { ${vendor} ${unpoly} }`,
    ...ours.map(([, text]) => text.toString()),
  ].join('\n')
  const { code } = await transform(all, { loader: 'css', minify: true, target: browsers })
  return Buffer.from(code)
}

/** Tabler without what no page uses. Our own styles stay whole: they hold names that are put together only on the page. */
async function strip(tabler: string, content: { raw: string; extension: string }[]): Promise<string> {
  const blocklist = classesOf(tabler).filter((name) => !builtOn.includes(name))
  const [result] = await new PurgeCSS().purge({
    content,
    css: [{ raw: tabler.replace('@charset "UTF-8";', '') }],
    blocklist,
    safelist: ['html', 'body', 'dark', 'light'],
    keyframes: true,
    variables: true,
  })
  return result!.css
}

const rank = (path: string) =>
  ['tokens.css', 'base.css', '/components/', '/features/'].findIndex((part) => path.includes(part))

const classesOf = (css: string) => [...new Set([...css.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name!))]

async function script(root: string): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'public/js/app.js')],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: browsers,
    legalComments: 'eof',
  })
  return Buffer.from(outputFiles[0]!.contents)
}

function imagesOf(sources: Sources): [string, Buffer][] {
  const folder = 'public/images/'
  return [...sources]
    .filter(([path]) => path.startsWith(folder))
    .map(([path, content]) => [path.slice(folder.length), content])
}

const packable = new Set(['.css', '.js', '.svg'])

/** Stores a file beside its packed copies and returns the name it was given. */
async function store(folder: string, name: string, content: Buffer): Promise<string> {
  const kind = extname(name)
  const hashed = `${name.slice(0, -kind.length)}.${digest([content]).slice(0, 10)}${kind}`
  await writeWhole(join(folder, hashed), content)
  if (packable.has(kind))
    for (const [ending, pack] of Object.entries(packers))
      await writeWhole(join(folder, hashed + ending), await pack(content))
  return hashed
}

/** A reader sees the old file or the new one, never half of one. */
async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const unfinished = `${path}.${process.pid}`
  await writeFile(unfinished, content)
  await rename(unfinished, path)
}

/** Keeps this build and the one before it, whose pages may still be open in browsers. */
async function sweep(folder: string, keep: string[]): Promise<void> {
  const kept = new Set(['manifest.json', ...keep.flatMap((name) => [name, `${name}.br`, `${name}.gz`])])
  const old = (await readdir(folder)).filter((name) => !kept.has(name))
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true, recursive: true })))
}

async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest
  } catch {
    return null
  }
}

function digest(parts: (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('base64url').replace(/[-_]/g, '')
}
