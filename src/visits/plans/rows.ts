import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { fenOf, moneyText, yuanText } from '../../lib/money.ts'
import { namesById } from '../../staff/naming.ts'
import { namesText } from './people.ts'
import type { PlanLine } from './queries.ts'
import { overlapping } from './rules.ts'
import { dayWords, hourText, visitTag } from './saying.ts'

type Cost = { total: { toFixed: (digits: number) => string }; state: string; kind: string }
export const sumOf = (costs: readonly Pick<Cost, 'total'>[]): string =>
  yuanText(costs.reduce((sum, { total }) => sum + fenOf(total.toFixed(2)), 0))

/** The lines as the table shows them; whoever may not see a customer sees its name alone. */
export async function rowsOf(actor: Actor, planNumber: string, lines: readonly PlanLine[], open: boolean) {
  const t = translate[actor.language]
  const names = await companionNames(lines)
  const slots = lines.map((line) => ({ ...line, cancelled: line.state === 'cancelled' }))
  const overlaps = overlapping(slots)
  return lines.map((line) => {
    const at = `/visits/plans/${planNumber}/visits/${line.number}`
    const editable = open && (line.state === 'draft' || line.state === 'refused')
    const asked = line.spendings.filter(({ state }) => state === 'asked' || state === 'refused')
    return {
      number: line.number,
      version: line.version,
      href: `/visits/${line.number}`,
      day: dayWords(t, dateText(line.startsAt)),
      hour: hourText(t, line),
      length: t('visits:minutes', { n: line.minutes }),
      overlap: overlaps.has(line.id),
      party: line.party,
      customer: seesCustomer(actor, line) ? `/customers/${line.customer!.number}` : null,
      grade: line.customer?.grade ?? null,
      target: line.customer ? '' : t(`visits:target.${line.target}`),
      purposes: line.purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma')),
      place: line.place ?? '',
      notes: notesOf(t, line, names),
      costs: line.spendings.length > 0 ? moneyText(sumOf(line.spendings)) : '',
      what: line.spendings
        .map(({ what, quantity }) => (quantity > 1 ? `${what} × ${quantity}` : what))
        .join(t('web:comma')),
      over: asked.length > 0,
      overWord: asked[0] ? t(`visits:spendingState.${asked[0].state}`) : '',
      state: visitTag(t, line.state),
      verdict: line.verdict && line.state === 'refused' ? t('visitPlans:verdict', { words: line.verdict }) : '',
      recurring: line.templateId !== null,
      replacedBy: line.replacedBy?.number ?? null,
      cancelled: line.state === 'cancelled',
      edit: editable ? at : null,
      copy: open ? `${at}/copy` : null,
      remove: editable ? `${at}/removal` : null,
    }
  })
}

const seesCustomer = (actor: Actor, { customer }: PlanLine): boolean =>
  customer !== null && customer.withdrawnAt === null && may(actor, 'customers.view', customer)

function notesOf(t: (typeof translate)['zh'], line: PlanLine, names: ReadonlyMap<bigint, string>): string[] {
  const companions = line.companions.flatMap((id) => names.get(id) ?? [])
  const others = line.parties.map(({ customer }) => customer.name)
  const comma = t('web:comma')
  return [
    ...(line.people.length > 0 ? [t('visitPlans:table.meets', { names: namesText(line.people) })] : []),
    ...(companions.length > 0 ? [t('visitPlans:table.with', { names: companions.join(comma) })] : []),
    ...(others.length > 0 ? [t('visitPlans:table.alsoOf', { names: others.join(comma) })] : []),
    ...(line.agenda ? [line.agenda] : []),
    ...(line.bring ? [`${t('visits:field.bring')} ${line.bring}`] : []),
  ]
}

export const companionNames = (lines: readonly Pick<PlanLine, 'companions'>[]) =>
  namesById(lines.flatMap(({ companions }) => companions))
