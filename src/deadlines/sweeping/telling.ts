import type { NewNotice } from '../../notices/commands.ts'
import type { Params } from '../../lib/refused.ts'
import { kindOf, kindWord } from '../kinds.ts'
import { endText } from '../tag.ts'
import type { Staffing } from './staffing.ts'
import type { DueGroup } from './groups.ts'
import type { Taken } from './steps.ts'

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
      telling.n += group.deadlines.length
      tellings.set(key, telling)
    }
  return [...tellings.values()].flatMap((telling) =>
    telling.n < gatheredFrom ? singly(telling, staffing) : [together(telling)],
  )
}

function singly({ to, kind, about }: Telling, staffing: Staffing): NewNotice[] {
  return about.flatMap(({ group, step }) => {
    const [rule, what] = [kindOf(group.kind).rule, { word: kindWord(group.kind) }]
    return group.deadlines.map(({ id, subject, number, dueAt, ownerId }) => {
      const about = { what, due: endText(dueAt), owner: ownerIn(group, ownerId, staffing), number }
      // A new due moment is reminded of anew (rero-ils#2470): it belongs to the step's name.
      const params = { ...about, step: `${step} ${dueAt.toISOString()}` }
      return { to, kind, rule, deadlineId: BigInt(id), subject, href: hrefOf(id, subject, number), params }
    })
  })
}

/** The groups come with the earliest first, and so do the deadlines in each. */
function together({ to, kind, about, n }: Telling): NewNotice {
  const { group } = about[0]!
  const state = kind === 'deadline.soon' ? 'soon' : 'overdue'
  const params = { what: { word: kindWord(group.kind) }, n, due: endText(group.deadlines[0]!.dueAt), owner: '' }
  const href = group.signing ? '/approvals' : `/deadlines?state=${state}&kind=${group.kind}`
  return { to, kind, params, subject: 'deadlines', href, rule: kindOf(group.kind).rule }
}

/** Who is responsible: of an approval whoever is named, or the role. */
function ownerIn({ signing }: DueGroup, ownerId: bigint | null, staffing: Staffing): Params[string] {
  if (signing?.role) return { word: `access:role.${signing.role}` }
  return staffing.nameOf(signing?.staff ? BigInt(signing.staff) : ownerId) ?? ''
}

/** Where it is acted upon. */
function hrefOf(id: string, subject: string, number: string): string {
  if (subject.startsWith('approval_step:') && number) return `/approvals/${number}`
  // It is of a plan that may not be begun yet.
  if (subject.startsWith('visit_plan_of:')) return '/visits/plans'
  const home = homes.get(subject.split(':')[0]!)
  return home && number ? `${home}/${number}` : `/deadlines/${id}`
}

const homes = new Map([
  ['customer', '/customers'],
  ['task', '/tasks'],
  ['loan', '/loans'],
  ['copy', '/copies'],
  ['complaint', '/complaints'],
  ['measure', '/measures'],
])
