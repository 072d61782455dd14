import type { ComplaintState } from '../../../prisma/client/enums.ts'
import type { Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Complaint } from '../queries.ts'
import { verdictOf } from '../verdict.ts'
import type { Around } from './queries.ts'

const founded = [
  'received',
  'judged',
  'investigating',
  'proposing',
  'approving',
  'telling',
  'asking',
  'improving',
  'closed',
] as const
const answered = ['received', 'judged', 'answering', 'closed'] as const
type Step = (typeof founded)[number] | (typeof answered)[number]

/** Which step is being done in each state. */
const stepOf: Record<Exclude<ComplaintState, 'void'>, Step> = {
  received: 'judged',
  accepting: 'judged',
  investigating: 'investigating',
  proposing: 'proposing',
  approving: 'approving',
  telling: 'telling',
  asking: 'asking',
  improving: 'improving',
  answering: 'answering',
  closed: 'closed',
}

type Seen = Pick<Around, 'report' | 'remedy' | 'judge'>

/** CMP-07, CMP-08: the steps of this complaint's course with who and when; the two courses differ in how the customer is told. */
export function trackOf(t: Translate, complaint: Complaint, around: Seen) {
  const { state } = complaint
  const steps: readonly Step[] = isAnswered(complaint) ? answered : founded
  if (state === 'void') return steps.slice(0, 1).map((step) => ({ ...said(step), at: 'done' as const }))
  const now = state === 'closed' ? steps.length : steps.indexOf(stepOf[state])
  return steps.map((step, place) => ({
    ...said(step, place < now),
    ...(place < now ? { at: 'done' as const } : place === now ? { at: 'now' as const } : {}),
  }))

  function said(step: Step, done = true) {
    const word = step === 'telling' && complaint.level === 'major' ? 'negotiating' : step
    const when = done ? doneText(t, step, complaint, around) : step === stepOf[state as 'received'] ? waiting() : ''
    return { word: t(`complaints:step.${word}`), when }
  }

  function waiting(): string {
    if (complaint.paused) return t('judging:track.paused')
    if (state === 'received') return t('judging:track.toJudge')
    if (state === 'accepting') return t('judging:track.accepting')
    if (complaint.round > 1 && state !== 'improving') return t('judging:track.round', { n: complaint.round })
    return complaint.owner?.name ?? t('complaints:unassigned')
  }
}

/** Not founded, or the customer's own cause: it is answered, and has no remedy. */
const isAnswered = ({ state, outcome, founded: held }: Complaint) =>
  state === 'answering' || outcome === 'answered' || (state === 'accepting' && held === false)

function doneText(t: Translate, step: Step, complaint: Complaint, { report, remedy, judge }: Seen): string {
  const at = (moment: Date | null | undefined) => (moment ? dateTimeText(moment).slice(5) : '')
  switch (step) {
    case 'received':
      return at(complaint.receivedAt)
    case 'judged':
      return judge ? `${t(`judging:track.${verdictOf(complaint)}`)} ${judge}` : ''
    case 'investigating':
      return report?.finishedAt ? `${at(report.finishedAt)} ${report.by ?? ''}` : (report?.by ?? '')
    case 'proposing':
      return remedy ? `${at(remedy.proposedAt)} ${remedy.proposedBy.name}` : ''
    case 'approving':
      return at(remedy?.decidedAt)
    case 'telling':
      return at(complaint.toldAt)
    case 'asking':
      return complaint.satisfaction === null
        ? at(complaint.askedAt)
        : t('judging:track.score', { n: complaint.satisfaction })
    case 'closed':
      return at(complaint.closedAt)
    default:
      return ''
  }
}
