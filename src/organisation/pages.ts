import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { trades } from './forms.ts'
import { company, countedUnits, unitsOf } from './queries.ts'
import { asOptions, asTree, type Kind, type Unit } from './tree.ts'

const folders = { department: '/organisation/departments', region: '/organisation/regions' } as const

export async function overviewPage(actor: Actor) {
  const t = translate[actor.language]
  const found = await company()
  return {
    company: found && [
      { label: t('organisation:field.name'), value: found.name },
      { label: t('organisation:field.trade'), value: t(`organisation:trade.${found.trade}`) },
      {
        label: t('organisation:firstSteps.finishedAt'),
        value: found.setUpAt ? dateTimeText(found.setUpAt) : t('organisation:firstSteps.open'),
      },
    ],
    departments: await branches('department'),
    regions: await branches('region'),
    mayCompany: mayEver(actor, 'company.manage'),
    mayManage: mayEver(actor, 'organisation.manage'),
    mayFinish: mayEver(actor, 'company.finish_first_steps'),
  }
}

export async function companyPage(actor: Actor) {
  const found = await company()
  return {
    company: found ?? { name: '', trade: 'general', version: 0 },
    trades: trades.map((value) => ({ value, word: translate[actor.language](`organisation:trade.${value}`) })),
    settingUp: actor.settingUp,
    mayTakePreset: mayEver(actor, 'regulations.draft'),
  }
}

export async function unitsPage(kind: Kind) {
  return { kind, folder: folders[kind], units: await branches(kind), parents: asOptions(await unitsOf(kind)) }
}

/** Nothing can be moved under itself, so those places are not offered. */
export async function unitPage(kind: Kind, unit: Unit) {
  const units = await unitsOf(kind)
  const below = new Set(asTree(units, unit.id).map(({ id }) => id))
  const parents = asOptions(units.filter(({ id }) => id !== unit.id && !below.has(id)))
  return { kind, folder: folders[kind], unit, parents }
}

async function branches(kind: Kind) {
  return asTree(await countedUnits(kind)).map(({ id, name, depth, staff, customers }) => ({
    name: `${'　'.repeat(depth)}${name}`,
    staff,
    customers,
    href: `${folders[kind]}/${id}/correct`,
  }))
}
