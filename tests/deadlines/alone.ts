import '../support/connected.ts'
import { connect, disconnect } from '../../src/db.ts'
import { freshDatabase } from '../support/database.ts'

// Imported first instead of connected.ts: a sweep sees every clock there is, also those that other files left behind, and
// tells of ten together what it tells of one by itself. So whoever sweeps has a database of its own.
await disconnect()
const { app } = await freshDatabase('deadlines')
await connect(app)
