import pg from 'pg'
import { createCustomers } from '../../prisma/seed/customers.ts'
import { openDatabase } from '../../src/launch/database.ts'
import { createCast } from '../support/cast.ts'
import { benchSweep } from './sweep.ts'
const quiet = { info() {}, error: console.error }
const database = await openDatabase({ dataDir: '/tmp/hC/bench', databaseUrl: undefined, databaseOwnerUrl: undefined }, quiet)
const client = new pg.Client(database.owner)
await client.connect()
await createCast(client, () => 'bench of nine herons')
const { rows: [there] } = await client.query('select count(*)::int as n from customer')
if (there.n < 100000) await createCustomers(client, 100000 - there.n)
await client.query('vacuum (analyze) customer')
await benchSweep(client, database.app)
await client.end()
await database.stop()
process.exit(0)
