import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { Forbidden, refuseIf, Refused, type Refusal } from '../../lib/refused.ts'
import { refuseIfChanged } from '../course.ts'
import { customerToVisit } from '../making.ts'
import { isOwn, visitPolicy } from '../policy.ts'
import { targetOf } from '../unplanned/rules.ts'
import type { TemplateInput } from './forms.ts'
import { lockTemplate, mostTemplates, type Template } from './queries.ts'

const subjectOf = ({ customerId }: { customerId: bigint }) => `customer:${customerId}`

/** A visit that comes back: it is taken up into a month's plan with one press. */
export function addTemplate(actor: Actor, input: TemplateInput, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const running = await tx.visitTemplate.count({ where: { ownerId: actor.id, endedAt: null } })
    if (running >= mostTemplates) throw refusal('visitPlans:refused.templatesFull', 'customer', { most: mostTemplates })
    const { name, ...facts } = await factsOf(tx, actor, input)
    const made = await tx.visitTemplate.create({ data: { ...facts, ownerId: actor.id, createdAt: now } })
    await audit('visit_template.added', subjectOf(made), {
      before: { part: `visit_template:${made.id}` },
      after: { ...toldOf(made), part: `visit_template:${made.id}` },
    })
    return name
  })
}

export function correctTemplate(actor: Actor, { id }: Template, input: TemplateInput): Promise<string> {
  return change(actor, async (tx, audit) => {
    const template = await holdTemplate(tx, actor, id, input.version)
    const { name, ...facts } = await factsOf(tx, actor, input)
    const saved = await tx.visitTemplate.update({ where: { id }, data: { ...facts, version: { increment: 1 } } })
    const part = `visit_template:${id}`
    await audit('visit_template.corrected', subjectOf(saved), {
      before: { ...toldOf(template), part, version: template.version },
      after: { ...toldOf(saved), part },
    })
    return name
  })
}

/** It comes back no more; what was planned from it stays. */
export function endTemplate(actor: Actor, { id }: Template, version: number, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const template = await holdTemplate(tx, actor, id, version)
    await tx.visitTemplate.update({ where: { id }, data: { endedAt: now, version: { increment: 1 } } })
    const part = `visit_template:${id}`
    await audit('visit_template.ended', subjectOf(template), {
      before: { part, version: template.version },
      after: { rhythm: template.rhythm, part },
    })
  })
}

/** VIS-01: one that has ended is not changed any more. */
export const goingProblems = ({ endedAt }: Pick<Template, 'endedAt'>): Refusal[] =>
  endedAt === null ? [] : [{ rule: 'VIS-02', reason: 'visitPlans:refused.templateEnded' }]

async function holdTemplate(tx: Tx, actor: Actor, id: bigint, opened: number): Promise<Template> {
  const template = await lockTemplate(tx, id)
  if (!isOwn(actor, template)) throw new Forbidden(visitPolicy.plan.act)
  refuseIfChanged(template, opened, 'VIS-02')
  refuseIf(goingProblems(template))
  return template
}

async function factsOf(tx: Tx, actor: Actor, { customer, version: _version, ...given }: TemplateInput) {
  if (given.purposes.length === 0) throw refusal('visitPlans:refused.noPurpose', 'purposes')
  const found = await customerToVisit(tx, actor, customer)
  return {
    ...given,
    name: found.name,
    customerId: found.id,
    target: given.target ?? targetOf(found.life),
    fromOn: dayOf(given.fromOn),
  }
}

type Stored = Pick<Template, 'rhythm' | 'weekday' | 'week' | 'timeOfDay' | 'minutes' | 'agenda' | 'bring' | 'fromOn'>
const toldOf = ({ rhythm, weekday, week, timeOfDay, minutes, agenda, bring, fromOn }: Stored) => ({
  rhythm,
  weekday,
  week,
  minutes,
  agenda,
  bring,
  time: clockText(timeOfDay),
  fromOn: dayText(fromOn),
})

/** 870 → 14:30 */
export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const refusal = (reason: Refusal['reason'], field?: string, params = {}): Refused =>
  new Refused([{ rule: 'VIS-02', reason, ...(field ? { field } : {}), params }])
