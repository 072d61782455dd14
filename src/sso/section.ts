import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { identityOf, service } from './queries.ts'

/** One's own account of the company's sign-in service; null where there is no such service. */
export async function ownService(actor: Actor, armed = false) {
  const known = service()
  if (!known) return null
  const t = translate[actor.language]
  const linked = await identityOf(actor.id)
  return {
    ...known,
    linked: linked !== null,
    state: linked ? t('sso:own.since', { at: dateTimeText(linked.linkedAt) }) : t('sso:own.none'),
    tone: linked ? 'ok' : 'wait',
    armed,
  }
}

/** Of somebody else, for the page of the person; null where nothing is linked. */
export async function staffService(actor: Actor, { id, number }: { id: bigint; number: string }) {
  const known = service()
  const linked = known && (await identityOf(id))
  if (!linked) return null
  const t = translate[actor.language]
  return {
    title: t('sso:staff.title', known),
    state: t('sso:staff.linked', { ...known, at: dateTimeText(linked.linkedAt) }),
    unlink: mayEver(actor, 'staff.manage') ? `/staff/${number}/sign-in-service/unlink` : null,
  }
}
