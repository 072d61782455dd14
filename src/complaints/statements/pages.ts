import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Complaint } from '../queries.ts'
import { peopleOf, type Statement } from './queries.ts'

export async function puttingPage(complaint: Complaint) {
  const people = await peopleOf(complaint.accused)
  const options = people.map(({ id, name, number }) => ({ value: String(id), word: `${name} ${number}` }))
  return { complaint, people: options, chosen: options.length === 1 ? options[0]!.value : '' }
}

/** CMP-03: only the facts put, and the answer. */
export function answerPage(actor: Actor, { id, facts, putAt, by, answer, answeredAt }: Statement) {
  const t = translate[actor.language]
  return {
    statement: { id: String(id), facts, answer },
    lede: t('judging:statement.ownLede', { name: by, at: dateTimeText(putAt) }),
    answered: answeredAt ? t('judging:statement.answered', { at: dateTimeText(answeredAt) }) : null,
  }
}
