import type { HandoverState, Role } from '../../prisma/client/enums.ts'
import { rolesWith } from '../access/roles.ts'
import { seniors } from '../approvals/kinds.ts'
import type { Refusal } from '../lib/refused.ts'
import { businessNumber } from '../lib/numbers.ts'
import { thingNames, totalOf, type Left } from './things.ts'

/** J2026000001; never reused. */
export function handoverNumber(year: number, serial: number): string {
  return businessNumber('J', year, serial)
}

const day = 24 * 3_600_000
const mostDays = 366

/** The last working day: a slip of the keyboard is one that lies more than a year away. */
export function lastDayProblems(leavesOn: string, today: string): Refusal[] {
  const away = Math.abs(Date.parse(leavesOn) - Date.parse(today)) / day
  return away > mostDays ? [{ rule: 'ACC-02', reason: 'handovers:refused.farDay', field: 'leavesOn' }] : []
}

const apart: readonly Role[] = ['system_admin', 'security_admin', 'auditor']

/**
 * ACC-02: whose handover is for their own senior to run, though they work in the runner's department: whoever stands above
 * the runner (APR-05), and, for all but the general manager, who keeps accounts, rights or the trail.
 */
export function outranks(runner: readonly Role[], leaver: readonly Role[]): boolean {
  const running = runner.filter((role) => rolesWith('handovers.run').includes(role))
  return leaver.some((role) =>
    apart.includes(role) ? !running.includes('general_manager') : running.every((own) => above(own).includes(role)),
  )
}

function above(role: Role): Role[] {
  const next = seniors[role]
  return next ? [next, ...above(next)] : []
}

type Person = { id: bigint; grants: readonly { role: Role }[] }
const rolesOf = ({ grants }: Person) => grants.map(({ role }) => role)

/** ACC-02: whose handover this person never runs: their own, and that of a senior. */
export function standingProblems(actor: Person, leaver: Person): Refusal[] {
  if (leaver.id === actor.id) return [{ rule: 'ACC-02', reason: 'handovers:refused.own' }]
  return outranks(rolesOf(actor), rolesOf(leaver)) ? [{ rule: 'ACC-02', reason: 'handovers:refused.senior' }] : []
}

/** CUS-06: what moved customers without an approval is undone by nobody alone. */
export function cancelProblems(
  actor: { id: bigint },
  { startedBy }: { startedBy: { id: bigint } },
  went: number,
): Refusal[] {
  if (went === 0 || startedBy.id !== actor.id) return []
  return [{ rule: 'CUS-06', reason: 'handovers:refused.cancelAlone', params: { n: went } }]
}

type Open = { papersAt: Date | null }

/** ACC-02: who leaves does not see to their own handover, and one that has ended stays as it is. */
export function runProblems(actor: Person, { state, leaver }: { state: HandoverState; leaver: Person }): Refusal[] {
  const senior = standingProblems(actor, leaver)
  if (senior.length > 0) return senior
  return state === 'open' ? [] : [{ rule: 'ACC-02', reason: `handovers:refused.${state}` }]
}

/** ACC-02: nothing is left, and the papers are accounted for. */
export function finishProblems({ papersAt }: Open, left: Left, others = false): Refusal[] {
  const problems = leftProblems(left)
  // CMP-03: what it is, this person is not told.
  if (others) problems.push({ rule: 'ACC-02', reason: 'handovers:refused.leftToOthers' })
  if (papersAt === null) problems.push({ rule: 'ACC-02', reason: 'handovers:refused.papersMissing' })
  return problems
}

/** One for each kind of which something is left. */
export function leftProblems(left: Left): Refusal[] {
  if (totalOf(left) === 0) return []
  return thingNames
    .filter((thing) => left[thing] > 0)
    .map((thing) => ({
      rule: 'ACC-02',
      reason: 'handovers:refused.left',
      params: { what: { word: `handovers:thing.${thing}` }, n: left[thing] },
    }))
}
