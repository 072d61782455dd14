import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { config, root } from '../../src/config.ts'
import { clusterIn } from '../../src/launch/cluster.ts'
import type { Login } from '../support/globalSetup.ts'

export type Start = {
  /** The owner's login once the database is open; fails with what was written if the process ends before. */
  open: Promise<Login>
  kill(signal: NodeJS.Signals): Promise<number | null>
}

export function newDataDir(): string {
  return join(config.dataDir, `start-${randomUUID()}`)
}

/** With its cluster made already, and quickly. */
export async function preparedDataDir(): Promise<string> {
  const dataDir = newDataDir()
  await clusterIn(dataDir, true)
  return dataDir
}

/**
 * One more process that opens the database of `dataDir`, as the product does or `unmigrated`. What is left of it when the
 * test ends is stopped.
 */
export function start(dataDir: string, schema: 'migrated' | 'unmigrated' = 'unmigrated'): Start {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'tests/launch/entry.ts'), schema], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir },
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  onTestFinished(async () => void (await kill('SIGTERM')))
  let written = ''
  const open = new Promise<Login>((resolve, reject) => {
    const heard = (chunk: Buffer) => {
      written += chunk
      const said = /^open (.*)$/m.exec(written)
      if (said) resolve((JSON.parse(said[1]!) as { owner: Login }).owner)
    }
    child.stdout.on('data', heard)
    child.stderr.on('data', heard)
    void ended.then(() => reject(new Error(written)))
  })
  open.catch(() => {})
  return { open, kill }
}

export async function ask<Row extends pg.QueryResultRow>(login: pg.ClientConfig, sql: string): Promise<Row[]> {
  const client = new pg.Client(login)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** The number of the server's process; undefined when none runs. */
export function serverOf(dataDir: string): number | undefined {
  const file = join(dataDir, 'postgres/cluster/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

export function homeOf(dataDir: string): string {
  return realpathSync(join(dataDir, 'postgres'))
}
