import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'
import { form, seeOther } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { addQuestion, moveQuestion, retireQuestion } from './commands.ts'
import { movingForm, questionForm, retirementForm, type Moving, type NewQuestion } from './forms.ts'
import { questionsPage } from './pages.ts'
import { allQuestions } from './queries.ts'

const home = '/visits/questions'
type Found = { id: bigint }

async function questionFor(_actor: Actor, id: string): Promise<Found> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  const found = await db.visitQuestion.findUnique({ where: { id: BigInt(id) }, select: { id: true } })
  if (!found) throw new NotFound()
  return found
}

export const questionRoutes = [
  form<NewQuestion>(home, {
    allow: visitPolicy.manage,
    view: 'visits/questions/index',
    show: async ({ actor }) => questionsPage(actor, await allQuestions()),
    fields: questionForm,
    submit: async ({ actor, input, now }) => {
      await addQuestion(actor, input, now)
      return seeOther(home, 'visitQuestions:notice.added')
    },
  }),
  form<Moving, Found>(`${home}/:question/moving`, {
    load: questionFor,
    allow: visitPolicy.manage,
    fields: movingForm,
    submit: async ({ actor, record, input }) => {
      await moveQuestion(actor, record.id, input)
      return seeOther(home, 'visitQuestions:notice.moved')
    },
  }),
  form<Record<string, never>, Found>(`${home}/:question/retirement`, {
    load: questionFor,
    allow: visitPolicy.manage,
    fields: retirementForm,
    submit: async ({ actor, record, now }) => {
      await retireQuestion(actor, record.id, now)
      return seeOther(home, 'visitQuestions:notice.retired')
    },
  }),
]
