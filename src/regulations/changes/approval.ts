import type { Actor } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import type { Card, Ending, Filing, Handler, Request } from '../../approvals/contract.ts'
import { translate } from '../../i18n.ts'
import type { Tx } from '../../db.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { refuseIf } from '../../lib/refused.ts'
import { comparisonRows } from '../figure-table.ts'
import { forgetRegulations } from '../in-force.ts'
import { titleOf } from '../texts.ts'
import { auditEach } from './auditing.ts'
import { newestOf } from './newest.ts'
import { changeById, lockChange, runningUnder, verdictOn, type Change } from './queries.ts'
import { inForceFrom, overtakenProblems } from './rules.ts'
import { changeStates } from './states.ts'
import { presetText } from './tags.ts'

/** RULE-02: what a waiting change asks for. */
export async function filingOf(tx: Tx, change: Change): Promise<Filing> {
  const { reason, proposals } = change
  return {
    subject: `regulation_change:${change.id}`,
    place: { departmentId: null, regionId: null },
    asked: proposals.flatMap(({ rule, values, replaces }) =>
      Object.keys(values).map((name) => ({
        field: `${rule} ${name}`,
        before: JSON.stringify(replaces[name as keyof typeof replaces]),
        after: JSON.stringify(values[name as keyof typeof values]),
      })),
    ),
    basis: await basisOf(tx, change),
    reason,
  }
}

/** The draft as it was submitted, and the versions that it replaces. */
async function basisOf(tx: Tx, { version, proposals }: Change): Promise<string> {
  const rules = proposals.map(({ rule }) => rule)
  const newest = await newestOf(tx, rules)
  return [version, ...rules.map((rule) => `${rule} ${newest(rule)?.n ?? 1}`)].join(', ')
}

const idOf = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('regulation_change:'.length))

/** RULE-02: the general manager's decision puts the figures into force on their day, or sends the draft back. */
export const regulationChange: Handler = {
  basis: async (tx, request) => basisOf(tx, await lockChange(tx, idOf(request))),
  approve: approveChange,
  ended: endChange,
  after: forgetRegulations,
  card: changeCard,
}

/** Each rule's version gets its number, and the moment from which it holds. */
async function approveChange(tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date): Promise<void> {
  const before = await lockChange(tx, idOf(request))
  const state = changeStates.next(before.state, 'approve')
  const rules = before.proposals.map(({ rule }) => rule)
  const [newest, inForceAt] = [await newestOf(tx, rules), inForceFrom(before.effectiveOn, now)]
  refuseIf(overtakenProblems(before.proposals, inForceAt, newest))
  for (const { id, rule } of before.proposals)
    await tx.regulationVersion.update({ where: { id }, data: { n: (newest(rule)?.n ?? 1) + 1, inForceAt } })
  await decided(tx, before, { state, decider, note: await verdictOn(tx, request.id), now })
  await auditEach(audit, 'regulation.approved', before, { after: { inForceAt } })
}

const outcomes = {
  refused: { act: 'refuse', action: 'regulation.refused' },
  returned: { act: 'return', action: 'regulation.returned' },
  void: { act: 'return', action: 'regulation.returned' },
  expired: { act: 'return', action: 'regulation.returned' },
  withdrawn: { act: 'withdraw', action: 'regulation.withdrawn' },
} as const

async function endChange(tx: Tx, audit: Audit, by: Actor, request: Request, ending: Ending, now: Date): Promise<void> {
  const before = await lockChange(tx, idOf(request))
  const { act, action } = outcomes[ending]
  const state = changeStates.next(before.state, act)
  const why = await verdictOn(tx, request.id)
  if (ending === 'refused') await decided(tx, before, { state, decider: by, note: why, now })
  else await tx.regulationChange.update({ where: { id: before.id }, data: { state, version: before.version + 1 } })
  await auditEach(audit, action, before, why ? { why } : {})
}

type Verdict = { state: Change['state']; decider: Actor; note: string | null; now: Date }

async function decided(tx: Tx, { id, version }: Change, { state, decider, note, now }: Verdict): Promise<void> {
  const verdict = { decidedById: decider.id, decidedAt: now, decisionNote: note }
  await tx.regulationChange.update({ where: { id }, data: { state, version: version + 1, ...verdict } })
}

async function changeCard(actor: Actor, request: Request, now: Date): Promise<Card> {
  const { language } = actor
  const t = translate[language]
  const change = await changeById(idOf(request))
  const rules = change.proposals.map(({ rule }) => rule)
  const { newest, running } = await runningUnder(rules)
  const waiting = request.state === 'waiting'
  const from = inForceFrom(change.effectiveOn, now)
  const preset = presetText(t, change)
  return {
    title: rules.map((rule) => `${rule} ${titleOf(language, rule)}`).join(t('web:comma')),
    href: `/regulations/changes/${change.number}`,
    asked: change.proposals.flatMap(({ rule, values, replaces }) =>
      comparisonRows(t, language, replaces, values)
        .filter(({ differs }) => differs)
        .map(({ title, before, after }) => ({
          label: rules.length > 1 ? `${rule} ${title}` : title,
          before: before.join(t('web:comma')),
          after: after.join(t('web:comma')),
        })),
    ),
    facts: [
      {
        label: t('regulations:column.drafter'),
        value: t('regulations:change.drafted', { name: change.draftedBy.name, at: dateTimeText(change.draftedAt) }),
      },
      { label: t('regulations:column.effectiveOn'), value: change.effectiveOn },
      { label: t('regulations:change.running'), value: t('regulations:change.runningCount', { n: running }) },
      ...(preset ? [{ label: t('regulations:change.presetLabel'), value: preset }] : []),
    ],
    why: t('regulations:change.whyYou'),
    problems: waiting ? overtakenProblems(change.proposals, from, newest) : [],
  }
}
