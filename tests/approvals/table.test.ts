import { beforeAll, describe, expect, it } from 'vitest'
import type { ApprovalState } from '../../prisma/client/enums.ts'
import type { Actor } from '../../src/access/actor.ts'
import { decideRequest } from '../../src/approvals/deciding.ts'
import { tendRequests } from '../../src/approvals/jobs.ts'
import { addSigner } from '../../src/approvals/signers.ts'
import { withdrawRequest } from '../../src/approvals/withdrawing.ts'
import type { Cast, Person } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import {
  asked,
  at,
  changed,
  delegate,
  effectsOn,
  now,
  requestOf,
  stepsIn,
  versionOf,
  withProbe,
  type Asked,
} from './probe.ts'

await ownDatabase('approvals_table')
withProbe()

let cast: Cast
let colleague: Person
beforeAll(async () => {
  cast = await theCast()
  const deputy = await make.staff()
  colleague = await make.staff([{ role: 'cs_manager' }])
  await delegate(cast.sales_director, deputy)
  people.applicant = await actorOf(cast.sales)
  people.signer = await actorOf(cast.sales_director)
  people.deputy = await actorOf(deputy)
  people.other = await actorOf(cast.cs_manager)
})

type Who = 'applicant' | 'signer' | 'deputy' | 'other'
const people = {} as Record<Who, Actor>

const acts = {
  approve: decideWith('approve'),
  return: decideWith('return'),
  refuse: decideWith('refuse'),
  withdraw: async (who: Actor, { id }: Asked, version: number) =>
    withdrawRequest(who, id, { reason: '不用了', version }, now),
  'ask a colleague': async (who: Actor, { id }: Asked, version: number) =>
    addSigner(who, id, { staff: colleague.number, reason: null, version }, now),
} satisfies Record<string, (who: Actor, request: Asked, version: number) => Promise<unknown>>
type Act = keyof typeof acts

function decideWith(verdict: 'approve' | 'return' | 'refuse') {
  return async (who: Actor, { id }: Asked, version: number) =>
    decideRequest(who, id, { verdict, reason: '桃源的理由', version }, now)
}

/** How a request comes into each state. */
const ways: Record<ApprovalState, (request: Asked) => Promise<unknown>> = {
  waiting: () => Promise.resolve(),
  approved: (request) => acts.approve(people.signer, request, 1),
  returned: (request) => acts.return(people.signer, request, 1),
  refused: (request) => acts.refuse(people.signer, request, 1),
  withdrawn: (request) => acts.withdraw(people.applicant, request, 1),
  expired: () => tendRequests(at('2026-12-30 10:00')),
  void: (request) => changed(request),
}

const own = 'PPL-02 approvals:refused.own'
const notYours = 'APR-01 approvals:refused.notYours'
const notWithdrawn = 'APR-01 approvals:refused.notYoursToWithdraw'
const decided = 'APR-02 approvals:refused.decided'
const ended = 'APR-02 approvals:refused.ended'
const sign = (to: ApprovalState) => ({ applicant: own, signer: { to }, deputy: { to }, other: notYours })
const late = (refusal: string) => {
  const row = { applicant: refusal, signer: refusal, deputy: refusal, other: refusal }
  const withdraw = { ...row, signer: notWithdrawn, deputy: notWithdrawn, other: notWithdrawn }
  return { approve: row, return: row, refuse: row, withdraw, 'ask a colleague': row }
}

/** What each act does to a request in each state, by whom: where it leads, or why it is refused. */
const table: Record<ApprovalState, Record<Act, Record<Who, string | { to: ApprovalState }>>> = {
  waiting: {
    approve: sign('approved'),
    return: sign('returned'),
    refuse: sign('refused'),
    withdraw: { applicant: { to: 'withdrawn' }, signer: notWithdrawn, deputy: notWithdrawn, other: notWithdrawn },
    'ask a colleague': sign('waiting'),
  },
  approved: late(decided),
  returned: late(decided),
  refused: late(decided),
  withdrawn: late(ended),
  expired: late(ended),
  void: late(ended),
}

describe('APR-01, APR-02, PPL-02: each act in each state by each person', () => {
  for (const [state, row] of Object.entries(table) as [ApprovalState, (typeof table)[ApprovalState]][])
    it(`${state}: what is allowed leads on, and what is refused changes nothing`, async () => {
      let request = await begun(state)
      for (const [act, cells] of Object.entries(row) as [Act, Record<Who, string | { to: ApprovalState }>][])
        for (const [who, cell] of Object.entries(cells) as [Who, string | { to: ApprovalState }][]) {
          const before = await snapshot(request)
          const found = await refusalOf(acts[act](people[who], request, await versionOf(request)))
          const after = await snapshot(request)
          const name = `${state}, ${act} by ${who}`
          if (typeof cell === 'string') {
            expect([name, found]).toEqual([name, [cell]])
            expect(after).toEqual(before)
            continue
          }
          expect([name, found, after.request.state]).toEqual([name, null, cell.to])
          expect(after.remark).toBe(cell.to === 'approved' ? 'x' : '')
          expect(after.request.version).toBe(before.request.version + 1)
          expect(after.steps.some((step) => step.state === 'open')).toBe(cell.to === 'waiting')
          request = await begun(state)
        }
    })
})

async function begun(state: ApprovalState): Promise<Asked> {
  const request = await asked(cast.sales)
  await ways[state](request)
  expect((await requestOf(request)).state).toBe(state)
  return request
}

const snapshot = async (request: Asked) => ({
  request: await requestOf(request),
  steps: await stepsIn(request),
  remark: await effectsOn(request),
})
