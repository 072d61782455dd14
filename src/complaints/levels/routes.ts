import { form, seeOther } from '../../web/route.ts'
import { translate } from '../../i18n.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { judgeGrave, lowerLevel, raiseLevel } from './commands.ts'
import { graveForm, levelForm, type Grave, type LevelWish } from './forms.ts'
import { levelPage } from './pages.ts'
import { graveProblems, loweringProblems, raisingProblems } from './rules.ts'

const at = ({ number }: Complaint) => `/complaints/${number}`

export const levelRoutes = [
  form<LevelWish, Complaint>('/complaints/:number/level', {
    load: complaintFor,
    allow: complaintPolicy.raise,
    guard: ({ record }) => raisingProblems(record, 'major'),
    view: 'complaints/levels/form',
    show: ({ actor, record }) => levelPage(translate[actor.language], record, 'raise'),
    fields: levelForm,
    submit: async ({ actor, record, input, now }) => {
      await raiseLevel(actor, record.id, input, now)
      return seeOther(at(record), 'judging:notice.raised')
    },
  }),
  form<LevelWish, Complaint>('/complaints/:number/level/lowering', {
    load: complaintFor,
    allow: complaintPolicy.lower,
    guard: ({ record }) => loweringProblems(record, 'general'),
    view: 'complaints/levels/form',
    show: ({ actor, record }) => levelPage(translate[actor.language], record, 'lower'),
    fields: levelForm,
    submit: async ({ actor, record, input, now }) => {
      await lowerLevel(actor, record.id, input, now)
      return seeOther(at(record), 'judging:notice.lowered')
    },
  }),
  form<Grave, Complaint>('/complaints/:number/level/grave', {
    load: complaintFor,
    allow: complaintPolicy.lower,
    guard: ({ record }) => graveProblems(record),
    view: 'complaints/levels/form',
    show: ({ actor, record }) => levelPage(translate[actor.language], record, 'grave'),
    fields: graveForm,
    submit: async ({ actor, record, input, now }) => {
      await judgeGrave(actor, record.id, input, now)
      return seeOther(at(record), 'judging:notice.grave')
    },
  }),
]
