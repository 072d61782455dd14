import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import type { Place } from './contract.ts'
import { lockRequest, openStepOf } from './queries.ts'
import { signerInstead } from './rerouting.ts'
import { shutOut } from './signers.ts'
import { tellSigners } from './steps.ts'

type Passing = { to: { id: bigint; name: string }; place: Place }

/**
 * PPL-02, ACC-02: what a waiting request is about has gone over to another, who stands for it from now on: they are its
 * applicant, sign none of it, and it lies where the object lies. Where nobody who may sign is left there, whoever signs
 * instead does.
 */
export async function passOn(tx: Tx, requestId: bigint, { to, place }: Passing, now: Date): Promise<void> {
  const request = await lockRequest(tx, requestId)
  if (request.state !== 'waiting') return
  const { departmentId, regionId } = place
  const left = { requestId, state: { in: ['waiting' as const, 'open' as const] } }
  if (await tx.approvalStep.findFirst({ where: { ...left, staffId: to.id } })) {
    const params = { name: to.name, number: request.number }
    throw new Refused([{ rule: 'PPL-02', reason: 'approvals:refused.passedToSigner', field: 'to', params }])
  }
  await tx.approvalStep.updateMany({ where: left, data: { departmentId, regionId, filedById: to.id } })
  await shutOut(tx, requestId, [to.id])
  const data = { departmentId, regionId, filedById: to.id, version: request.version + 1 }
  await tx.approvalRequest.update({ where: { id: requestId }, data })
  const step = await openStepOf(tx, requestId)
  if (!step) return
  const instead = await signerInstead(tx, step)
  if (instead) await tx.approvalStep.update({ where: { id: step.id }, data: instead })
  if (instead || request.departmentId !== departmentId) await tellSigners(tx, { ...step, ...instead }, now)
}
