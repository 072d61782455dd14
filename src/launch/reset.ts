import pg from 'pg'
import { config } from '../config.ts'
import { reachDatabase } from './database.ts'
import { migrate } from './migrate.ts'

// `npm run db:reset`: an empty database with today's schema.
const database = await reachDatabase(config, console)
const client = new pg.Client(database.owner)
await client.connect()
const name = client.database!
if (process.argv[2] === name) {
  await client.query('drop schema if exists graphile_worker cascade')
  await client.query('drop schema public cascade; create schema public; grant usage on schema public to public')
  await migrate(database.owner)
  console.log(`数据库 ${name} 已清空重建 / the database ${name} is empty and new`)
} else {
  console.log(
    `这将删除数据库 ${name}（${client.host}）中的全部内容；确认请执行 / this deletes everything in ${name}; to go on:`,
  )
  console.log(`npm run db:reset -- ${name}`)
  process.exitCode = 1
}
await client.end()
await database.stop()
