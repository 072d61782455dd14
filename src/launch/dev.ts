import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { config, root } from '../config.ts'
import { buildAssets } from './assets.ts'
import { openDatabase } from './database.ts'

// Our being here keeps the database running while the server restarts.
const database = await openDatabase(config, console)
const given = [
  'node_modules/tsx/dist/cli.mjs',
  'watch',
  '--clear-screen=false',
  '--include=prisma/migrations/**/*',
  'src/server.ts',
]
const server = spawn(process.execPath, given, { cwd: root, stdio: 'inherit' })

for (const folder of ['public', 'views']) watch(join(root, folder), { recursive: true }, soon)

let waiting: NodeJS.Timeout | undefined
function soon(): void {
  clearTimeout(waiting)
  waiting = setTimeout(() => void buildAssets(root).catch(console.error), 100)
}

// Ctrl-C reaches the server by itself, a SIGTERM only us.
process.on('SIGINT', () => {}).on('SIGTERM', () => server.kill('SIGTERM'))
server.once('close', (code) => void database.stop().then(() => process.exit(code ?? 1)))
