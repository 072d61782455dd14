import { CustomerGrade, VisitTarget } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Question } from './queries.ts'

type Row = Question & { answers: number }

/** /visits/questions: what the company asks besides, in its order, and what it asked before. */
export function questionsPage({ language }: Actor, questions: readonly Row[]) {
  const t = translate[language]
  const asked = questions.filter(({ retiredAt }) => retiredAt === null)
  return {
    asked: asked.map((one, at) => ({ ...rowOf(t, one), up: at > 0, down: at < asked.length - 1 })),
    retired: questions.filter(({ retiredAt }) => retiredAt !== null).map((one) => rowOf(t, one)),
    targets: Object.values(VisitTarget).map((value) => ({ value, word: t(`visits:target.${value}`) })),
    grades: Object.values(CustomerGrade).map((value) => ({ value, word: value })),
    nothing: { heading: t('visitQuestions:nothing.heading'), hint: t('visitQuestions:nothing.hint') },
  }
}

function rowOf(t: Translate, { id, question, target, grade, required, answers }: Row) {
  return {
    id: String(id),
    question,
    who: [target ? t(`visits:target.${target}`) : t('visitQuestions:everyone'), grade].filter(Boolean).join(' · '),
    required: t(required ? 'visitQuestions:isRequired' : 'visitQuestions:optional'),
    answers: t('visitQuestions:answers', { n: answers }),
  }
}
