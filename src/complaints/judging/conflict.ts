import { ComplaintKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { refuseIfWritten } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { verdictOf } from '../verdict.ts'
import type { JudgementInput } from './forms.ts'
import { verdicts, type Judgement } from './rules.ts'

/**
 * CMP-07: a judgement is the first of its course. Whoever wrote one while another judged sees both beside each other;
 * whoever wrote it while the kind or the department was set otherwise chooses between the two.
 */
export async function refuseIfJudged(
  tx: Tx,
  actor: Actor,
  complaint: Complaint,
  { version: opened, ...input }: JudgementInput,
): Promise<void> {
  const judged = complaint.state !== 'received'
  if (!judged && complaint.version === opened) return
  const { kind, departmentId, ...rest } = fieldsOf(await judgementOf(tx, complaint))
  const fields = { ...(judged ? rest : {}), kind, departmentId }
  const over = judged ? { over: { rule: 'CMP-07', reason: 'complaints:refused.movedOn' } as const } : {}
  const form = { version: complaint.version, fields, heldIn, typed: fieldsOf(input), ...(await wordsOf(tx, actor)) }
  await refuseIfWritten(tx, complaint, { ...form, ...over, opened })
}

type Fields = Record<'verdict' | 'reasonable' | 'judgement' | 'kind' | 'departmentId', string>
type Known = Partial<Omit<Judgement, 'departmentId'>> & { departmentId: bigint | string | null }

const fieldsOf = ({ verdict, reasonable, judgement, kind, departmentId }: Known): Fields => ({
  verdict: verdict ?? '',
  reasonable: reasonable === undefined ? '' : reasonable ? 'yes' : 'no',
  kind: kind ?? '',
  departmentId: String(departmentId ?? ''),
  judgement: judgement ?? '',
})

/** As it was judged, or as it is asked to be accepted (CMP-22). */
async function judgementOf(tx: Tx, complaint: Complaint): Promise<Known> {
  const { kind, departmentId, reasonable, judgement } = complaint
  const about = { kind: 'complaint.acceptance', subject: subjectOf(complaint), state: 'waiting' } as const
  const waiting = await tx.approvalRequest.findFirst({ where: about, select: { payload: true } })
  if (waiting) return waiting.payload as unknown as Known
  const verdict = complaint.judgedAt ? verdictOf(complaint) : undefined
  return { kind, departmentId, verdict, reasonable: reasonable ?? undefined, judgement: judgement ?? undefined }
}

/** The trail names the department; its id stands beside. */
function heldIn(held: Record<string, unknown>): Record<string, unknown> {
  const { ids } = held as { ids?: { department?: string | null } }
  return ids && 'department' in ids ? { ...held, departmentId: ids.department ?? '' } : held
}

async function wordsOf(tx: Tx, { language }: Actor) {
  const t = translate[language]
  const departments = await tx.department.findMany({ select: { id: true, name: true } })
  const said = [
    ...verdicts.map((one) => [`verdict.${one}`, t(`judging:verdict.${one}`)]),
    ...(['yes', 'no'] as const).map((one) => [`reasonable.${one}`, t(`judging:${one}`)]),
    ...Object.values(ComplaintKind).map((one) => [`kind.${one}`, t(`complaints:kind.${one}`)]),
    ...departments.map(({ id, name }) => [`departmentId.${id}`, name]),
  ]
  const names = ['verdict', 'reasonable', 'kind', 'departmentId', 'judgement'] as const
  return {
    words: Object.fromEntries(said) as Record<string, string>,
    labels: Object.fromEntries(names.map((name) => [name, t(`judging:field.${name}`)])),
  }
}
