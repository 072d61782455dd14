import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { reportIncident } from '../incidents/commands.ts'
import { dateText } from '../lib/dates.ts'
import { partOf } from './queries.ts'
import type { Back } from './returning.ts'

/**
 * ARC-11: what came back other than it went out is an incident, noted in the same transaction, and the item carries a
 * remark that says so. Answers with the number of the note.
 */
export async function noteDifference(tx: Tx, audit: Audit, actor: Actor, back: Back, now: Date): Promise<string> {
  const { loan, item, input, differences } = back
  const { customerId, itemId, id: loanId } = loan
  const kind = differences.includes('pages') || differences.includes('copies') ? 'difference' : 'damage'
  const what = textOf(back)
  const about = { customerId, itemId, loanId }
  const number = await reportIncident(tx, audit, actor, { kind, what, happenedAt: now, ...about }, now)
  const remark = [item.remark, `${dateText(now)} ${what}（${number}）`].filter(Boolean).join('\n')
  await tx.archiveItem.update({ where: { id: item.id }, data: { remark, version: item.version + 1 } })
  await audit('loan.differed', `customer:${customerId}`, {
    after: { loan: loan.number, item: item.number, differences, part: partOf(loan) },
    why: input.note ?? '',
  })
  return number
}

const names = { pages: '页', copies: '份' } as const

/** 借阅 JY2026000001 归还时借出 6 页，还回 5 页：第 3 页不见了 */
function textOf({ loan, input, differences }: Back): string {
  const lent = { pages: loan.pages, copies: loan.copies }
  const counted = differences.flatMap((one) =>
    one === 'condition' ? [] : [`借出 ${lent[one]} ${names[one]}，还回 ${input[one]} ${names[one]}`],
  )
  return `借阅 ${loan.number} 归还时${counted.join('；') || '有破损'}：${input.note ?? ''}`
}
