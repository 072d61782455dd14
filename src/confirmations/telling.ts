import type { Actor } from '../access/actor.ts'
import type { Ending, Request } from '../approvals/contract.ts'
import type { Tx } from '../db.ts'
import { notify } from '../notices/commands.ts'

/** CUS-05: whoever asked, and whoever recorded the file, has something to do when it is sent back or refused. */
export async function tellRecorder(
  tx: Tx,
  by: Actor,
  { id, number, customerId, filedById }: Request,
  ending: Ending,
  now: Date,
): Promise<void> {
  if (ending !== 'returned' && ending !== 'refused') return
  const { createdById } = await tx.customer.findUniqueOrThrow({
    where: { id: customerId! },
    select: { createdById: true },
  })
  const words = {
    what: { word: 'approvals:kind.customer_confirmation' },
    state: { word: `approvals:state.${ending}` },
  } as const
  const notice = {
    kind: 'approval.decided',
    rule: 'CUS-05',
    subject: `approval:${id}`,
    href: `/approvals/${number}`,
    params: { by: by.name, number, ...words },
  } as const
  const people = [...new Set([filedById, createdById])].filter((to) => to !== by.id)
  await notify(
    tx,
    people.map((to) => ({ to, ...notice })),
    now,
  )
}
