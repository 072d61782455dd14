import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'

/** Province, city and street in one line, without saying the same place twice. */
export function placeOf(customer: {
  province: string | null
  city: string | null
  district: string | null
  address: string | null
}): string {
  const { province, city, district, address } = customer
  const parts = [...new Set([province, city, district])].filter((part) => part && !address?.includes(part))
  return parts.join(' ')
}

type Places = { departments: { id: bigint; name: string }[]; regions: { id: bigint; name: string }[] }

/** The departments and regions a person may place a customer in with this act. */
export function placeOptions(
  actor: Actor,
  act: 'customers.create' | 'customers.assign',
  { departments, regions }: Places,
) {
  const allowed = (place: { departmentId: bigint | null; regionId: bigint | null }) =>
    may(actor, act, { ownerId: actor.id, ...place })
  const option = ({ id, name }: { id: bigint; name: string }) => ({ value: String(id), word: name })
  const everywhere = allowed({ departmentId: null, regionId: null })
  return {
    departments: departments
      .filter(({ id }) => everywhere || allowed({ departmentId: id, regionId: null }))
      .map(option),
    regions: regions.filter(({ id }) => everywhere || allowed({ departmentId: null, regionId: id })).map(option),
    /** Whether a customer may be placed nowhere in particular. */
    everywhere,
  }
}
