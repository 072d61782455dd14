import { stemOf } from '../files/names.ts'
import type { Refusal } from '../lib/refused.ts'
import { megabytes, roundUp } from './sizes.ts'

export type Room = { most: number; bytes: number }
export type Used = { count: number; bytes: number }

/** CUS-16: how many files a customer has, and how much all their versions take. A new version takes no new place. */
export function roomProblems(room: Room, used: Used, more: { files: number; bytes: number }): Refusal[] {
  const problems: Refusal[] = []
  if (used.count + more.files > room.most)
    problems.push({
      rule: 'CUS-16',
      reason: 'attachments:refused.tooMany',
      field: 'file',
      params: { n: used.count, most: room.most },
    })
  if (used.bytes + more.bytes > room.bytes)
    problems.push({
      rule: 'CUS-16',
      reason: 'attachments:refused.tooMuch',
      field: 'file',
      params: { used: roundUp(used.bytes), room: megabytes(room.bytes) },
    })
  return problems
}

/** The trail and the pages name a file by its title: 营业执照, or what its name says. */
export function titleFrom(given: string | null, name: string): string {
  const title = given ?? stemOf(name)
  return [...title].slice(0, 100).join('').trim()
}
