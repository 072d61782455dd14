import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { lockItems } from '../archive/queries.ts'
import { change } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { maskCode } from '../customers/codes.ts'
import { recordFile } from '../files/keeping.ts'
import { refuseIf } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { Upload } from '../web/route.ts'
import { insertViewing, sign } from './commands.ts'
import type { NewVisitor } from './forms.ts'
import { askedItems } from './judging.ts'
import { keepScan } from './papers.ts'
import { reasonProblems, windowOf, windowProblems } from './rules.ts'

/**
 * ARC-08: an outsider is registered with letter or work ID before anything else; what is asked for is signed by customer
 * service, and shown with the staff beside who registered it.
 */
export async function registerVisitor(
  actor: Actor,
  input: NewVisitor,
  upload: Upload | null,
  now: Date,
): Promise<{ number: string }> {
  const items = await askedItems(actor, input.items, (by, item) => !may(by, 'viewings.receive', item))
  const [regulation, calendar] = await Promise.all([regulationAt(now), calendarAt(now)])
  refuseIf([
    ...windowProblems(calendar, input, now),
    ...reasonProblems(input.reason, regulation.value('archive.reason_length')),
  ])
  const letter = await keepScan(upload)
  return change(actor, async (tx, audit) => {
    const held = await lockItems(
      tx,
      items.map(({ id }) => id),
    )
    const letterFileId = await recordFile(tx, actor, letter, now)
    const { visitorName, visitorUnit, visitorPaper, visitorPaperNo, purpose, reason } = input
    const visitor = { visitorName, visitorUnit, visitorPaper, visitorPaperNo, letterFileId, letterName: letter.name }
    const window = windowOf(calendar, input, now)
    const { id, number } = await insertViewing(tx, actor, { purpose, reason, window, items: held }, now, visitor)
    const paper = { visitorPaper, paperNo: maskCode(visitorPaperNo), letter: letter.sha256 }
    const told = { number, items: held.length, visitor: visitorName, unit: visitorUnit, ...paper }
    await audit('viewing.visitor', `customer:${held[0]!.customerId}`, { after: told, why: reason })
    await sign(tx, audit, actor, { id, items: held, reason, visitor: true }, now)
    return { number }
  })
}
