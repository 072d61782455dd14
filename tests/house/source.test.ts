import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../src/config.ts'
import { codeOf, filesIn, importsOf, runtimeImportsOf, type SourceFile } from './files.ts'
import { ruleIds } from './rule-ids.ts'

const source = filesIn('src', '.ts')
const product = source.filter(({ path }) => !path.startsWith('src/launch/'))
const features = [
  'access',
  'acknowledgements',
  'addresses',
  'agreements',
  'alerts',
  'approvals',
  'archive',
  'assignments',
  'attachments',
  'audit',
  'backups',
  'calendar',
  'certificates',
  'clock',
  'complaints',
  'confirmations',
  'contacts',
  'copies',
  'customers',
  'deadlines',
  'delegations',
  'designations',
  'disclosures',
  'divisions',
  'exports',
  'files',
  'handovers',
  'home',
  'imports',
  'incidents',
  'jobs',
  'links',
  'loans',
  'movements',
  'notices',
  'organisation',
  'regulations',
  'saved-views',
  'sealing',
  'search',
  'second-factor',
  'session',
  'sso',
  'staff',
  'tasks',
  'transfers',
  'unmaskings',
  'verifications',
  'viewings',
]
const shared = ['src/lib/', 'src/sheets/', 'src/web/']

const offenders = (files: SourceFile[], word: RegExp) =>
  files.filter((file) => word.test(codeOf(file))).map(({ path }) => path)

const featureOf = (path: string) => features.find((name) => path.startsWith(`src/${name}/`))
const nameOf = (path: string) => path.split('/').at(-1)!

it('looks at the whole source', () => {
  expect(source.length).toBeGreaterThan(120)
  for (const feature of features) expect(source.filter(({ path }) => featureOf(path) === feature)).not.toEqual([])
})

it('a feature never imports the routes, forms, pages or words of another', () => {
  const hidden = ['routes.ts', 'pages.ts', 'words.ts', 'forms.ts']
  // The dictionary and the history's vocabulary are put together from every feature's words.
  const gathers = ['src/i18n.ts', 'src/routes.ts', 'src/audit/actions.ts']
  const trespasses = source
    .filter(({ path }) => !gathers.includes(path))
    .flatMap((file) =>
      importsOf(file)
        .filter((to) => featureOf(to) && featureOf(to) !== featureOf(file.path) && hidden.includes(nameOf(to)))
        .map((to) => `${file.path} → ${to}`),
    )
  expect(trespasses).toEqual([])
})

it('lib is domain-free and forms, rules, states and policies are pure', () => {
  const pure = /\/(?:forms|rules|states|policy|pages)\.ts$/
  const trespasses = source.flatMap((file) => {
    const { path } = file
    const to = importsOf(file).filter((one) => one.startsWith('src/'))
    if (path.startsWith('src/lib/')) return to.filter((one) => !one.startsWith('src/lib/') && one !== 'src/i18n.ts')
    if (pure.test(path) && featureOf(path)) return to.filter((one) => /src\/(?:db|config|app|server)\.ts$/.test(one))
    return []
  })
  expect(trespasses).toEqual([])
})

it('pure files never reach the database by another file', () => {
  const byPath = new Map(source.map((file) => [file.path, file]))
  const reaches = (path: string, seen = new Set<string>()): boolean => {
    if (path === 'src/db.ts') return true
    const file = byPath.get(path)
    if (!file || seen.has(path)) return false
    seen.add(path)
    return runtimeImportsOf(file).some((to) => reaches(to, seen))
  }
  const pure = source.filter(({ path }) => /\/(?:rules|states|forms)\.ts$/.test(path))
  expect(pure.length).toBeGreaterThan(3)
  expect(pure.filter(({ path }) => reaches(path)).map(({ path }) => path)).toEqual([])
})

it('the graph of imports has no cycles', () => {
  const byPath = new Map(source.map((file) => [file.path, runtimeImportsOf(file)]))
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (path: string, way: string[]) => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' → '))
    if (way.includes(path) || done.has(path)) return
    for (const to of byPath.get(path) ?? []) walk(to, [...way, path])
    done.add(path)
  }
  for (const path of byPath.keys()) walk(path, [])
  expect(cycles).toEqual([])
})

it('only change() writes: nobody else touches the writer or opens a transaction', () => {
  const outside = product.filter(({ path }) => !['src/db.ts', 'src/audit/change.ts'].includes(path))
  expect(offenders(outside, /\bwriter\b|\$transaction\b|new PrismaClient\b/)).toEqual([])
})

