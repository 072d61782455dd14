import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

export class LaunchProblem extends Error {
  name = 'LaunchProblem'
}

/** Runs Node in the project with our own output, and answers its exit code. */
export async function run(given) {
  const child = spawn(process.execPath, given, { cwd: root, stdio: 'inherit' })
  return ended(child)
}

/** Runs a step whose output matters only when it fails. `started` hears the number of its process. */
export async function step(zh, en, command, given, started) {
  const began = Date.now()
  process.stdout.write(`${zh} / ${en} … `)
  const options = {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: command === 'npm' && process.platform === 'win32',
  }
  const child = spawn(command, given, options)
  started(child.pid)
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
  const code = await ended(child)
  process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`)
  if (code !== 0) throw new LaunchProblem(`${Buffer.concat(said).toString()}\n${zh}失败。\n${en} failed.`)
}

function ended(child) {
  // Ctrl-C reaches the child by itself, a SIGTERM only us.
  const pass = (signal) => {
    if (signal === 'SIGTERM') child.kill(signal)
    child.once('close', () => process.exit(1))
  }
  process.on('SIGINT', pass).on('SIGTERM', pass)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      resolve(code ?? 1)
    })
  })
}
