import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import { db } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { purposes, targets } from '../plans/line-forms.ts'
import { clockText } from './commands.ts'
import { rhythms, weekdays, weeks, type TemplateQuery } from './forms.ts'
import { templatesOf, type Template } from './queries.ts'

/** /visits/templates: one's own recurring visits, those that run first. */
export async function templatesPage(actor: Actor) {
  const t = translate[actor.language]
  const templates = await templatesOf(actor)
  const seen = await seenOf(actor, templates)
  return {
    mayPlan: mayEver(actor, 'visits.plan'),
    rows: templates.map((template) => ({
      id: String(template.id),
      party: template.customer.name,
      grade: template.customer.grade,
      href: seen.has(template.customerId) ? `/customers/${template.customer.number}` : null,
      when: whenText(t, template),
      purposes: template.purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma')),
      from: t('visitPlans:template.from', { day: dayText(template.fromOn) }),
      state: template.endedAt
        ? { tone: 'warn', word: t('visitPlans:template.ended', { at: dateText(template.endedAt) }) }
        : { tone: 'go', word: t('visitPlans:template.running') },
      edit: template.endedAt ? null : `/visits/templates/${template.id}`,
      version: template.version,
    })),
    nothing: { heading: t('visitPlans:template.none'), hint: t('visitPlans:template.noneHint') },
  }
}

async function seenOf(actor: Actor, templates: readonly Template[]): Promise<Set<bigint>> {
  const where = { AND: [visibleCustomers(actor), { id: { in: templates.map(({ customerId }) => customerId) } }] }
  const found = templates.length === 0 ? [] : await db.customer.findMany({ where, select: { id: true } })
  return new Set(found.map(({ id }) => id))
}

type Numbered = 1 | 2 | 3 | 4 | 5

/** 每月第一个周二 10:00 */
export function whenText(t: Translate, { rhythm, weekday, week, timeOfDay }: Template): string {
  return t(`visitPlans:template.${rhythm}`, {
    weekday: t(`visitPlans:weekday.${weekday as Numbered}`),
    week: t(`visitPlans:week.${(week ?? 1) as Numbered}`),
    time: clockText(timeOfDay),
  })
}

/** The form, empty or with what one holds. */
export async function templatePage(
  actor: Actor,
  template: Template | null,
  { customer }: Partial<TemplateQuery>,
  now: Date,
  typed?: Record<string, string>,
) {
  const t = translate[actor.language]
  const number = typed?.['customer'] ?? template?.customer.number ?? customer ?? ''
  const where = { AND: [visibleCustomers(actor), { number: number.toUpperCase() }] }
  const found = number ? await db.customer.findFirst({ where, select: { name: true, number: true } }) : null
  return {
    customer: found,
    version: template?.version ?? null,
    ended: template?.endedAt !== undefined && template?.endedAt !== null,
    purposes: purposes.map((one) => ({
      name: `purpose_${one}`,
      word: t(`visits:purpose.${one}`),
      value: template ? template.purposes.includes(one) : one === 'relations',
    })),
    targets: targets.map((value) => ({ value, word: t(`visits:target.${value}`) })),
    rhythms: rhythms.map((value) => ({ value, word: t(`visits:rhythm.${value}`) })),
    weekdays: weekdays.map((value) => ({ value, word: t(`visitPlans:weekday.${value}`) })),
    weeks: weeks.map((value) => ({ value, word: t(`visitPlans:week.${value}`) })),
    given: {
      customer: number,
      target: template?.target ?? '',
      rhythm: template?.rhythm ?? 'monthly',
      weekday: template?.weekday ?? 2,
      week: template?.week ?? 1,
      time: clockText(template?.timeOfDay ?? 10 * 60),
      minutes: template?.minutes ?? 60,
      agenda: template?.agenda ?? '',
      bring: template?.bring ?? '',
      fromOn: template ? dayText(template.fromOn) : dateText(now),
    },
  }
}
