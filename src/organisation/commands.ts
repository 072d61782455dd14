import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { staleSince } from '../audit/stale.ts'
import { refuseIf } from '../lib/refused.ts'
import { forgetRegulations } from '../regulations/in-force.ts'
import { settlePreset } from '../regulations/presets/commands.ts'
import type { CompanyInput, UnitCorrection, UnitInput } from './forms.ts'
import { delegate, lockTree, lockUnit, occupancy, otherSystemAdmins } from './queries.ts'
import { firstStepsProblems, placementProblems, removalProblems } from './rules.ts'
import type { Kind } from './tree.ts'

/** Names the company; the first time, this makes its one row. */
export async function correctCompany(actor: Actor, { version, name, trade }: CompanyInput, now: Date): Promise<void> {
  await change(actor, async (tx, audit) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('organisation.company'))`
    const before = await tx.company.findUnique({ where: { id: 1 } })
    const current = before?.version ?? 0
    if (current !== version) {
      const fields = { name: before?.name ?? '', trade: before?.trade ?? '' }
      throw await staleSince(tx, 'company:1', version, { version: current, fields })
    }
    const after = { name, trade, version: version + 1 }
    await tx.company.upsert({ where: { id: 1 }, create: { id: 1, ...after }, update: after })
    await audit('company.corrected', 'company:1', { ...(before ? { before } : {}), after })
    // Until the first steps are finished nothing has begun that another trade's figures could disturb.
    if (actor.settingUp && !before?.setUpAt) await settlePreset(tx, audit, actor, trade, now)
  })
  forgetRegulations()
}

export function addUnit(actor: Actor, kind: Kind, { name, parentId }: UnitInput): Promise<bigint> {
  return change(actor, async (tx, audit) => {
    refuseIf(placementProblems(await lockTree(tx, kind), { id: null, name, parentId }))
    const { id } = await delegate(tx, kind).create({ data: { name, parentId }, select: { id: true } })
    await audit(`${kind}.added`, `${kind}:${id}`, { after: { name, parentId, version: 1 } })
    return id
  })
}

/** Renames or moves, with everything below. */
export function correctUnit(actor: Actor, kind: Kind, id: bigint, input: UnitCorrection): Promise<void> {
  return change(actor, async (tx, audit) => {
    const units = await lockTree(tx, kind)
    const before = await lockUnit(tx, kind, id)
    const { version, name, parentId } = input
    if (before.version !== version) {
      const fields = { name: before.name, parentId: String(before.parentId ?? '') }
      const words = Object.fromEntries(units.map((unit) => [`parentId.${unit.id}`, unit.name]))
      throw await staleSince(tx, `${kind}:${id}`, version, { version: before.version, fields, words })
    }
    refuseIf(placementProblems(units, { id, name, parentId }))
    const after = { name, parentId, version: version + 1 }
    await delegate(tx, kind).update({ where: { id }, data: after })
    await audit(`${kind}.corrected`, `${kind}:${id}`, { before, after })
  })
}

export function removeUnit(actor: Actor, kind: Kind, id: bigint): Promise<string> {
  return change(actor, async (tx, audit) => {
    await lockTree(tx, kind)
    const before = await lockUnit(tx, kind, id)
    refuseIf(removalProblems(before.name, await occupancy(tx, kind, id)))
    await delegate(tx, kind).delete({ where: { id } })
    await audit(`${kind}.removed`, `${kind}:${id}`, { before })
    return before.name
  })
}

/** From here on the first administrator only grants roles. */
export function finishFirstSteps(actor: Actor, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.$queryRaw`select 1 from company where id = 1 for update`
    const company = await tx.company.findUnique({ where: { id: 1 } })
    const systemAdmins = await otherSystemAdmins(tx, actor)
    refuseIf(firstStepsProblems({ named: company !== null, finished: company?.setUpAt != null, systemAdmins }))
    await tx.company.update({ where: { id: 1 }, data: { setUpAt: now } })
    await audit('company.first_steps_finished', 'company:1', { after: { setUpAt: now } })
  })
}
