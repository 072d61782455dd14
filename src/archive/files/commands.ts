import type { Actor } from '../../access/actor.ts'
import { may, type Placed } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { lockCustomer } from '../../customers/queries.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dayOrNull, dayText } from '../../lib/days.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { fileOf } from '../intake.ts'
import { lockKeeper, selfNamed } from '../keepers.ts'
import { partsOf } from '../parts.ts'
import type { FileCorrection, FileOpening, KeeperChange, VolumeCorrection, VolumeInput } from './forms.ts'
import { lockFile, type CustomerFile, type Volume } from './queries.ts'
import { kindProblems, volumeProblems } from './rules.ts'

/** ARC-01, ARC-24: 立卷, with a volume for each part that the file has by its kind. Answers with its number. */
export function openFile(actor: Actor, customerId: bigint, input: FileOpening, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    guard(actor, await lockCustomer(tx, customerId))
    const { kind, secrecy, retention, remark } = input
    const keeper = await lockKeeper(tx, input.keeper)
    const file = await fileOf(tx, { customerId, kind, keeperId: keeper.id, byId: actor.id }, now)
    if (!file.opened) {
      const { number } = file
      throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.fileThere', params: { number } }])
    }
    await tx.customerFile.update({ where: { id: file.id }, data: { secrecy, retention, remark } })
    const volumes = partsOf[kind].map((part, at) => ({
      fileId: file.id,
      n: at + 1,
      part,
      title: translate.zh(`archive:part.${part}`),
    }))
    await tx.volume.createMany({ data: volumes })
    await audit('file.created', `customer:${customerId}`, {
      before: { part: `file:${file.id}` },
      after: { file: file.number, fileKind: kind, keeper: keeper.name, secrecy, retention, remark: remark ?? '' },
    })
    return file.number
  })
}

export function correctFile(actor: Actor, id: bigint, input: FileCorrection): Promise<void> {
  return change(actor, async (tx, audit) => {
    const file = await lockToKeep(tx, actor, id, input.version)
    const { version, ...next } = input
    const volumes = await tx.volume.findMany({ where: { fileId: id, items: { some: {} } }, select: { part: true } })
    refuseIf(kindProblems(next.kind, [...new Set(volumes.map(({ part }) => part))]))
    await tx.customerFile.update({ where: { id }, data: { ...next, version: version + 1 } })
    if (next.kind !== file.kind) await settleVolumes(tx, id, next.kind)
    const { kind, secrecy, retention, remark } = file
    await audit('file.corrected', `customer:${file.customerId}`, {
      before: { part: `file:${id}`, fileKind: kind, secrecy, retention, remark: remark ?? '', version },
      after: {
        file: file.number,
        fileKind: next.kind,
        secrecy: next.secrecy,
        retention: next.retention,
        remark: next.remark ?? '',
        version: version + 1,
      },
    })
  })
}

/** ARC-01: the keeper is named, and every change of keeper stays on record. */
export function changeFileKeeper(actor: Actor, id: bigint, { keeper: number, reason, version }: KeeperChange) {
  return change(actor, async (tx, audit) => {
    const file = await lockToKeep(tx, actor, id, version)
    const keeper = await lockKeeper(tx, number)
    if (keeper.id === file.keeperId)
      throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.keeperSame', field: 'keeper' }])
    refuseIf(selfNamed(actor, file, keeper))
    await tx.customerFile.update({ where: { id }, data: { keeperId: keeper.id, version: version + 1 } })
    await audit('file.kept', `customer:${file.customerId}`, {
      before: { part: `file:${id}`, keeper: file.keeper.name, version },
      after: { file: file.number, keeper: keeper.name, version: version + 1 },
      why: reason,
    })
    return keeper.name
  })
}

export function addVolume(actor: Actor, fileId: bigint, input: VolumeInput): Promise<number> {
  return change(actor, async (tx, audit) => {
    const file = await lockToKeep(tx, actor, fileId)
    refuseIf(volumeProblems(file.kind, input))
    const last = await tx.volume.aggregate({ where: { fileId }, _max: { n: true } })
    const n = (last._max.n ?? 0) + 1
    const { id } = await tx.volume.create({ data: { fileId, n, ...dated(input) }, select: { id: true } })
    await audit('volume.created', `customer:${file.customerId}`, {
      before: { part: `volume:${id}` },
      after: { file: file.number, n, ...told(input) },
    })
    return n
  })
}

export function correctVolume(actor: Actor, file: CustomerFile, { id, n }: Volume, input: VolumeCorrection) {
  return change(actor, async (tx, audit) => {
    await lockToKeep(tx, actor, file.id)
    const before = await tx.volume.findUniqueOrThrow({ where: { id } })
    const { version, ...next } = input
    if (before.version !== version) throw meanwhile()
    refuseIf(volumeProblems(file.kind, next))
    await tx.volume.update({ where: { id }, data: { ...dated(next), version: version + 1 } })
    const days = { startedOn: dayText(before.startedOn), endedOn: dayText(before.endedOn) }
    await audit('volume.corrected', `customer:${file.customerId}`, {
      before: { part: `volume:${id}`, ...told({ ...before, ...days }), version },
      after: { file: file.number, n, ...told(next), version: version + 1 },
    })
  })
}

/** ARC-24: what lay empty goes, and the parts of the new kind get their volumes. */
async function settleVolumes(tx: Tx, fileId: bigint, kind: FileOpening['kind']): Promise<void> {
  const held = await tx.volume.findMany({ where: { fileId }, select: { part: true, n: true } })
  let n = Math.max(0, ...held.map((one) => one.n))
  const missing = partsOf[kind].filter((part) => !held.some((one) => one.part === part))
  const data = missing.map((part) => ({ fileId, n: (n += 1), part, title: translate.zh(`archive:part.${part}`) }))
  await tx.volume.deleteMany({ where: { fileId, items: { none: {} }, part: { notIn: [...partsOf[kind]] } } })
  await tx.volume.createMany({ data })
}

async function lockToKeep(tx: Tx, actor: Actor, id: bigint, version?: number) {
  const file = await lockFile(tx, id)
  guard(actor, file)
  if (version !== undefined && file.version !== version) throw meanwhile()
  return file
}

function guard(actor: Actor, place: Placed): void {
  if (!may(actor, 'archive.keep', place)) throw new Forbidden('archive.keep')
}

const meanwhile = () => new Refused([{ rule: 'ARC-01', reason: 'archive:refused.changedMeanwhile' }])
const dated = ({ title, part, startedOn, endedOn }: VolumeInput) => ({
  title,
  part,
  startedOn: dayOrNull(startedOn),
  endedOn: dayOrNull(endedOn),
})
const told = ({ title, part, startedOn, endedOn }: VolumeInput) => ({
  volume: title,
  filePart: part,
  startedOn: startedOn ?? '',
  endedOn: endedOn ?? '',
})
