import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Complaint } from '../queries.ts'
import { liabilityPolicy } from './policy.ts'
import type { Liability, Missed } from './queries.ts'
import { amountText, recordingProblems, selfProblems, sumOf } from './rules.ts'

/** The section on the complaint's page. */
export function sectionModel(
  actor: Actor,
  complaint: Complaint,
  rows: readonly Liability[],
  missed: readonly Missed[],
) {
  const t = translate[actor.language]
  const standing = rows.filter(({ withdrawnAt }) => withdrawnAt === null)
  const records = liabilityPolicy.record(actor, complaint)
  const path = `/complaints/${complaint.number}/liabilities`
  const delayed = missed.length > 0 && !standing.some(({ delay }) => delay)
  return {
    liabilities: rows.map((row) => rowModel(actor, complaint, row, t)),
    totals: standing.length > 1 ? sumOf(standing) : null,
    record: records && recordingProblems(complaint, false).length === 0 ? `${path}/new` : null,
    delay: records && delayed && complaint.state !== 'void' ? { href: `${path}/new?delay=on`, n: missed.length } : null,
  }
}

function rowModel(actor: Actor, complaint: Complaint, row: Liability, t: Translate) {
  const { id, department, staff, head, delay, loss, penalty, headPenalty, reason, confirmedAt, withdrawnAt } = row
  const path = `/complaints/${complaint.number}/liabilities/${id}`
  const stands = withdrawnAt === null
  const may = (right: 'record' | 'confirm') =>
    stands &&
    liabilityPolicy[right](actor, complaint) &&
    selfProblems(actor.id, right === 'confirm' ? row : { staffId: row.staffId, headId: row.headId }).length === 0
  const changeable = confirmedAt === null && may('record')
  return {
    department: department.name,
    staff: staff?.name ?? '',
    head: head?.name ?? '',
    delay,
    loss: amountText(loss),
    penalty: amountText(penalty),
    headPenalty: amountText(headPenalty),
    reason,
    state: stateOf(t, row),
    who: confirmedAt
      ? t('measures:liability.confirmedBy', { name: row.confirmedBy ?? '', at: dateTimeText(confirmedAt) })
      : t('measures:liability.recordedBy', { name: row.recordedBy, at: dateTimeText(row.recordedAt) }),
    acts: [
      ...(may('confirm')
        ? [
            {
              href: `${path}/confirmation`,
              word: t(confirmedAt ? 'measures:act.takeBack' : 'measures:act.confirm'),
            },
          ]
        : []),
      ...(changeable ? [{ href: `${path}/correction`, word: t('measures:act.correct') }] : []),
      ...(changeable ? [{ href: `${path}/withdrawal`, word: t('measures:act.withdraw') }] : []),
    ],
  }
}

export function stateOf(t: Translate, { confirmedAt, withdrawnAt }: Pick<Liability, 'confirmedAt' | 'withdrawnAt'>) {
  if (withdrawnAt) return { tone: 'warn', word: t('measures:liability.withdrawn') }
  return confirmedAt
    ? { tone: 'ok', word: t('measures:liability.confirmed') }
    : { tone: 'wait', word: t('measures:liability.proposed') }
}
