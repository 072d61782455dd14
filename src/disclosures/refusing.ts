import { Refused, type Refusal } from '../lib/refused.ts'

type Reason =
  Extract<Refusal['reason'], `disclosures:refused.${string}`> extends `disclosures:refused.${infer R}` ? R : never

/** ARC-15: what is not done, by its sentence and, where there is one, its field. */
export const refusal = (reason: Reason, field?: string | null, params?: Refusal['params']): Refused =>
  new Refused([
    {
      rule: 'ARC-15',
      reason: `disclosures:refused.${reason}`,
      ...(field ? { field } : {}),
      ...(params ? { params } : {}),
    },
  ])
