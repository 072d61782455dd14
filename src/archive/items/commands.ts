import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOrNull } from '../../lib/days.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { lockFile } from '../files/queries.ts'
import { itemNumber, keptUntil } from '../intake.ts'
import { lockKeeper } from '../keepers.ts'
import { isClassified } from '../levels.ts'
import { placeGiven } from '../places.ts'
import { itemSearch } from '../search.ts'
import { giveCopyingTask } from './copying.ts'
import type { Facts, ItemInput } from './forms.ts'
import { carrierProblems, isDurable, keeperProblems, placeProblems, termProblems } from './rules.ts'
import { partOf } from './trail.ts'

type Made = { number: string; task: string | null }

/** ARC-01, ARC-22: takes an item into a volume, with the next number of its file. */
export function createItem(actor: Actor, fileId: bigint, input: ItemInput, now: Date): Promise<Made> {
  return change(actor, async (tx, audit) => {
    const file = await lockFile(tx, fileId)
    if (!may(actor, 'archive.keep', file)) throw new Forbidden('archive.keep')
    const volumeId = await volumeIn(tx, fileId, input.volume)
    const place = await placeGiven(tx, input)
    const keeper = input.keeper === null ? null : await lockKeeper(tx, input.keeper)
    const { secrecy, medium, retention } = input
    refuseIf([
      ...carrierProblems(input),
      ...keeperProblems(secrecy, keeper),
      ...placeProblems(secrecy, medium, place),
      ...termProblems(input, dateText(now)),
    ])
    const n = file.lastItem + 1
    const number = itemNumber(file.number, n)
    await tx.customerFile.update({ where: { id: fileId }, data: { lastItem: n } })
    const { id } = await tx.archiveItem.create({
      data: {
        ...columnsOf(input),
        number,
        n,
        fileId,
        customerId: file.customerId,
        volumeId,
        placeId: place?.id ?? null,
        secrecy,
        secrecyUntil: dayOrNull(input.secrecyUntil),
        retention,
        retainUntil: dayOrNull(input.retainUntil) ?? keptUntil(retention, now),
        keeperId: keeper?.id ?? null,
        createdAt: now,
        createdById: actor.id,
      },
      select: { id: true },
    })
    await audit('item.created', `customer:${file.customerId}`, {
      before: { part: partOf({ id }) },
      // ARC-02: the trail is read by more people than may know what a classified item is.
      after: { item: number, secrecy, ...(isClassified(secrecy) ? {} : { title: input.title }) },
    })
    const owner = keeper?.id ?? file.keeperId
    const durable = isDurable(input)
    const about = { number, keeperId: owner, customerId: file.customerId }
    return { number, task: durable ? null : await giveCopyingTask(tx, audit, actor, about, now) }
  })
}

export async function volumeIn(tx: Tx, fileId: bigint, n: number): Promise<bigint> {
  const volume = await tx.volume.findUnique({ where: { fileId_n: { fileId, n } }, select: { id: true } })
  if (!volume) throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.volume', field: 'volume' }])
  return volume.id
}

/** What of an item stands in columns of its own, and what its title is found by. */
export function columnsOf(facts: Facts) {
  const { title, type, pages, copies, medium, important, remark } = facts
  const { grams, text } = itemSearch(title)
  return {
    title,
    grams,
    searchText: text,
    type,
    datedOn: dayOrNull(facts.datedOn),
    pages,
    copies,
    medium,
    ink: medium === 'paper' ? facts.ink : null,
    durable: isDurable(facts),
    important,
    remark,
  }
}
