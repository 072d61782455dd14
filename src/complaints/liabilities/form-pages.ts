import type { Actor } from '../../access/actor.ts'
import { kindWord } from '../../deadlines/kinds.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Complaint } from '../queries.ts'
import type { Choices, Missed, WithLiability } from './queries.ts'
import { amountText } from './rules.ts'

type FormGiven = { choices: Choices; delay: boolean; missed: readonly Missed[] }

/**
 * The form: the department and the person as the complaint knows them, of a delay the handler and what was missed. What
 * anybody is to pay is never filled in by itself.
 */
export function liabilityPage(
  actor: Actor,
  complaint: Complaint | WithLiability,
  { choices, delay, missed }: FormGiven,
) {
  const t = translate[actor.language]
  const row = 'liability' in complaint ? complaint.liability : null
  const department = row?.departmentId ?? departmentOf(complaint, choices, delay)
  const staff = row ? row.staffId : delay ? complaint.ownerId : null
  const head = row ? row.headId : department === null ? null : (choices.heads.get(department) ?? null)
  const numberOf = (id: bigint | null) => choices.people.find((one) => one.id === id)?.number ?? ''
  return {
    number: complaint.number,
    back: `/complaints/${complaint.number}`,
    version: row?.version ?? null,
    delay: row?.delay ?? delay,
    missed: missed.map((one) => missedText(t, one)),
    departments: choices.departments.map(({ id, name }) => ({ value: String(id), word: name })),
    people: choices.people.map(({ number, name, department: of }) => ({
      value: number,
      word: [`${name} ${number}`, of?.name].filter(Boolean).join(' · '),
    })),
    given: {
      department: department === null ? '' : String(department),
      staff: row?.staff?.number ?? numberOf(staff),
      head: row?.head?.number ?? (head === staff ? '' : numberOf(head)),
      loss: row ? row.loss.toString() : '',
      penalty: row ? row.penalty.toString() : '',
      headPenalty: row ? row.headPenalty.toString() : '',
      reason: row?.reason ?? (delay ? missed.map((one) => missedText(t, one)).join('；') : ''),
    },
  }
}

function departmentOf(complaint: Complaint, { people }: Choices, delay: boolean): bigint | null {
  const handler = people.find(({ id }) => id === complaint.ownerId)
  return (delay ? handler?.departmentId : null) ?? complaint.departmentId
}

const missedText = (t: Translate, { kind, due, ended }: Missed) =>
  t(ended ? 'measures:liability.missedLate' : 'measures:liability.missed', {
    what: { word: kindWord(kind) },
    due: dateTimeText(due),
    ended: ended ? dateTimeText(ended) : '',
  })

/** The page of a confirmation or a withdrawal: the row as it stands. */
export function rowPage(actor: Actor, complaint: WithLiability) {
  const t = translate[actor.language]
  const { liability, number } = complaint
  const { department, staff, head, loss, penalty, headPenalty, reason, version, confirmedAt, delay } = liability
  const fact = (name: 'department' | 'staff' | 'head' | 'loss' | 'penalty' | 'headPenalty', value: string) => ({
    label: t(`measures:field.${name}`),
    value,
  })
  return {
    number,
    version,
    back: `/complaints/${number}`,
    confirmed: confirmedAt !== null,
    facts: [
      fact('department', department.name),
      fact('staff', staff ? `${staff.name} ${staff.number}` : ''),
      fact('loss', amountText(loss)),
      fact('penalty', amountText(penalty)),
      fact('head', head ? `${head.name} ${head.number}` : ''),
      fact('headPenalty', amountText(headPenalty)),
      {
        label: t('measures:field.reason'),
        value: delay ? `${t('measures:liability.delay')}：${reason}` : reason,
        wide: true,
        lines: true,
      },
    ],
  }
}
