import { config } from '../../src/config.ts'
import { openDatabase } from '../../src/launch/database.ts'

// The start of the server without the server: says where the database is, and waits to be stopped.
const database = await openDatabase(config, console)
const stop = () => void database.stop().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.stdin.once('end', stop).resume()
console.log(`open ${JSON.stringify(database)}`)
