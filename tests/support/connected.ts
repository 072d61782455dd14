import { afterAll } from 'vitest'
import { connect, disconnect } from '../../src/db.ts'
import { app } from './database.ts'

// Importing this is having `db` connected to this worker's database. Tests of rules leave it out: it costs 0.3 s a file.
await connect(app)
afterAll(disconnect)
