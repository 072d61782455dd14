import { config } from '../../src/config.ts'
import { openDatabase, reachDatabase } from '../../src/launch/database.ts'

// The start of the server without the server: says where the database is, and waits to be stopped. `unmigrated` leaves it
// without a schema, for those who ask nothing of one.
const open = process.argv.includes('unmigrated') ? reachDatabase : openDatabase
const database = await open(config, console)
const stop = () => void database.stop().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.stdin.once('end', stop).resume()
console.log(`open ${JSON.stringify(database)}`)
