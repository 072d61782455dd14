import type { ToldUnit } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { reads } from '../../db.ts'
import { translate, type Key } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { writtenAs } from '../../staff/naming.ts'
import type { Complaint } from '../queries.ts'
import { toldWays, crisisUnits } from './forms.ts'
import { mayReport } from './rules.ts'

/** Where what is missing can be put right. */
export function nextOf(number: string, { reason }: { reason: Key }): { href: string; word: Key } | null {
  const path = `/complaints/${number}`
  if (reason === 'remedies:refused.notToldOfDanger')
    return { href: `${path}/told/new?unit=customer_relations`, word: 'remedies:act.told' }
  if (reason === 'remedies:refused.noMeeting') return { href: `${path}/meetings/new`, word: 'remedies:act.meet' }
  return null
}

/** As the browser's field writes it. */
const fieldText = (moment: Date) => dateTimeText(moment).replace(' ', 'T')

const headOf = ({ number, title, level }: Complaint, now: Date) => ({
  number,
  matter: title,
  level,
  latest: fieldText(now),
})

/** The team is whoever must know of a major complaint; others are added by name. */
export async function meetingPage(actor: Actor, complaint: Complaint, now: Date) {
  const team = await holdersAt(reads, ['dept_head', 'cs_manager', 'general_manager'], complaint)
  const members = await writtenAs(
    reads,
    team.filter((id) => !complaint.accused.includes(id)),
  )
  const [chair] = await writtenAs(reads, [actor.id])
  const separator = translate[actor.language]('web:comma')
  return {
    ...headOf(complaint, now),
    possible: complaint.level === 'major' && complaint.state !== 'void',
    filled: { members: members.join(separator), chair },
  }
}

export function toldPage(actor: Actor, complaint: Complaint, unit: ToldUnit | undefined, now: Date) {
  const t = translate[actor.language]
  return {
    ...headOf(complaint, now),
    possible: complaint.state !== 'void',
    units: crisisUnits.map((value) => ({ value, word: t(`complaints:unit.${value}`) })),
    unit: unit ?? '',
    ways: waysOf(actor),
  }
}

export function reportPage(actor: Actor, complaint: Complaint, now: Date) {
  return {
    ...headOf(complaint, now),
    unit: complaint.reportingUnit,
    possible: complaint.reportingUnit !== null && complaint.state !== 'void' && mayReport(complaint),
    ways: waysOf(actor),
  }
}

const waysOf = ({ language }: Actor) =>
  toldWays.map((value) => ({ value, word: translate[language](`complaints:way.${value}`) }))
