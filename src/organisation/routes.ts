import { permit } from '../access/policy.ts'
import { form, page, seeOther } from '../web/route.ts'
import { addUnit, correctCompany, correctUnit, finishFirstSteps, removeUnit } from './commands.ts'
import { companyForm, emptyForm, unitCorrection, unitForm, type UnitCorrection, type UnitInput } from './forms.ts'
import { companyPage, overviewPage, unitPage, unitsPage } from './pages.ts'
import { unitFor } from './queries.ts'
import type { Kind, Unit } from './tree.ts'

export const organisationRoutes = [
  page('/organisation', {
    allow: permit('organisation.view'),
    view: 'organisation/index',
    show: ({ actor }) => overviewPage(actor),
  }),
  form('/organisation/company', {
    allow: permit('company.manage'),
    view: 'organisation/company',
    show: ({ actor }) => companyPage(actor),
    fields: companyForm,
    submit: async ({ actor, input, now }) => {
      await correctCompany(actor, input, now)
      return seeOther('/organisation', 'organisation:notice.companySaved')
    },
  }),
  ...treeRoutes('department', '/organisation/departments'),
  ...treeRoutes('region', '/organisation/regions'),
  form('/first-steps/finish', {
    allow: permit('company.finish_first_steps'),
    fields: emptyForm,
    submit: async ({ actor, now }) => {
      await finishFirstSteps(actor, now)
      return seeOther('/organisation', 'organisation:notice.finished')
    },
  }),
]

function treeRoutes(kind: Kind, folder: string) {
  const allow = permit('organisation.manage')
  return [
    form<UnitInput>(folder, {
      allow,
      view: 'organisation/units',
      show: () => unitsPage(kind),
      fields: unitForm,
      submit: async ({ actor, input }) => {
        await addUnit(actor, kind, input)
        return seeOther(folder, 'organisation:notice.added', { name: input.name })
      },
    }),
    form<UnitCorrection, Unit>(`${folder}/:id/correct`, {
      load: (actor, id) => unitFor(kind, actor, id ?? ''),
      allow,
      view: 'organisation/unit',
      show: ({ record }) => unitPage(kind, record),
      fields: unitCorrection,
      submit: async ({ actor, record, input }) => {
        await correctUnit(actor, kind, record.id, input)
        return seeOther(folder, 'organisation:notice.corrected', { name: input.name })
      },
    }),
    form<object, Unit>(`${folder}/:id/remove`, {
      load: (actor, id) => unitFor(kind, actor, id ?? ''),
      allow,
      fields: emptyForm,
      submit: async ({ actor, record }) => {
        const name = await removeUnit(actor, kind, record.id)
        return seeOther(folder, 'organisation:notice.removed', { name })
      },
    }),
  ]
}
