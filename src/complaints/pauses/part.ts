import type { Actor } from '../../access/actor.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import type { Part } from '../page/parts.ts'
import { mayWith } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { isOpen } from '../states.ts'
import { clockLines, pauseLines } from './pages.ts'
import { clocksOf, pausesOf, standingOf } from './queries.ts'
import { pauseProblem, waitingStates } from './rules.ts'
import { usedParams } from './spans.ts'

/** CMP-12 … 15, 21: how the clocks stand, and whether they may stand still. */
export const pausesPart: Part = {
  section: async (actor, complaint, now) => {
    const t = translate[actor.language]
    const [clocks, pauses, calendar] = await Promise.all([
      clocksOf(complaint),
      pausesOf(complaint.id),
      calendarAt(complaint.recordedAt),
    ])
    const model = {
      clocks: clockLines(actor, clocks, now, calendar),
      pauses: pauseLines(t, pauses),
      version: await versionText(actor, complaint),
      act: actOf(actor, complaint, (await problemOf(complaint, now)).problem === null),
    }
    return { view: 'complaints/pauses/section', place: 'column', model }
  },
  obstacles: async (actor, complaint, now) => {
    if (!mayWith(actor, 'complaints.handle', complaint) || !waitingStates.includes(complaint.state)) return []
    if (complaint.paused) return []
    const { problem, standing } = await problemOf(complaint, now)
    // Before anybody was reached nobody looks for a pause.
    if (problem !== 'times' && problem !== 'days') return []
    const params = usedParams(actor, standing, now)
    return [{ act: 'pauses:why.act', reason: `pauses:why.${problem}`, params, rule: 'CMP-21' }]
  },
}

async function problemOf(complaint: Complaint, now: Date) {
  const standing = await standingOf(db, complaint, now)
  return { standing, problem: pauseProblem({ ...complaint, reached: standing.reached }, standing.allowance) }
}

/** The one way out of where it stands: pausing, or going on. */
function actOf(actor: Actor, complaint: Complaint, mayPause: boolean) {
  const t = translate[actor.language]
  if (!mayWith(actor, 'complaints.handle', complaint) || !isOpen(complaint.state)) return null
  const href = `/complaints/${complaint.number}`
  if (complaint.paused) return { href: `${href}/resumption`, word: t('pauses:act.resume') }
  return mayPause ? { href: `${href}/pause`, word: t('pauses:act.pause') } : null
}

async function versionText(actor: Actor, { recordedAt }: Complaint): Promise<string> {
  const t = translate[actor.language]
  const version = (await regulationAt(recordedAt)).versionOf('CMP-14')
  const words = version ? t('pauses:section.version', { n: version.n }) : t('pauses:section.firstVersion')
  return t('pauses:section.clocksNote', { version: words })
}
