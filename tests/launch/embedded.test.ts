import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { ask, homeOf, newDataDir, preparedDataDir, serverOf, start } from './starts.ts'

const noted = 'select note from kept'

it('starts from nothing, keeps its secrets to itself and stops cleanly', async () => {
  const dataDir = newDataDir()
  const first = start(dataDir, 'migrated')
  const owner = await first.open
  await expect(ask(owner, 'select name from customer')).resolves.toEqual([])
  expect(await first.kill('SIGTERM')).toBe(0)
  expect(serverOf(dataDir)).toBeUndefined()
  for (const secret of ['session-secret', 'postgres/passwords.json'])
    expect(statSync(join(dataDir, secret)).mode & 0o777).toBe(0o600)
  expect(readdirSync(homeOf(dataDir)).filter((name) => name.startsWith('draft-'))).toEqual([])
})

it('adopts the server of a killed process, loses nothing, and stops it in the end', async () => {
  const dataDir = await preparedDataDir()
  const first = start(dataDir)
  await ask(await first.open, `create table kept as select 'before' as note`)
  await first.kill('SIGKILL')
  const orphan = serverOf(dataDir)
  const second = start(dataDir)
  expect(await ask(await second.open, noted)).toEqual([{ note: 'before' }])
  expect(serverOf(dataDir)).toBe(orphan)
  await second.kill('SIGTERM')
  expect(serverOf(dataDir)).toBeUndefined()
})

it('brings a killed server back while it runs, and after both were killed', async () => {
  const dataDir = await preparedDataDir()
  const first = start(dataDir)
  const owner = await first.open
  await ask(owner, `create table kept as select 'before' as note`)
  process.kill(serverOf(dataDir)!, 'SIGKILL')
  await vi.waitFor(async () => expect(await ask(owner, noted)).toEqual([{ note: 'before' }]), 30_000)

  const server = serverOf(dataDir)!
  await first.kill('SIGKILL')
  process.kill(server, 'SIGKILL')
  expect(await ask(await start(dataDir).open, noted)).toEqual([{ note: 'before' }])
})

it('begins anew when it was killed while the cluster was made', async () => {
  const dataDir = newDataDir()
  const first = start(dataDir)
  await vi.waitFor(() => expect(readdirSync(homeOf(dataDir)).join()).toContain('draft-'), {
    timeout: 30_000,
    interval: 5,
  })
  await sleep(150)
  await first.kill('SIGKILL')
  expect(existsSync(join(dataDir, 'postgres/cluster'))).toBe(false)
  await start(dataDir).open
  expect(readdirSync(homeOf(dataDir)).filter((name) => name.startsWith('draft-'))).toEqual([])
})

it('serves two processes with one server, which the last to leave stops', async () => {
  const dataDir = newDataDir()
  const [first, second] = [start(dataDir, 'migrated'), start(dataDir, 'migrated')]
  const [one, other] = await Promise.all([first.open, second.open])
  expect(one).toEqual(other)
  await first.kill('SIGTERM')
  await expect(ask(other, 'select 1 as still')).resolves.toEqual([{ still: 1 }])
  await second.kill('SIGTERM')
  expect(serverOf(dataDir)).toBeUndefined()
})

it('is not held up by a postmaster.pid that names a stranger', async () => {
  const dataDir = await preparedDataDir()
  const first = start(dataDir)
  await first.open
  await first.kill('SIGTERM')
  writeFileSync(
    join(dataDir, 'postgres/cluster/postmaster.pid'),
    `${process.pid}\n/somewhere\n0\n5432\n\n127.0.0.1\n0 0\nready   \n`,
  )
  await start(dataDir).open
})

it('says what is wrong with a data folder that cannot be written', async () => {
  const file = newDataDir()
  writeFileSync(file, 'not a folder, so not even root can write in it')
  await expect(start(join(file, 'data')).open).rejects.toThrow(/不能读写 .*\n.*name a writable folder with DATA_DIR/)
})

it('says so when the passwords are not those of the database', async () => {
  const dataDir = await preparedDataDir()
  const first = start(dataDir)
  await first.open
  await first.kill('SIGTERM')
  rmSync(join(dataDir, 'postgres/passwords.json'))
  await expect(start(dataDir).open).rejects.toThrow(/passwords\.json/)
})
