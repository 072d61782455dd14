import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { namesInOrder } from '../../staff/naming.ts'
import type { Obstacle, PageAct } from '../../web/parts.ts'
import type { Part } from '../page/parts.ts'
import { complaintPolicy } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { complaintStates } from '../states.ts'
import { verdictOf } from '../verdict.ts'
import { waitingRequest } from './queries.ts'

/** CMP-07: what it was judged to be, by whom and why; the handling department's opinion beside it. */
export const judgingPart: Part = {
  section: async (actor, complaint) => ({
    view: 'complaints/judging/section',
    place: 'column',
    model: await judgedModel(actor, complaint),
  }),
  acts: (actor, complaint) => {
    const at = `/complaints/${complaint.number}`
    const open = complaintStates.acts(complaint.state)
    const judges = complaintPolicy.judge(actor, complaint)
    const acts: [boolean, PageAct][] = [
      [
        judges && complaint.state === 'received',
        { href: `${at}/judgement`, word: 'judging:act.judge', icon: 'check', rank: 'next' },
      ],
      [
        judges && (complaint.state === 'investigating' || complaint.state === 'proposing'),
        { href: `${at}/dismissal`, word: 'judging:act.dismiss', icon: 'close', rank: 'menu', how: 'drawer' },
      ],
      [
        complaintPolicy.void(actor, complaint) && open.includes('void'),
        { href: `${at}/void`, word: 'judging:act.void', icon: 'delete', rank: 'menu', how: 'drawer' },
      ],
    ]
    return acts.filter(([allowed]) => allowed).map(([, act]) => act)
  },
  obstacles: async (actor, complaint): Promise<Obstacle[]> => {
    const act = 'judging:obstacle.judge'
    if (complaint.state === 'accepting') {
      const waiting = await waitingRequest('complaint.acceptance', complaint)
      return [{ act, reason: 'judging:obstacle.accepting', params: { number: waiting?.number ?? '' }, rule: 'CMP-22' }]
    }
    if (complaint.state !== 'received' || complaintPolicy.judge(actor, complaint)) return []
    if (!complaintPolicy.handle(actor, complaint)) return []
    return [{ act, reason: 'judging:obstacle.judgeWho', rule: 'CMP-07' }]
  },
}

async function judgedModel(actor: Actor, complaint: Complaint) {
  const t = translate[actor.language]
  const { founded, reasonable, judgement, judgedAt, judgedById, department, owner, opinion, opinionById } = complaint
  const judge = judgedById === null ? null : (await namesInOrder([judgedById]))[0]
  const opined = opinionById === null ? null : ((await namesInOrder([opinionById]))[0] ?? null)
  const judged = founded !== null
  return {
    by: judgedAt && judge ? t('judging:judge.by', { name: judge, at: dateTimeText(judgedAt) }) : null,
    facts: [
      { label: t('judging:field.verdict'), value: judged ? t(`judging:verdict.${verdictOf(complaint)}`) : '' },
      {
        label: t('judging:field.reasonable'),
        value: reasonable === null ? '' : t(reasonable ? 'judging:yes' : 'judging:no'),
      },
      { label: t('complaints:field.department'), value: department?.name ?? '' },
      {
        label: t('complaints:field.owner'),
        value: owner ? `${owner.name} ${owner.number}` : t('complaints:unassigned'),
      },
    ],
    judgement,
    opinion: opinion && opined ? { text: opinion, by: opined } : null,
  }
}
