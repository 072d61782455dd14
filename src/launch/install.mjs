import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outdated, build } from './build.mjs'
import { withLock } from './lock.mjs'
import { endWithNpm } from './parent.mjs'
import { LaunchProblem, root, run, step } from './run.mjs'
import { digest, stamped, stamp } from './stamp.mjs'

export { run }

/** Brings the packages and the named build steps up to date; does and writes nothing when they are. */
export async function prepare(steps, { development = false } = {}) {
  endWithNpm()
  if (installed(development) && outdated(steps).length === 0) return
  await writing(() =>
    withLock(join(root, 'dist/.lock'), async (child) => {
      if (!installed(development)) await install(development, child)
      await build(outdated(steps), child)
    }),
  )
}

const marks = 'node_modules/.kehu'

function installed(development) {
  const locked = digest(['package-lock.json'])
  const enough = [`${locked} all`, ...(development ? [] : [`${locked} few`])]
  return enough.includes(stamped(marks)) || covered(development)
}

/** npm lists what it has installed once it is done: then a developer's own `npm install` is as good as ours. */
function covered(development) {
  const done = packagesOf('node_modules/.package-lock.json')
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(
    ([path, { optional, devOptional, dev }]) => path && !optional && !devOptional && (development || !dev),
  )
  return wanted.every(([path, { version }]) => done[path]?.version === version)
}

async function install(development, child) {
  // What a developer has stays: once development packages are there, they are installed again too.
  const all =
    development ||
    Object.keys(read('package.json').devDependencies).some((name) => existsSync(join(root, 'node_modules', name)))
  const given = [
    'ci',
    all ? '--include=dev' : '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ]
  const npm = process.env.npm_execpath
  const [command, first] = npm?.endsWith('npm-cli.js') ? [process.execPath, [npm]] : ['npm', []]
  await withCache((cache) => step('安装软件包', 'Installing packages', command, [...first, ...given, ...cache], child))
  stamp(marks, `${digest(['package-lock.json'])} ${all ? 'all' : 'few'}`)
}

/** A user without a home of his own has no cache either: then npm gets one for this once. */
async function withCache(work) {
  if (writable(process.env.npm_config_cache)) return work([])
  const cache = mkdtempSync(join(tmpdir(), 'kehu-npm-'))
  try {
    return await work([`--cache=${cache}`])
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

function writable(folder) {
  try {
    if (folder) mkdirSync(folder, { recursive: true })
    if (folder) accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function writing(work) {
  try {
    await work()
  } catch (error) {
    if (error.code === 'ENOSPC')
      throw new LaunchProblem(`磁盘已满，请腾出空间后再启动。\nThe disk is full: free some space and start again.`)
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error
    throw new LaunchProblem(
      `不能写入 ${root}：第一次启动须由项目文件夹的所有者进行。\nCannot write to ${root}: the first start must be by the owner of the project's folder.`,
    )
  }
}

function packagesOf(path) {
  return existsSync(join(root, path)) ? read(path).packages : {}
}

function read(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}
