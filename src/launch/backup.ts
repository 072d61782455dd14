import { settingsOf, makeOne, prove } from '../backups/jobs.ts'
import { backupsIn } from '../backups/folder.ts'
import { sizeText } from '../backups/sizes.ts'
import { config } from '../config.ts'
import { connect, disconnect } from '../db.ts'
import { openDatabase, type Database } from './database.ts'
import { StartProblem } from './problem.ts'

// `npm run backup`: a backup of database and files, read back; the server may run meanwhile.
// `npm run backup -- --drill`: restores the newest one into a scratch database for proof.
const settings = settingsOf(config)
const seconds = (ms: number) => (ms / 1000).toFixed(1)

async function take({ owner }: Database): Promise<void> {
  const { name, rows, tables, files, contents, stored, tookMs, salt } = await makeOne(owner, settings)
  const [zh, en] = salt ? ['，已加密', ', encrypted'] : ['', '']
  console.log(`已备份并读回核对：${settings.folder}/${name}
${tables.length} 张表 ${rows} 行，${files.count} 个文件，${sizeText(stored)}${zh}，${seconds(tookMs)} 秒
Backed up and compared: ${tables.length} tables, ${rows} rows, ${files.count} files, ${sizeText(stored)}${en}, ${seconds(tookMs)} s`)
  if (contents && contents.missing + contents.changed > 0)
    console.error(`注意：${contents.missing} 份附件找不到内容，${contents.changed} 份内容与指纹不符。请从以前的备份里找回。
Take care: ${contents.missing} files have no content, ${contents.changed} are not what their fingerprint says. Earlier backups may have them.`)
  if (contents?.kept === 'elsewhere')
    console.log(
      `附件的内容（${contents.known} 份）在对象存储里，不在备份里 / the contents of ${contents.known} files lie in object storage, not in the backup`,
    )
}

async function tryRestoring({ owner }: Database): Promise<void> {
  const [newest] = await backupsIn(settings.folder)
  if (!newest)
    throw new StartProblem(`${settings.folder} 里还没有备份。`, `There is no backup in ${settings.folder} yet.`)
  const { rows, tookMs } = await prove(owner, settings, newest.name)
  console.log(`演练恢复成功：${newest.name}，${rows} 行全部对上，${seconds(tookMs)} 秒
The trial restore went well: ${rows} rows were right, ${seconds(tookMs)} s`)
}

try {
  // Its own schema comes first: what is written down of the backup goes into the trail of today's release.
  const database = await openDatabase(config, { info: () => {}, error: console.error })
  try {
    await connect(database.app)
    await (process.argv.includes('--drill') ? tryRestoring(database) : take(database))
  } finally {
    await disconnect()
    await database.stop()
  }
} catch (error) {
  console.error((error as Error).name.endsWith('Problem') ? (error as Error).message : error)
  process.exitCode = 1
}
