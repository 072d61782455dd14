import type { SecrecyLevel } from '../../prisma/client/enums.ts'

/** From open to closed. */
export const levels = ['internal', 'secret', 'confidential', 'top_secret'] as const satisfies readonly SecrecyLevel[]

/** ARC-02: 机密 and 绝密, of which others know only number, mark and keeper. */
export const isClassified = (level: SecrecyLevel): boolean => level === 'confidential' || level === 'top_secret'

/** ARC-06: what is above internal opens only in an approved window. */
export const needsWindow = (level: SecrecyLevel): boolean => level !== 'internal'

/** ARC-13: what may only be copied, carried and passed on with a permit. */
export const isImportant = ({ secrecy, important }: { secrecy: SecrecyLevel; important: boolean }): boolean =>
  important || needsWindow(secrecy)
