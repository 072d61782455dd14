import { permit } from '../../access/policy.ts'
import { db } from '../../db.ts'
import { form, seeOther } from '../../web/route.ts'
import { newestOf, valuesAfter } from '../changes/newest.ts'
import { draftNotice } from '../changes/routes.ts'
import { companyTrade } from '../queries.ts'
import { ruleIds } from '../register.ts'
import { draftPreset } from './commands.ts'
import { presetForm, presetQuery, type PresetInput, type PresetQuery } from './forms.ts'
import { presetPage } from './pages.ts'

export const presetRoutes = [
  form<PresetInput, undefined, PresetQuery>('/regulations/presets', {
    allow: permit('regulations.draft'),
    query: presetQuery as never,
    view: 'regulations/presets',
    show: async ({ actor, query, now }) => {
      const own = await companyTrade()
      const current = valuesAfter(await newestOf(db, ruleIds))
      return presetPage(actor, { trade: query.trade || own, own }, current, now)
    },
    fields: presetForm as never,
    submit: async ({ actor, input, now }) => {
      const number = await draftPreset(actor, input, now)
      return seeOther(`/regulations/changes/${number}`, draftNotice(input), { number })
    },
  }),
]
