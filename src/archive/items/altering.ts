import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Forbidden, Refused } from '../../lib/refused.ts'
import { lockItem, type Item } from '../queries.ts'
import { mayWrite } from './policy.ts'
import { partOf } from './trail.ts'

type Columns = Parameters<Tx['archiveItem']['update']>[0]['data']
type Altering<T> = (tx: Tx, audit: Audit, item: Item, to: (data: Columns) => Promise<void>) => Promise<T>

/** Holds the row, checks right and version, and counts the version on with the change. */
export function altering<T>(actor: Actor, id: bigint, version: number, work: Altering<T>): Promise<T> {
  return change(actor, async (tx, audit) => {
    const item = await lockItem(tx, id)
    if (!mayWrite(actor, item)) throw new Forbidden('archive.keep')
    if (item.state === 'disposed') throw refusal('disposedChanges')
    if (item.version !== version) throw refusal('changedMeanwhile')
    return work(tx, audit, item, async (data) => {
      await tx.archiveItem.update({ where: { id }, data: { ...data, version: version + 1 } })
    })
  })
}

/** As the trail begins each line about an item. */
export const head = (item: Item) => ({ part: partOf(item), version: item.version })
export const told = (item: Item) => ({ item: item.number, version: item.version + 1 })

const refusal = (reason: 'disposedChanges' | 'changedMeanwhile') =>
  new Refused([{ rule: 'ARC-01', reason: `archive:refused.${reason}` }])
