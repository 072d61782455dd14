import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { translate } from '../i18n.ts'
import { refuseIf } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { countUnmaskings, type Masked, type Unmasked } from './queries.ts'
import { hourlyProblems, reasonProblems, type Reason } from './rules.ts'

/** PRV-02: asks for one field of a customer or of a contact. */
export function unmask(actor: Actor, masked: Masked, input: Reason, now: Date): Promise<bigint> {
  const { customer, contact, field } = masked
  const part = contact ? { contact: contact.name, part: `contact:${contact.id}` } : {}
  const asked = { action: 'customer.unmasked', subject: `customer:${customer.id}`, after: { field, ...part } } as const
  return recordUnmasking(actor, asked, input, now)
}

/**
 * PRV-02: writes down who asks to see which field and why, before anything is shown, and answers with that line's id.
 * Refuses without a reason, and beyond so many fields in an hour.
 */
export async function recordUnmasking(
  actor: Actor,
  { action, subject, after }: Unmasked & { after: object },
  input: Reason,
  now: Date,
): Promise<bigint> {
  const { value } = await regulationAt(now)
  refuseIf(reasonProblems(input, value('privacy.reason_length')))
  const already = await countUnmaskings(actor, new Date(now.getTime() - 3_600_000))
  refuseIf(hourlyProblems(already, value('privacy.unmaskings_an_hour')))
  const until = new Date(now.getTime() + value('privacy.shown_seconds') * 1000).toISOString()
  return reading(actor, action, subject, { after: { ...after, until }, why: reasonText(actor, input) })
}

function reasonText({ language }: Actor, { purpose, reason }: Reason): string {
  const t = translate[language]
  const usual = purpose && purpose !== 'other' ? t(`unmaskings:purpose.${purpose}`) : ''
  return [usual, reason].filter(Boolean).join(t('web:comma'))
}
