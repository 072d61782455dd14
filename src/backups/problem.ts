export type Trouble =
  'damaged' | 'foreign' | 'newer' | 'passphrase' | 'notEmpty' | 'migrations' | 'broken' | 'missing' | 'rights'

/** Why a backup was not made or not restored, in one sentence a person can act on; nothing has been changed. */
export class BackupProblem extends Error {
  override name = 'BackupProblem'
  readonly code: Trouble
  constructor(code: Trouble, zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options)
    this.code = code
  }
}

export function damaged(part: string, cause?: unknown): BackupProblem {
  return new BackupProblem(
    'damaged',
    `备份已损坏或不完整：${part}。没有写入任何内容；请换用另一个备份。`,
    `The backup is damaged or incomplete: ${part}. Nothing was written; use another backup.`,
    { cause },
  )
}

/** Asked to stop: nothing is left of the backup that was being made. */
export class StoppedEarly extends Error {
  override name = 'StoppedEarly'
}
