import pg from 'pg'
import { inject } from 'vitest'
import type { Login } from './globalSetup.ts'

const logins = inject('logins')

export type Logins = { app: Login; owner: Login }

/** This worker's own copy of the migrated database: as the pages see it, and as its owner. */
export const { app, owner } = loginsTo(`kehu_test_${process.env.VITEST_POOL_ID}`)

/** One more, for a test that minds what others leave behind; `empty` is not even migrated. */
export async function freshDatabase(name: string, empty = false): Promise<Logins> {
  const full = `kehu_test_${process.env.VITEST_POOL_ID}_${name}`
  const client = new pg.Client({ ...logins.owner, database: 'postgres' })
  await client.connect()
  await client.query(`drop database if exists ${full} with (force)`)
  await client.query(`create database ${full} template ${empty ? 'template0' : 'kehu'}`)
  await client.end()
  return loginsTo(full)
}

function loginsTo(database: string): Logins {
  return { app: { ...logins.app, database }, owner: { ...logins.owner, database } }
}
