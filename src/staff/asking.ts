import type { Filing, Request } from '../approvals/contract.ts'
import { idOf, idText } from '../lib/ids.ts'
import type { GrantInput } from './forms.ts'
import type { Person } from './queries.ts'

type Place = { ids: { departmentId: bigint | null; regionId: bigint | null }; name: string | null }

/** PPL-02: what is asked for when a powerful role is to be given; whom it is for does not sign. */
export function grantFiling(person: Person, { role, scope }: GrantInput, { ids, name }: Place): Filing {
  const { departmentId, regionId } = ids
  const wish = { role, scope, departmentId: idText(departmentId), regionId: idText(regionId) }
  return {
    subject: `staff:${person.id}`,
    place: { departmentId: null, regionId: null },
    asked: [{ field: 'staff:field.role', before: person.grants.map((one) => one.role).join(' '), after: role }],
    payload: { ...wish, place: name },
    basis: grantBasis(person),
    excluded: [person.id],
  }
}

/** A person with other roles, or one who has left, is another matter. */
export function grantBasis({ state, grants }: Pick<Person, 'state' | 'grants'>): string {
  const held = grants.map(({ role, scope, department, region }) =>
    [role, scope, department?.name ?? region?.name ?? ''].join(' ').trim(),
  )
  return [state, ...held.toSorted()].join(', ')
}

export const idOfAsked = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('staff:'.length))

/** The wish as it was typed. */
export function wishOf({ payload }: Pick<Request, 'payload'>): GrantInput & { place: string | null } {
  const { departmentId, regionId, ...wish } = payload as Stored
  return { ...wish, departmentId: idOf(departmentId), regionId: idOf(regionId) }
}

type Stored = Omit<GrantInput, 'departmentId' | 'regionId'> & {
  departmentId: string | null
  regionId: string | null
  place: string | null
}
