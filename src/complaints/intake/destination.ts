import type { Actor } from '../../access/actor.ts'
import type { Db, Tx } from '../../db.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { ComplaintKind } from '../../../prisma/client/enums.ts'
import { handlersOf } from './handlers.ts'
import type { Intake } from './forms.ts'

/** CMP-02: the department that answers complaints of a kind, as the customer service manager set it. */
export async function destinationOf(
  from: Pick<Db, 'complaintDestination'>,
  kind: ComplaintKind,
): Promise<bigint | null> {
  const found = await from.complaintDestination.findUnique({ where: { kind }, select: { departmentId: true } })
  return found?.departmentId ?? null
}

type Chosen = Pick<Intake, 'kind' | 'departmentId' | 'ownerId' | 'act'>
type Place = { problems: Refusal[]; departmentId: bigint | null; ownerId: bigint | null }

/** CMP-02, CMP-03: the responsible department and the handler: somebody of it who may handle and is not complained about. */
export async function placeOf(
  tx: Tx,
  { departmentId: receivingDepartmentId }: Pick<Actor, 'departmentId'>,
  chosen: Chosen,
  accused: readonly bigint[],
): Promise<Place> {
  const { act, ownerId } = chosen
  const departmentId = chosen.departmentId ?? (await destinationOf(tx, chosen.kind))
  const at = (rule: string, name: 'noHandler' | 'accusedHandler' | 'handlerElsewhere'): Refusal[] => [
    { rule, reason: `intake:refused.${name}`, field: 'ownerId' },
  ]
  if (act === 'save') return { problems: [], departmentId, ownerId: null }
  if (ownerId === null) return { problems: at('CMP-02', 'noHandler'), departmentId, ownerId }
  if (accused.includes(ownerId)) return { problems: at('CMP-03', 'accusedHandler'), departmentId, ownerId }
  const handlers = await handlersOf(tx, { departmentId, receivingDepartmentId, accused })
  const handler = handlers.find(({ id }) => id === ownerId)
  if (!handler) return { problems: at('CMP-02', 'handlerElsewhere'), departmentId, ownerId }
  return { problems: [], departmentId: departmentId ?? handler.departmentId, ownerId }
}
