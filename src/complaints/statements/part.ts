import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Part } from '../page/parts.ts'
import { complaintPolicy } from '../policy.ts'
import { isOpen } from '../states.ts'
import { statementsOf } from './queries.ts'

/** CMP-03: what was put to whom the complaint is about, and what they said. */
export const statementsPart: Part = {
  section: async (actor, complaint) => {
    const t = translate[actor.language]
    const statements = await statementsOf(complaint)
    if (statements.length === 0) return null
    return {
      view: 'complaints/statements/section',
      place: 'column',
      model: {
        statements: statements.map(({ staff, facts, putAt, by, answer, answeredAt }) => ({
          who: `${staff.name} ${staff.number}`,
          facts,
          put: t('judging:statement.put', { name: by, at: dateTimeText(putAt) }),
          answer: answer ?? t('judging:statement.waiting'),
          answered: answeredAt ? t('judging:statement.answered', { at: dateTimeText(answeredAt) }) : null,
        })),
      },
    }
  },
  acts: (actor, complaint) =>
    isOpen(complaint.state) && complaint.accused.length > 0 && complaintPolicy.handle(actor, complaint)
      ? [
          {
            href: `/complaints/${complaint.number}/statements`,
            word: 'judging:act.putFacts',
            icon: 'person',
            rank: 'menu',
          },
        ]
      : [],
}
