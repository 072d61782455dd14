import type { Audit } from '../../audit/change.ts'
import type { Change } from './queries.ts'

/** A line for each rule that a change is about. */
export async function auditEach(
  audit: Audit,
  action: Parameters<Audit>[0],
  { number, proposals }: Change,
  more: { after?: object; why?: string } = {},
): Promise<void> {
  const { after, why } = more
  for (const { rule } of proposals)
    await audit(action, `regulation:${rule}`, { after: { number, ...after }, ...(why ? { why } : {}) })
}
