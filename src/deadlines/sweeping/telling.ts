import type { NewNotice } from '../../notices/commands.ts'
import { kindOf, kindWord } from '../kinds.ts'
import { endText } from '../tag.ts'
import type { Staffing } from './staffing.ts'
import type { DueGroup, Taken } from './steps.ts'

/** So many of one kind for one person at once are one notice that leads to the list: 20,000 would bury every other. */
export const gatheredFrom = 10

type Notice = Taken['notices'][number]
/** What one person is told of by one kind of notice about one kind of deadline. */
type Telling = Notice & { about: { group: DueGroup; step: string }[]; n: number }

/** The notices of a batch. */
export function gathered(taken: Taken[], staffing: Staffing): NewNotice[] {
  const tellings = new Map<string, Telling>()
  for (const { group, notices } of taken)
    for (const notice of notices) {
      const key = `${notice.to} ${notice.kind} ${group.kind}`
      const telling = tellings.get(key) ?? { ...notice, about: [], n: 0 }
      telling.about.push({ group, step: notice.step })
      telling.n += group.ids.length
      tellings.set(key, telling)
    }
  return [...tellings.values()].flatMap((telling) =>
    telling.n < gatheredFrom ? singly(telling, staffing) : [together(telling)],
  )
}

function singly({ to, kind, about }: Telling, staffing: Staffing): NewNotice[] {
  return about.flatMap(({ group, step }) => {
    const [rule, owner] = [kindOf(group.kind).rule, staffing.nameOf(group.ownerId) ?? '']
    const params = { what: { word: kindWord(group.kind) }, due: endText(group.dueAt), owner, step }
    return group.ids.map((deadlineId, at) => {
      const [subject, number] = [group.subjects[at]!, group.numbers[at]!]
      const href = hrefOf(deadlineId, subject, number)
      return { to, kind, rule, deadlineId, subject, href, params: { ...params, number } }
    })
  })
}

/** The groups come with the earliest first. */
function together({ to, kind, about, n }: Telling): NewNotice {
  const { group } = about[0]!
  const state = kind === 'deadline.soon' ? 'soon' : 'overdue'
  const params = { what: { word: kindWord(group.kind) }, n, due: endText(group.dueAt), owner: '' }
  const href = `/deadlines?state=${state}&kind=${group.kind}`
  return { to, kind, params, subject: 'deadlines', href, rule: kindOf(group.kind).rule }
}

/** Where it is acted upon. */
function hrefOf(id: bigint, subject: string, number: string): string {
  const noun = /^(customer|task):/.exec(subject)?.[1]
  return noun && number ? `/${noun}s/${number}` : `/deadlines/${id}`
}
