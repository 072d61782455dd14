import type { Actor } from '../../access/actor.ts'
import { letOut } from '../../exports/leaving.ts'
import { type Translate, translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import type { Plan } from '../queries.ts'
import type { Download } from '../../web/route.ts'
import { purposesOf, standing } from './documents.ts'
import { namesText } from './people.ts'
import type { PlanLine } from './queries.ts'
import { companionNames, sumOf } from './rows.ts'
import { hourText } from './saying.ts'
const columns = [
  'day',
  'time',
  'minutes',
  'customer',
  'grade',
  'purposes',
  'place',
  'people',
  'companions',
  'agenda',
  'bring',
  'costs',
  'state',
] as const

/** CUS-15: the same as a spreadsheet; numbered, in the trail before its first byte and after its last. */
export async function exportPlan(actor: Actor, plan: Plan, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const lines = await standing(plan)
  return letOut(actor, {
    as: 'visit_plan.export',
    about: { plan: plan.number },
    sheet: t('visits:planOf', { month: plan.monthText }),
    header: columns.map((name) => t(`visitPlans:column.${name}`)),
    rows: cellsOf(t, lines, await companionNames(lines)),
    at: now,
  })
}

async function* cellsOf(
  t: Translate,
  lines: readonly PlanLine[],
  names: ReadonlyMap<bigint, string>,
): AsyncGenerator<string[]> {
  for (const line of lines)
    yield [
      dateText(line.startsAt),
      hourText(t, line),
      `${line.minutes}`,
      line.party,
      line.customer?.grade ?? '',
      purposesOf(t, line),
      line.place ?? '',
      namesText(line.people),
      line.companions.flatMap((id) => names.get(id) ?? []).join('、'),
      line.agenda ?? '',
      line.bring ?? '',
      sumOf(line.spendings),
      t(`visits:state.${line.state}`),
    ]
}