it('a transaction is asked one thing at a time', () => {
  // It has one connection, whose driver no longer takes a question while it answers another.
  const together = (file: SourceFile) =>
    codeOf(file)
      .split(/\bPromise\.all\(|\binParallel\(/)
      .slice(1)
      .map(upToItsEnd)
  const asked = product.filter((file) => together(file).some((questions) => /\btx\b/.test(questions)))
  expect(asked.map(({ path }) => path)).toEqual([])
})

/** What stands between the parentheses, of which the first is open. */
function upToItsEnd(text: string): string {
  let open = 1
  const end = [...text].findIndex((sign) => (open += sign === '(' ? 1 : sign === ')' ? -1 : 0) === 0)
  return text.slice(0, end)
}

it('nobody puts SQL together from text', () => {
  expect(offenders(source, /\$(?:query|execute)RawUnsafe\(|Prisma\.raw\(/)).toEqual([])
})

it('only the configuration reads the environment', () => {
  expect(offenders(product, /process\.env\b/).filter((path) => path !== 'src/config.ts')).toEqual([])
})

it('a test has modules of its own exactly where it mocks one or writes the environment', () => {
  const [tests, own] = [filesIn('tests', '.ts'), /\bvi\.(?:doM|m)ock\(|process\.env(?:\.\w+|\['\w+'\]) = /]
  const marked = new Set(offenders(tests, own))
  const needs = tests.filter((file) => [file.path, ...importsOf(file)].some((path) => marked.has(path)))
  const named = (ending: string, files: SourceFile[]) =>
    files.map(({ path }) => path).filter((path) => path.endsWith(ending))
  expect(named('.test.ts', needs)).toEqual(named('.alone.test.ts', tests))
})

it('only the clock knows the time', () => {
  const elsewhere = product.filter(({ path }) => path !== 'src/lib/clock.ts')
  expect(offenders(elsewhere, /new Date\(\)|Date\.now\(|Temporal\.Now\b/)).toEqual([])
})

it('only sessions and the queue go by the clock of the database', () => {
  const elsewhere = product.filter(({ path }) => path !== 'src/web/session.ts' && !path.startsWith('src/jobs/'))
  const read = offenders(elsewhere, /\bcurrent_(?:timestamp|date|time)\b|\bclock_timestamp\(|\blocaltimestamp\b/)
  // Whether a check waits in the queue is asked in the queue's own time.
  expect(read.filter((path) => path !== 'src/sealing/queries.ts')).toEqual([])
})

it('knows every rule that it cites', () => {
  const cited = [...source, ...filesIn('views', '.ejs')].flatMap(({ path, text }) =>
    [...text.matchAll(/\b[A-Z]{3,4}-\d{2}\b/g)].map(([id]) => ({ id, path })),
  )
  expect(cited.length).toBeGreaterThan(40)
  expect(cited.filter(({ id }) => !ruleIds.has(id) && !/^(?:SHA|UTF)-/.test(id))).toEqual([])
})

it('no class but errors', () => {
  const classes = product.flatMap(({ path, text }) =>
    [...text.matchAll(/^(?:export )?class \w+\b(?! extends Error\b).*$/gm)].map(([line]) => `${path}: ${line}`),
  )
  expect(classes).toEqual([])
})

it('shared folders know no feature', () => {
  // What the plumbing must know of who asks, what is written down and which rule stopped it.
  const known = ['access', 'audit', 'regulations']
  const trespasses = source
    .filter(({ path }) => shared.some((folder) => path.startsWith(folder)))
    .flatMap((file) =>
      importsOf(file)
        .filter((to) => featureOf(to) && !known.includes(featureOf(to)!))
        .map((to) => `${file.path} → ${to}`),
    )
  expect(trespasses).toEqual([])
})

it('what the product needs to be built is installed where it is built', () => {
  // `npm start` installs no development packages, and compiles with the types of those it imports.
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Packages
  const imported = new Set(
    product.flatMap(({ text }) =>
      [...text.matchAll(/(?:from|import\() ?'((?:@[^/']+\/)?[^./'][^/']*)/g)].map(([, name]) => name!),
    ),
  )
  const needed = [...imported].flatMap((name) => [name, `@types/${name}`]).filter((name) => name in devDependencies)
  expect(needed).toEqual([])
  expect(Object.keys(dependencies).length).toBeGreaterThan(20)
})

type Packages = { dependencies: Record<string, string>; devDependencies: Record<string, string> }
