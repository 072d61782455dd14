import type { Actor } from '../../access/actor.ts'
import { refuseIfWritten } from '../../audit/stale.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { subjectOf, trailOf, type Plan, type Visit } from '../queries.ts'
import { isBeingPlanned } from '../states.ts'
import { planClosed } from './holding.ts'
import { labelsOf } from './line-fields.ts'
import { purposes, spendingKinds, spendingRows, targets, type LineInput } from './line-forms.ts'
import { asSent, asTyped, namesOf, type Sent } from './line-sent.ts'

type Held = { plan: Plan; line: Visit }

/**
 * VIS-02: the conflict screen for whoever wrote on while the line was changed in another window, or the plan was handed
 * in. Answers with the line as its form had it.
 */
export async function refuseIfRewritten(tx: Tx, actor: Actor, { plan, line }: Held, input: LineInput): Promise<Sent> {
  const stored = await asSent(tx, line)
  const open = isBeingPlanned(plan.state) && (line.state === 'draft' || line.state === 'refused')
  if (open && line.version === input.version) return stored
  const sent = asTyped(input)
  const none = Object.fromEntries(Object.keys({ ...stored, ...sent }).map((name) => [name, '']))
  const [fields, typed] = [
    { ...none, ...stored },
    { ...none, ...sent },
  ]
  const over = open ? {} : { over: { refusal: planClosed, href: `/visits/plans/${plan.number}` } }
  const form = { version: line.version, part: subjectOf(line), heldIn, ...(await wordsOf(tx, actor, [fields, typed])) }
  await refuseIfWritten(tx, trailOf(line), input.version, { ...form, fields, typed, ...over })
  return stored
}

const heldIn = ({ form }: Record<string, unknown>) => (form ?? {}) as Sent

async function wordsOf(tx: Tx, actor: Actor, shown: readonly Sent[]) {
  const t = translate[actor.language]
  const { contacts, numbers } = await namesOf(tx, actor, shown)
  const yes = t('customers:trail.yes')
  const checks = [
    ...purposes.map((one) => [`purpose_${one}`, t(`visits:purpose.${one}`)] as const),
    ...contacts.map(({ id, name }) => [`contact_${id}`, name] as const),
  ]
  const kinds = spendingRows.flatMap((n) =>
    spendingKinds.map((kind) => [`kind${n}.${kind}`, t(`visits:spending.${kind}`)] as const),
  )
  return {
    labels: { ...labelsOf(t), ...Object.fromEntries(checks) },
    words: Object.fromEntries([
      ...checks.map(([name]) => [`${name}.on`, yes] as const),
      ...targets.map((one) => [`target.${one}`, t(`visits:target.${one}`)] as const),
      ...kinds,
      ...numbers,
    ]) as Sent,
  }
}
