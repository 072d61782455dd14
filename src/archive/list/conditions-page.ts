import { ItemMedium, ItemType, Retention } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Key } from '../../i18n.ts'
import { levels } from '../levels.ts'
import { archiveTabs } from '../tabs.ts'
import { fieldsOf, indexAddress, type ItemQuery } from './address.ts'
import { standings } from './forms.ts'

type Choices = { rooms: { id: bigint; name: string }[]; keepers: { number: string; name: string }[] }

/** /archive/conditions: every condition of the index in one form, as they are now. */
export function conditionsPage(actor: Actor, query: ItemQuery, { rooms, keepers }: Choices) {
  const t = translate[actor.language]
  const words = (prefix: string, values: readonly string[]) =>
    values.map((value) => ({ value, word: t(`${prefix}.${value}` as Key) }))
  const { sort, cols } = fieldsOf(query)
  const { keeper } = query
  const known = ['', 'mine', ...keepers.map(({ number }) => number)]
  return {
    tabs: archiveTabs(actor, '/archive'),
    query,
    kept: { ...(sort ? { sort } : {}), ...(cols ? { cols } : {}) },
    back: indexAddress(query),
    options: {
      type: words('archive:type', Object.values(ItemType)),
      secrecy: words('archive:mark', levels),
      state: words('archiveList:standing', standings),
      medium: words('archiveList:medium', Object.values(ItemMedium)),
      retention: words('archiveList:retention', Object.values(Retention)),
      room: rooms.map(({ id, name }) => ({ value: String(id), word: name })),
      keeper: [
        { value: 'mine', word: t('archiveList:me') },
        ...keepers.map(({ number, name }) => ({ value: number, word: `${name} ${number}` })),
        // Somebody who keeps nothing any more may still stand in an address.
        ...(known.includes(keeper) ? [] : [{ value: keeper, word: keeper }]),
      ],
    },
  }
}
