import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { system } from '../access/actor.ts'
import { record } from '../backups/commands.ts'
import { backupsIn } from '../backups/folder.ts'
import { restore } from '../backups/restoring.ts'
import { sizeText } from '../backups/sizes.ts'
import type { Manifest } from '../backups/manifest.ts'
import { openBackup } from '../backups/verifying.ts'
import { config } from '../config.ts'
import { connect, disconnect } from '../db.ts'
import { now } from '../lib/clock.ts'
import { checkTrail } from '../sealing/checking.ts'
import { recordCheck } from '../sealing/commands.ts'
import { reportOf } from '../sealing/report.ts'
import { reachDatabase } from './database.ts'

// `npm run restore -- NAME`: puts a backup into an empty database; without a name it lists them.
const log = { info: () => {}, error: console.error }

async function list(): Promise<void> {
  const backups = await backupsIn(config.backupDir)
  console.log(`用法 / usage: npm run restore -- 名称或文件夹 / NAME or FOLDER\n${config.backupDir}:`)
  for (const { name, rows, stored, salt } of backups)
    console.log(`  ${name}  ${rows} 行/rows  ${sizeText(stored)}${salt ? '  已加密/encrypted' : ''}`)
  if (backups.length === 0) console.log('  还没有备份 / no backup yet')
}

async function bringBack(given: string): Promise<void> {
  const named = join(config.backupDir, given)
  const path = /^kehu-[\w-]+$/.test(given) && existsSync(named) ? named : resolve(given)
  console.log(`正在核对 / checking ${path} …`)
  // Before anything else is touched.
  const backup = await openBackup(path, config.backupPassphrase)
  const { name, takenAt, rows, stored, product } = backup.manifest
  console.log(`${takenAt}，${rows} 行/rows，${sizeText(stored)}，版本/release ${product}。正在恢复 / restoring …`)
  const database = await reachDatabase(config, log)
  try {
    const done = await restore(database.owner, backup, config)
    await connect(database.app)
    await record('backup.restored', name, { takenAt, rows, files: done.files })
    const { entries, last } = backup.manifest.trail
    const newer = done.migrated.length
    console.log(`已恢复：${done.tables} 张表 ${done.rows} 行、${done.files} 个文件，逐表比对一致，${done.keys} 个外键全部成立；审计记录 ${entries} 条，到第 ${last ?? 0} 条${newer ? `；之后升级了 ${newer} 步` : ''}。用时 ${Math.round(done.tookMs / 1000)} 秒。
现在可以启动服务；所有人须重新登录。
Restored: ${done.tables} tables with ${done.rows} rows and ${done.files} files, every table compared, ${done.keys} foreign keys proven; ${entries} lines of the trail, up to number ${last ?? 0}${newer ? `; then ${newer} migrations` : ''}. ${Math.round(done.tookMs / 1000)} s.
The server can be started now; everybody signs in anew.`)
    sayContents(backup.manifest)
    await checkSeals()
  } finally {
    await disconnect()
    await database.stop()
  }
}

/** What the backup knew of the files' contents when it was made. */
function sayContents({ contents }: Manifest): void {
  if (!contents) return
  const { kept, known, missing, changed } = contents
  if (kept === 'elsewhere')
    console.log(`附件的内容（${known} 份）在对象存储里，不在备份里：请确认 FILES_S3_BUCKET 还是原来的那个。
The contents of ${known} files lie in object storage, not in the backup: make sure that FILES_S3_BUCKET is the same one.`)
  if (missing + changed > 0)
    console.log(`备份时就有 ${missing} 份附件找不到内容，${changed} 份内容被改动过。
When it was taken, ${missing} files had no content and ${changed} had been altered.`)
}

/** The trail must prove itself as it did before: with the key that it was sealed with. */
async function checkSeals(): Promise<void> {
  const began = performance.now()
  const outcome = (await checkTrail(null, { tell: () => Promise.resolve(), stopped: () => false }))!
  await recordCheck(system, outcome, null, now())
  for (const line of reportOf(outcome, null, ((performance.now() - began) / 1000).toFixed(1))) console.log(line)
  if (outcome.places > 0)
    console.log(`如果只是密钥不同：把原来的 session-secret 放进 ${config.dataDir}（或设置 AUDIT_KEY），再执行 npm run audit:verify。
If it is only the key: put the old session-secret into ${config.dataDir} (or set AUDIT_KEY), then run npm run audit:verify.`)
}

try {
  const given = process.argv[2]
  await (given ? bringBack(given) : list())
} catch (error) {
  console.error((error as Error).name.endsWith('Problem') ? (error as Error).message : error)
  process.exitCode = 1
}
