import type { SecrecyLevel } from '../../../prisma/client/enums.ts'
import { isClassified } from '../levels.ts'

/** By which the lines of a customer's history know the item they are about. */
export const partOf = ({ id }: { id: bigint }) => `item:${id}`

/** ARC-02: of a classified item the trail keeps which fields changed, not what they held. */
export function toldOf(secrecy: SecrecyLevel, fields: object): object {
  if (!isClassified(secrecy)) return fields
  return { fields: Object.keys(fields).join(', ') }
}
