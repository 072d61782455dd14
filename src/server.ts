import { createServer } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { createApp } from './app.ts'
import { seedCalendar } from './calendar/seed.ts'
import { config } from './config.ts'
import { connect, disconnect } from './db.ts'
import { closeDocuments, warmDocuments } from './documents/printer.ts'
import { startJobs, stopJobs } from './jobs/start.ts'
import { openDatabase } from './launch/database.ts'
import { StartProblem } from './launch/problem.ts'
import { now } from './lib/clock.ts'
import { ensureFirstAdministrator } from './staff/roles.ts'
import { log } from './web/log.ts'

// Measured: a quarter less memory at the same speed; V8 otherwise lets garbage pile up on a machine that has room.
setFlagsFromString('--optimize-for-size')
log.level = config.logLevel
const database = await openDatabase(config, log)
const password = await prepare().catch(async (error: unknown) => {
  await database.stop()
  throw error
})

const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 20_000, requestTimeout: 120_000 }, createApp())
server.on('error', (error: NodeJS.ErrnoException) => {
  const { port } = config
  console.error(
    error.code === 'EADDRINUSE'
      ? `端口 ${port} 已被占用：换一个，例如 PORT=${port + 1} npm start。/ Port ${port} is in use: choose another, e.g. PORT=${port + 1} npm start.`
      : `不能监听 ${config.host}:${port}：${error.message} / Cannot listen.`,
  )
  void stop(1)
})
server.listen(config.port, config.host, () => {
  console.log(`\n  ${config.publicUrl ?? `http://localhost:${config.port}`}\n`)
  if (password) console.log(firstSteps(password))
  warmDocuments()
  startJobs([database.app, database.owner]).catch((error: unknown) => {
    log.error({ err: error }, 'background jobs could not be started')
    console.error(error instanceof StartProblem ? error.message : '后台作业不能启动 / background jobs cannot start')
    void stop(1)
  })
})

async function prepare(): Promise<string | null> {
  await connect(database.app)
  await seedCalendar(now())
  return ensureFirstAdministrator(config.firstAdminPassword)
}

function firstSteps(password: string): string {
  return `  首任管理员 / first administrator: C00001
  一次性密码 / one-time password: ${password}

  想先看看演示数据 / to look around with invented data: npm run seed -- --cast --customers 2000\n`
}

let stopping = false
async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  const jobsStopped = stopJobs().catch((error: unknown) => log.error({ err: error }, 'stopping background jobs'))
  // Requests under way are finished; after ten seconds whatever is left is cut.
  const cut = setTimeout(() => server.closeAllConnections(), 10_000)
  if (server.listening) await new Promise((resolve) => server.close(resolve))
  clearTimeout(cut)
  await jobsStopped
  await closeDocuments()
  await disconnect()
  await database.stop()
  process.exit(code)
}
process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
process.on('SIGHUP', () => void stop(0))
// One request must never end everybody's: what nobody caught is logged and survived (ASVS 16.5.4).
process.on('unhandledRejection', (error) => log.error({ err: error }, 'nobody caught this'))
process.on('uncaughtException', (error) => log.error({ err: error }, 'nobody caught this'))
