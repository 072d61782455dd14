import { spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * One at a time, over all processes. The lock of a killed process is taken over, unless a child of its (npm, going on
 * alone) is still at work: `work` names its children with the function it is given.
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  for (let waited = false; !take(file); waited = true) {
    if (!waited) console.log('等待另一个启动完成 / waiting for another start to finish')
    await sleep(200)
  }
  try {
    return await work((child) => writeFileSync(file, JSON.stringify([identity(process.pid), identity(child)])))
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, JSON.stringify([identity(process.pid)]), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!abandoned(file)) return false
    clear(file)
    return take(file)
  }
}

/** Moved aside before it is deleted: if two clear at once, the second may have hold of the first one's new lock. */
function clear(file) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (!abandoned(aside)) linkSync(aside, file)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
  rmSync(aside, { force: true })
}

function abandoned(file) {
  try {
    const holders = JSON.parse(readFileSync(file, 'utf8'))
    return holders.every((holder) => identity(holder.pid).since !== holder.since)
  } catch {
    // Being written just now, or by one who was killed at it, or on a full disk.
    const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() }
    return Date.now() - mtimeMs > 5000
  }
}

/** A process by number and birth: after a restart of a container the same number is soon somebody else's. */
function identity(pid) {
  return { pid, since: process.platform === 'linux' ? birth(pid) : born(pid) }
}

function birth(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const facts = stat.slice(stat.lastIndexOf(')')).split(' ')
    return facts[1] === 'Z' ? '' : facts[20]
  } catch {
    return ''
  }
}

function born(pid) {
  if (process.platform !== 'win32')
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch {
    return ''
  }
}
