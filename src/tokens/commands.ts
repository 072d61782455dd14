import type { ApiScope } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { change } from '../audit/change.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { TokenForm } from './forms.ts'
import type { Token } from './queries.ts'
import { scopeProblems, scopes, stateOf, untilProblems } from './rules.ts'
import { newSecret } from './secret.ts'

/** CRD-18: answers with the secret, which nobody can read again: only its hash is kept. */
export async function makeToken(actor: Actor, input: TokenForm, now: Date): Promise<string> {
  if (!mayEver(actor, 'tokens.use')) throw new Forbidden('tokens.use')
  const wanted = scopes.filter((scope) => input[scope])
  const { value } = await regulationAt(now)
  const dates = { until: input.until, today: dateText(now), most: value('credit.token_days') }
  refuseIf([...scopeProblems(actor, wanted), ...untilProblems(dates)])
  const { secret, ...kept } = newSecret()
  await change(actor, async (tx, audit) => {
    const expiresAt = dayStart(input.until, 1)
    const data = {
      name: input.name,
      scopes: wanted,
      staffId: actor.id,
      createdAt: now,
      createdById: actor.id,
      expiresAt,
    }
    await tx.apiToken.create({ data: { ...data, ...kept } })
    await audit('token.made', subjectOf(actor.id), {
      after: afterOf({ name: input.name, prefix: kept.prefix }, wanted, input.until),
    })
  })
  return secret
}

const subjectOf = (staffId: bigint) => `staff:${staffId}`
const afterOf = ({ name, prefix }: { name: string; prefix: string }, given: ApiScope[], until: string) => ({
  token: `${name} ${prefix}`,
  scopes: given,
  until,
})

/** From this moment on it lets nobody in; its person is told where somebody else did it. */
export function revokeToken(actor: Actor, { id }: Token, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.$queryRaw`select from api_token where id = ${id} for update`
    const token = await tx.apiToken.findUniqueOrThrow({ where: { id } })
    const own = token.staffId === actor.id && mayEver(actor, 'tokens.use')
    if (!own && !mayEver(actor, 'tokens.manage')) throw new Forbidden('tokens.manage')
    if (stateOf(token, now) !== 'active') throw new Refused([{ rule: 'CRD-18', reason: 'tokens:refused.over' }])
    await tx.apiToken.update({ where: { id }, data: { revokedAt: now } })
    const word = `${token.name} ${token.prefix}`
    await audit('token.revoked', subjectOf(token.staffId), { after: { token: word } })
    if (token.staffId === actor.id) return
    const params = { by: actor.name, token: word }
    const notice = {
      kind: 'token.revoked' as const,
      rule: 'CRD-18',
      subject: subjectOf(token.staffId),
      href: '/tokens',
    }
    await notify(tx, [{ ...notice, to: token.staffId, params, urgent: true }], now)
  })
}
