import { readFileSync, statfsSync } from 'node:fs'
import { StartProblem } from './problem.ts'

/** Runs work that touches the disk at `path`; what a disk refuses becomes a sentence. */
export function onDisk<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw diskProblem(path, (error as NodeJS.ErrnoException).code ?? '') ?? error
  }
}

/** `trouble` is an error code of Node, or what PostgreSQL wrote before it ended. */
export function diskProblem(path: string, trouble: string): StartProblem | undefined {
  if (/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|wrote only/.test(trouble) || full(path))
    return new StartProblem(
      `磁盘已满，请在 ${path} 所在的磁盘上腾出空间后再启动。`,
      `The disk that holds ${path} is full: free some space and start again.`,
    )
  if (/EROFS|Read-only file system/.test(trouble))
    return new StartProblem(
      `${path} 所在的磁盘是只读的，请用 DATA_DIR 指定一个可写的文件夹。`,
      `The disk that holds ${path} is read-only: name a writable folder with DATA_DIR.`,
    )
  if (/EACCES|EPERM|ENOTDIR|ENOENT|EEXIST|Permission denied|Operation not permitted|wrong ownership/.test(trouble))
    return new StartProblem(
      `不能读写 ${path}：请用创建它的系统用户启动，或用 DATA_DIR 指定一个可写的文件夹。`,
      `Cannot read and write ${path}: start as the system user who made it, or name a writable folder with DATA_DIR.`,
    )
  return undefined
}

function full(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize < 8 * 1024 * 1024
  } catch {
    return false
  }
}

/** The content of a file that may be gone at any moment. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
