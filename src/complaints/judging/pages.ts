import { ComplaintKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { departmentsToChoose } from '../assigning/departments.ts'
import type { Complaint } from '../queries.ts'
import { verdicts } from './rules.ts'

export async function judgementPage(actor: Actor, complaint: Complaint) {
  const t = translate[actor.language]
  const [departments, { value }] = await Promise.all([
    departmentsToChoose(complaint.kind),
    regulationAt(complaint.recordedAt),
  ])
  const store = value('complaints.course') === 'store'
  const role = t(`access:role.${value('complaints.supervising_role')}`)
  return {
    complaint,
    verdicts: verdicts.map((verdict) => ({ value: verdict, word: t(`judging:verdict.${verdict}`) })),
    reasonable: (['yes', 'no'] as const).map((word) => ({ value: word, word: t(`judging:${word}`) })),
    kinds: Object.values(ComplaintKind).map((kind) => ({ value: kind, word: t(`complaints:kind.${kind}`) })),
    departments: departments.options,
    departmentId: complaint.departmentId ?? departments.suggested ?? '',
    store: store ? t('judging:judge.store', { role }) : null,
  }
}

/** Dismissing and making void: a reason, and what follows from it. */
export function endPage(actor: Actor, complaint: Complaint, act: 'dismiss' | 'void') {
  const t = translate[actor.language]
  return {
    complaint,
    heading: t(act === 'void' ? 'judging:voiding.title' : 'judging:judge.dismissTitle'),
    lede: t(act === 'void' ? 'judging:hint.void' : 'judging:judge.dismissLede'),
    act: t(`judging:act.${act}`),
    asksCause: act === 'dismiss',
  }
}
