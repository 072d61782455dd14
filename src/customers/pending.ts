import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import type { AskedAbout } from './asked.ts'
import type { Fact } from './fact-lines.ts'
import { wordOf } from './history/changes.ts'
import type { Customer } from './queries.ts'

type Pending = { text: string; href?: string }

/** CUS-06: beside each fact what waits for approval about it, and the way to the request for who may open that. */
export function pendingIn(actor: Actor, customer: Customer, asked: readonly AskedAbout[]) {
  const t = translate[actor.language]
  const found = new Map<string, Pending>()
  for (const { kind, number, state, asked: lines, opens } of asked) {
    if (state !== 'waiting' || kind === 'customer.confirmation') continue
    const link = opens ? { href: `/approvals/${number}` } : {}
    for (const { field, after } of kind === 'customer.key_fields' ? lines : [{ field: 'owner', after: ownerIn(lines) }])
      found.set(labelOf(field), {
        text: t('customers:pending', { after: wordOf(field, after, actor.language) || t('customers:cleared') }),
        ...link,
      })
  }
  return (facts: Fact[]): Fact[] =>
    facts.map((one) => {
      const pending = found.get(one.label)
      return pending ? { ...one, pending } : one
    })

  /** As the page calls it: the code goes by the name of its kind. */
  function labelOf(field: string): string {
    const { codeKind } = customer
    return field === 'code' && codeKind ? t(`customers:codeKind.${codeKind}`) : t(`customers:field.${field as 'name'}`)
  }
}

/** Of one that goes with many the request says only how many go where. */
const ownerIn = (lines: AskedAbout['asked']) => lines.find(({ field }) => field === 'owner')?.after ?? ''
