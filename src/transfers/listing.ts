import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { dateText } from '../lib/dates.ts'
import { dayOrNull, dayText } from '../lib/days.ts'
import { refuseIf } from '../lib/refused.ts'
import type { ItemsInput } from './forms.ts'
import { held, tell } from './holding.ts'
import { transferPolicy } from './policy.ts'
import type { TransferItem } from './queries.ts'
import { carrierFrom, carrierOf, lineProblems, type Line } from './rules.ts'

/** ARC-03: the whole list as it was typed, in the order of its rows. What is still missing, signing asks for. */
export function saveItems(actor: Actor, id: bigint, { rows, version }: ItemsInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const transfer = await held(tx, actor, id, { act: 'list', allow: transferPolicy.officer, version })
    const lines = linesOf(rows)
    refuseIf(lineProblems(lines, transfer.fileKind, dateText(now)))
    await tx.transferItem.deleteMany({ where: { transferId: id } })
    await tx.transferItem.createMany({ data: lines.map((line, at) => rowOf(id, line, at + 1)) })
    await tx.transfer.update({ where: { id }, data: { version: version + 1 } })
    await tell(audit, 'transfer.listed', transfer, { after: sumsOf(lines) })
  })
}

function linesOf(rows: ItemsInput['rows']): Line[] {
  return Object.entries(rows)
    .map(([row, line]) => ({ row: Number(row), ...line, certificate: line.certificate || line.type === 'certificate' }))
    .toSorted((a, b) => a.row - b.row)
}

function rowOf(transferId: bigint, { row: _row, carrier, datedOn, ...line }: Line, n: number) {
  const certificate = line.certificate
  const named = certificate ? {} : { certKind: null, certNumber: null, certOwner: null }
  return { ...line, ...named, ...carrierOf(carrier), transferId, n, datedOn: dayOrNull(datedOn) }
}

/** As it stands, for the rules. */
export const lineOf = ({ n, datedOn, durable, ink, ...item }: TransferItem): Line => ({
  ...item,
  row: n,
  datedOn: dayText(datedOn) || null,
  carrier: carrierFrom({ durable, ink }),
})

export const sumsOf = (items: readonly { pages: number }[]) => ({
  items: items.length,
  pages: items.reduce((sum, { pages }) => sum + pages, 0),
})
