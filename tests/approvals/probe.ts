import { afterAll, beforeAll } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { objectChanged } from '../../src/approvals/changing.ts'
import type { Ending, Filing, Handler } from '../../src/approvals/contract.ts'
import { fileRequest, type Filed } from '../../src/approvals/filing.ts'
import { handlers } from '../../src/approvals/handlers.ts'
import { kinds } from '../../src/approvals/kinds.ts'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool, type Tx } from '../../src/db.ts'
import { Refused } from '../../src/lib/refused.ts'
import { actorOf, make } from '../support/make.ts'

/** The kind whose handler is replaced while a file runs: its effect writes one x into the customer's remark. */
export const kind = 'customer.key_fields'
export const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
export const now = at('2026-11-23 10:00')

export const endings: { number: string; ending: Ending }[] = []
/** What approving does besides; a test that sets it puts it back. */
export const effect = { also: (): Promise<void> => Promise.resolve() }

const probe: Handler = {
  basis: async (tx, { customerId }) => basisOf(tx, customerId!),
  approve: async (tx, _audit, _decider, { customerId, payload }) => {
    await tx.$executeRaw`
      update customer set remark = coalesce(remark, '') || 'x', version = version + 1 where id = ${customerId}`
    if ((payload as { fails?: true }).fails) throw new Refused([{ rule: 'CUS-06', reason: 'approvals:refused.reason' }])
    await effect.also()
  },
  ended: async (_tx, _audit, _by, { number }, ending) => {
    endings.push({ number, ending })
    return Promise.resolve()
  },
  card: () => Promise.reject(new Error('not shown here')),
}

async function basisOf(tx: Tx, customerId: bigint): Promise<string> {
  const { version } = await tx.customer.findUniqueOrThrow({ where: { id: customerId }, select: { version: true } })
  return String(version)
}

/** For the whole file: the handler, and whatever else of the kind's row is another. */
export function withProbe(row: { steps?: { role: Role; instead: Role[] }[] } = {}): void {
  const real = { handler: handlers[kind], row: kinds[kind] }
  beforeAll(() => {
    handlers[kind] = probe
    Object.assign(kinds, { [kind]: { ...real.row, ...row } })
  })
  afterAll(() => {
    handlers[kind] = real.handler
    Object.assign(kinds, { [kind]: real.row })
  })
}

export type Asked = Filed & { customerId: bigint; subject: string }
type Asking = Partial<Omit<Filing, 'subject' | 'customerId' | 'basis'>> & { customerId?: bigint; when?: Date }

/** A request about a customer of its own. */
export async function asked(by: { id: bigint }, { customerId, when = now, ...more }: Asking = {}): Promise<Asked> {
  const id = customerId ?? (await make.customer()).id
  const subject = `customer:${id}`
  const actor = await actorOf(by)
  const filed = await change(actor, async (tx, audit) =>
    fileRequest(
      tx,
      audit,
      actor,
      {
        kind,
        subject,
        customerId: id,
        place: { departmentId: null, regionId: null },
        basis: await basisOf(tx, id),
        ...more,
      },
      when,
    ),
  )
  return { ...filed, customerId: id, subject }
}

/** Somebody changes the customer, as every command that does so tells it. */
export function changed({ customerId, subject }: Asked, when = now): Promise<string[]> {
  return change(system, async (tx, audit) => {
    await tx.$executeRaw`update customer set version = version + 1 where id = ${customerId}`
    await audit('approval.refiled', subject)
    return objectChanged(tx, audit, system, subject, [{ kind, basis: await basisOf(tx, customerId) }], when)
  })
}

export const effectsOn = async ({ customerId }: Asked) =>
  (await db.customer.findUniqueOrThrow({ where: { id: customerId } })).remark ?? ''
export const requestOf = ({ id }: { id: bigint }) => db.approvalRequest.findUniqueOrThrow({ where: { id } })
export const stepsIn = ({ id }: { id: bigint }) =>
  db.approvalStep.findMany({ where: { requestId: id }, orderBy: { n: 'asc' } })
export const versionOf = async (request: { id: bigint }) => (await requestOf(request)).version

/** Signs for another from yesterday until next month. */
export async function delegate(from: { id: bigint }, to: { id: bigint }, what: string = kind): Promise<void> {
  await pool.query(
    `with made as (insert into delegation (from_id, to_id, starts_at, ends_at, made_at)
       values ($1, $2, '2026-11-01', '2027-02-01', '2026-11-01') returning id)
     insert into delegation_kind select id, $3, $1, '2026-11-01', '2027-02-01' from made`,
    [from.id, to.id, what],
  )
}
