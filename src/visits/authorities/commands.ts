import type { AuthorityKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { notify } from '../../notices/commands.ts'
import { refuseIfChanged } from '../course.ts'
import { visitPolicy } from '../policy.ts'
import { lockVisit, subjectOf, trailOf, type Visit } from '../queries.ts'
import type { AuthorityInput, Withdrawal } from './forms.ts'
import { heldOf } from './queries.ts'
import { grantingProblems } from './rules.ts'

/** VIS-15: leave to sign a contract or to take money on this visit; never for one's own. */
export function authorise(actor: Actor, given: Visit, input: AuthorityInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const visit = await hold(tx, actor, given, input.version)
    refuseIf(grantingProblems(visit, now))
    const { authority: kind, upTo, what } = input
    await refuseIfHeld(tx, visit, kind)
    if (upTo !== null && Number(upTo) === 0) throw refusal('authoritySum', 'upTo')
    const data = { visitId: visit.id, kind, upTo, what, grantedAt: now, grantedById: actor.id }
    await tx.visitAuthority.create({ data })
    await touch(tx, visit)
    const part = subjectOf(visit)
    const after = { visit: visit.number, kind, ...(upTo === null ? {} : { upTo }), what, part }
    await audit('visit.authorised', trailOf(visit), { before: { part }, after })
    await tell(tx, actor, visit, { kind: 'visit.authority', of: kind }, now)
  })
}

/** VIS-15: takes it back, whenever; what was done under it before the report is then refused. */
export function withdrawAuthority(actor: Actor, given: Visit, input: Withdrawal, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const visit = await hold(tx, actor, given, input.version)
    if (visit.state === 'reported') throw refusal('authorityOver')
    const held = (await heldOf(tx, visit)).find(({ id }) => id === input.authority)
    if (!held) throw refusal('authorityGone')
    await tx.visitAuthority.update({ where: { id: held.id }, data: { withdrawnAt: now } })
    await touch(tx, visit)
    const part = subjectOf(visit)
    await audit('visit.authority_withdrawn', trailOf(visit), {
      before: { part, kind: held.kind, what: held.what },
      after: { visit: visit.number, part },
    })
    await tell(tx, actor, visit, { kind: 'visit.authority_ended', of: held.kind }, now)
  })
}

type Reason = 'authorityOver' | 'authorityGone' | 'authoritySum'
const refusal = (reason: Reason, field?: string): Refused =>
  new Refused([{ rule: 'VIS-15', reason: `visitDecisions:refused.${reason}`, ...(field ? { field } : {}) }])

async function hold(tx: Tx, actor: Actor, { id }: Visit, opened: number): Promise<Visit> {
  const visit = await lockVisit(tx, id)
  if (!visitPolicy.authorise(actor, visit)) throw new Forbidden(visitPolicy.authorise.act)
  refuseIfChanged(visit, opened, 'VIS-15')
  return visit
}

async function refuseIfHeld(tx: Tx, visit: Visit, kind: AuthorityKind): Promise<void> {
  const held = await heldOf(tx, visit)
  if (!held.some((one) => one.kind === kind)) return
  const params = { kind: { word: `visits:authority.${kind}` as const } }
  throw new Refused([{ rule: 'VIS-15', reason: 'visitDecisions:refused.authorityKnown', field: 'authority', params }])
}

const touch = (tx: Tx, { id }: Visit) => tx.visit.update({ where: { id }, data: { version: { increment: 1 } } })

type Said = { kind: 'visit.authority' | 'visit.authority_ended'; of: AuthorityKind }

const tell = (tx: Tx, by: Actor, visit: Visit, { kind, of }: Said, now: Date) =>
  notify(
    tx,
    [
      {
        to: visit.ownerId,
        kind,
        subject: subjectOf(visit),
        href: `/visits/${visit.number}`,
        params: { by: by.name, number: visit.number, what: { word: `visits:authority.${of}` } },
        rule: 'VIS-15',
      },
    ],
    now,
  )
