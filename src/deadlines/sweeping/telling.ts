import type { NewNotice } from '../../notices/commands.ts'
import { kindOf, kindWord } from '../kinds.ts'
import { endText } from '../tag.ts'
import type { Staffing } from './staffing.ts'
import type { Taken } from './steps.ts'

/** So many of one kind for one person at once are one notice that leads to the list: 20,000 would bury every other. */
export const gatheredFrom = 10

type Notice = Taken['notices'][number]
type Single = { row: Taken['row'] } & Notice

/** The notices of a batch. */
export function gathered(taken: Taken[], staffing: Staffing): NewNotice[] {
  const groups = new Map<string, Single[]>()
  for (const { row, notices } of taken)
    for (const notice of notices) {
      const key = `${notice.to} ${notice.kind} ${row.kind}`
      const group = groups.get(key)
      if (group) group.push({ row, ...notice })
      else groups.set(key, [{ row, ...notice }])
    }
  return [...groups.values()].flatMap((group) =>
    group.length < gatheredFrom ? group.map((one) => singly(one, staffing)) : [together(group)],
  )
}

function singly({ row, to, kind, step }: Single, staffing: Staffing): NewNotice {
  const owner = staffing.nameOf(row.ownerId) ?? ''
  const params = { what: { word: kindWord(row.kind) }, number: row.number, due: endText(row.dueAt), owner, step }
  const about = { subject: row.subject, href: hrefOf(row), rule: kindOf(row.kind).rule }
  return { to, kind, params, deadlineId: row.id, urgent: false, ...about }
}

/** The rows come with the earliest first. */
function together(group: Single[]): NewNotice {
  const { row, to, kind } = group[0]!
  const state = kind === 'deadline.soon' ? 'soon' : 'overdue'
  const due = endText(row.dueAt)
  const params = { what: { word: kindWord(row.kind) }, n: group.length, due, owner: '' }
  const href = `/deadlines?state=${state}&kind=${row.kind}`
  return { to, kind, params, subject: 'deadlines', href, rule: kindOf(row.kind).rule }
}

/** Where it is acted upon. */
function hrefOf({ id, subject, number }: Single['row']): string {
  const noun = /^(customer|task):/.exec(subject)?.[1]
  return noun && number ? `/${noun}s/${number}` : `/deadlines/${id}`
}
