import {
  CustomerKind,
  CustomerLife,
  CustomerRelation,
  CustomerSource,
  CustomerStanding,
} from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Key } from '../../i18n.ts'
import { divisionsWithin } from '../../lib/divisions.ts'
import { asOptions, type Unit } from '../../organisation/tree.ts'
import { fieldsOf, listAddress, type ListQuery } from './address.ts'
import { toVerify } from './forms.ts'

const enums = {
  kind: CustomerKind,
  relation: CustomerRelation,
  life: CustomerLife,
  standing: CustomerStanding,
  source: CustomerSource,
}

type Choices = { departments: Unit[]; regions: Unit[]; owners: { number: string; name: string }[] }

/** /customers/conditions: every condition of the list in one form, as they are now. */
export function conditionsPage(actor: Actor, query: ListQuery, { departments, regions, owners }: Choices) {
  const t = translate[actor.language]
  const words = (name: keyof typeof enums) =>
    Object.values(enums[name]).map((value) => ({ value, word: t(`customers:${name}.${value}` as Key) }))
  const { sort, cols } = fieldsOf(query)
  const { owner } = query
  const known = ['', 'mine', 'none', ...owners.map(({ number }) => number)]
  return {
    query,
    kept: { ...(sort ? { sort } : {}), ...(cols ? { cols } : {}) },
    back: listAddress(query),
    options: {
      kind: words('kind'),
      relation: words('relation'),
      life: words('life'),
      standing: words('standing'),
      source: words('source'),
      verify: toVerify.map((value) => ({ value, word: t(`verifications:condition.${value}`) })),
      province: divisionsWithin(null).map(({ full }) => ({ value: full, word: full })),
      department: asOptions(departments),
      region: asOptions(regions),
      owner: [
        { value: 'mine', word: t('lists:me') },
        { value: 'none', word: t('lists:nobody') },
        ...owners.map(({ number, name }) => ({ value: number, word: `${name} ${number}` })),
        // Somebody who no longer owns customers may still stand in an address.
        ...(known.includes(owner) ? [] : [{ value: owner, word: owner }]),
      ],
    },
  }
}
