import { Refused, type Refusal } from '../lib/refused.ts'

type Reason = Extract<Refusal['reason'], `viewings:refused.${string}`> extends `viewings:refused.${infer R}` ? R : never
export function refusal(reason: Reason, more: Pick<Refusal, 'field' | 'params'> = {}): Refused {
  return new Refused([{ rule: 'ARC-07', reason: `viewings:refused.${reason}`, ...more }])
}
