import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOrNull, dayText } from '../../lib/days.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { keptUntil } from '../intake.ts'
import { lockKeeper, selfNamed } from '../keepers.ts'
import { placeGiven, placeText } from '../places.ts'
import type { Item } from '../queries.ts'
import { altering, head, told } from './altering.ts'
import { columnsOf, volumeIn } from './commands.ts'
import { giveCopyingTask } from './copying.ts'
import type { ItemCorrection, LevelChange, Move, StateChange, Terms } from './forms.ts'
import { askLowering } from './lowering.ts'
import {
  carrierProblems,
  foundProblems,
  isDurable,
  isLower,
  keeperProblems,
  placeProblems,
  termProblems,
} from './rules.ts'
import { toldOf } from './trail.ts'

/** ARC-01, ARC-22: answers with the number of the copying task, where there is a new one. */
export function correctItem(actor: Actor, id: bigint, input: ItemCorrection, now: Date): Promise<string | null> {
  return altering(actor, id, input.version, async (tx, audit, item, to) => {
    refuseIf([...carrierProblems(input), ...placeProblems(item.secrecy, input.medium, await lyingAt(tx, item))])
    const columns = columnsOf(input)
    await to(columns)
    const { title, type, pages, copies, medium, ink, durable, important, remark } = columns
    const next = { title, type, datedOn: input.datedOn ?? '', pages, copies, medium, ink: ink ?? '' }
    const marks = { durable, important, remark: remark ?? '' }
    await audit('item.corrected', `customer:${item.customerId}`, {
      before: { ...head(item), ...toldOf(item.secrecy, factsOf(item)) },
      after: { ...told(item), ...toldOf(item.secrecy, { ...next, ...marks }) },
    })
    return isDurable(input) || !item.durable ? null : giveCopyingTask(tx, audit, actor, item, now)
  })
}

/** ARC-01, ARC-02: to another place, another volume, or both. */
export function moveItem(actor: Actor, id: bigint, input: Move): Promise<void> {
  return altering(actor, id, input.version, async (tx, audit, item, to) => {
    const place = await placeGiven(tx, input)
    refuseIf(placeProblems(item.secrecy, item.medium, place))
    const volumeId = await volumeIn(tx, item.fileId, input.volume)
    if (place?.id === (item.placeId ?? undefined) && volumeId === item.volumeId) throw unchanged()
    await to({ placeId: place?.id ?? null, volumeId })
    await audit('item.moved', `customer:${item.customerId}`, {
      before: { ...head(item), ...toldOf(item.secrecy, { volume: item.volume.n, place: placeText(item.place) }) },
      after: { ...told(item), ...toldOf(item.secrecy, { volume: input.volume, place: place?.text ?? '' }) },
    })
  })
}

/**
 * ARC-02: up at once, with a reason; what is classified gets a keeper of its own and a separate place. CUS-06: down by
 * approval, and the answer is the number of the request: nothing is changed yet.
 */
export function changeLevel(actor: Actor, id: bigint, input: LevelChange, now: Date): Promise<string | null> {
  return altering(actor, id, input.version, async (tx, audit, item, to) => {
    const { secrecy, secrecyUntil, reason } = input
    const keeper = input.keeper === null ? null : await lockKeeper(tx, input.keeper)
    const terms = { secrecy, secrecyUntil, retention: item.retention, retainUntil: null }
    refuseIf([
      ...keeperProblems(secrecy, keeper),
      ...selfNamed(actor, item, keeper),
      ...placeProblems(secrecy, item.medium, await lyingAt(tx, item)),
      ...termProblems(terms, dateText(now)),
    ])
    if (isLower(item.secrecy, secrecy)) return (await askLowering(tx, audit, actor, item, input, now)).number
    await to({ secrecy, secrecyUntil: dayOrNull(secrecyUntil), keeperId: keeper?.id ?? null })
    await audit('item.level_changed', `customer:${item.customerId}`, {
      before: { ...head(item), secrecy: item.secrecy, keeper: item.keeper.name },
      after: { ...told(item), secrecy, ...(keeper ? { keeper: keeper.name } : {}) },
      why: reason,
    })
    return null
  })
}

/** ARC-01: when secrecy ends, and when keeping ends. */
export function setTerms(actor: Actor, id: bigint, input: Terms, now: Date): Promise<void> {
  return altering(actor, id, input.version, async (_tx, audit, item, to) => {
    const { secrecyUntil, retention, retainUntil } = input
    refuseIf(termProblems({ ...input, secrecy: item.secrecy }, dateText(now)))
    const kept = retention === 'permanent' ? null : (dayOrNull(retainUntil) ?? keptUntil(retention, now))
    await to({ secrecyUntil: dayOrNull(secrecyUntil), retention, retainUntil: kept })
    const before = { secrecyUntil: dayText(item.secrecyUntil), retention: item.retention }
    await audit('item.terms_set', `customer:${item.customerId}`, {
      before: { ...head(item), ...before, retainUntil: dayText(item.retainUntil) },
      after: { ...told(item), secrecyUntil: secrecyUntil ?? '', retention, retainUntil: dayText(kept) },
    })
  })
}

export function findItem(actor: Actor, id: bigint, { reason, version }: StateChange): Promise<void> {
  return altering(actor, id, version, async (_tx, audit, item, to) => {
    refuseIf(foundProblems(item.state))
    await to({ state: 'in_place' })
    await audit('item.found', `customer:${item.customerId}`, { before: head(item), after: told(item), why: reason })
  })
}

async function lyingAt(tx: Tx, { placeId }: Item) {
  if (placeId === null) return null
  const place = await tx.archivePlace.findUnique({
    where: { id: placeId },
    select: { room: { select: { separate: true } } },
  })
  return place?.room ?? null
}

const factsOf = (item: Item) => ({
  title: item.title,
  type: item.type,
  datedOn: dayText(item.datedOn),
  pages: item.pages,
  copies: item.copies,
  medium: item.medium,
  ink: item.ink ?? '',
  durable: item.durable,
  important: item.important,
  remark: item.remark ?? '',
})

const unchanged = () => new Refused([{ rule: 'ARC-01', reason: 'archive:refused.nothingMoved' }])
