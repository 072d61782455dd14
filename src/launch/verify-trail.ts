import { readFileSync } from 'node:fs'
import { system } from '../access/actor.ts'
import { config } from '../config.ts'
import { connect, disconnect } from '../db.ts'
import { now } from '../lib/clock.ts'
import { checkTrail } from '../sealing/checking.ts'
import { recordCheck } from '../sealing/commands.ts'
import { headIn, type Head } from '../sealing/head.ts'
import { lastHead } from '../sealing/queries.ts'
import { reportOf } from '../sealing/report.ts'
import { openDatabase } from './database.ts'

// npm run audit:verify                                    checks the whole trail; ends with 1 when something is wrong
// npm run audit:verify -- --head trail-head-12.json       also against a head that was exported
const wishes = process.argv.slice(2)
const place = wishes.indexOf('--head')
if (wishes.length > 0 && !(place === 0 && wishes.length === 2))
  end('npm run audit:verify [-- --head trail-head-….json]')
const given = place === 0 ? headFrom(wishes[1]!) : null

const database = await openDatabase(config, { info: () => {}, error: console.error })
try {
  await connect(database.app)
  const head = given ?? (await lastHead())
  const began = performance.now()
  const outcome = (await checkTrail(head, { tell, stopped: () => false }))!
  await recordCheck(system, outcome, head, now())
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  for (const line of reportOf(outcome, head, seconds)) console.log(line)
  process.exitCode = outcome.places > 0 ? 1 : 0
} finally {
  await disconnect()
  await database.stop()
}

/** Where somebody watches, in one line. */
function tell({ done, total }: { done: number; total: number }): Promise<void> {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} / ${total}${done >= total ? '\n' : ''}`)
  return Promise.resolve()
}

function headFrom(path: string): Head {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    end(`读不到文件 / cannot be read: ${path}`)
  }
  const found = headIn(text)
  if (typeof found === 'object') return found
  end(
    {
      unreadable: '这不是存证文件 / This is no exported head.',
      altered: '存证文件被改动过，签名对不上 / The exported head was altered: its signature does not fit.',
      otherKey: '存证由另一把密钥签名，见 AUDIT_KEY / The head is signed with another key, see AUDIT_KEY.',
    }[found],
  )
}

function end(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
