import type { Actor } from '../access/actor.ts'
import { wordOf, type ApprovalKind } from '../approvals/kinds.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { boxOf } from './forms.ts'
import { periodOf } from './period.ts'
import type { Colleague, Delegation } from './queries.ts'
import { deputyProblems, kindsSigned, standingAt } from './rules.ts'

type Found = { open: Delegation[]; past: Delegation[] }

export function listPage(actor: Actor, { open, past }: Found, now: Date) {
  const t = translate[actor.language]
  const kinds = kindsSigned(rolesOf(actor))
  const rows = (list: Delegation[]) => list.map((one) => rowOf(actor, one, now, t))
  return {
    tables: [
      {
        name: 'given',
        rows: rows(open.filter(({ fromId }) => fromId === actor.id)),
        empty: t('delegations:none.given'),
      },
      {
        name: 'received',
        rows: rows(open.filter(({ toId }) => toId === actor.id)),
        empty: t('delegations:none.received'),
      },
      { name: 'past', rows: rows(past), empty: t('delegations:none.past') },
    ],
    mayMake: kinds.length > 0,
    nothingToLend: kinds.length > 0 ? null : t('delegations:none.kinds'),
  }
}

const tones = { running: 'go', planned: 'wait', past: 'ok' } as const

function rowOf(actor: Actor, delegation: Delegation, now: Date, t: Translate) {
  const { id, from, to, kinds, endedAt, reason, fromId } = delegation
  const standing = standingAt(delegation, now)
  const { fromOn, untilOn } = periodOf(delegation)
  const off = [from, to].find(({ state }) => state !== 'active')
  const notes = [
    reason,
    endedAt && t('delegations:endedEarly', { at: dateTimeText(endedAt) }),
    standing !== 'past' && off && t('delegations:off', { name: off.name }),
  ]
  const address = `/delegations/${id}`
  return {
    from: from.name,
    to: to.name,
    kinds: kindWords(kinds, t),
    period: t('delegations:period', { from: fromOn, until: untilOn }),
    state: { tone: tones[standing], word: t(`delegations:standing.${standing}`) },
    note: notes.filter(Boolean).join(t('delegations:semicolon')),
    correct: standing === 'planned' && fromId === actor.id ? `${address}/correction` : null,
    end: standing === 'past' ? null : `${address}/end`,
  }
}

export const kindWords = (kinds: readonly ApprovalKind[], t: Translate) =>
  kinds.map((kind) => t(`approvals:kind.${wordOf(kind)}`)).join(t('web:comma'))

const rolesOf = (actor: Actor) => actor.grants.map(({ role }) => role)

/** To be made, or corrected before it begins. */
export function formPage(
  actor: Actor,
  colleagues: (Colleague & { department: { name: string } | null })[],
  days: number,
  now: Date,
  delegation: Delegation | null,
) {
  const t = translate[actor.language]
  const own = kindsSigned(rolesOf(actor))
  const { fromOn, untilOn } = delegation ? periodOf(delegation) : { fromOn: dateText(now), untilOn: '' }
  const suits = ({ grants }: Colleague) =>
    own.some(
      (kind) =>
        deputyProblems(
          [kind],
          rolesOf(actor),
          grants.map(({ role }) => role),
        ).length === 0,
    )
  return {
    delegation: { fromOn, untilOn, to: delegation?.to.number ?? '', reason: delegation?.reason ?? '' },
    version: delegation?.version ?? null,
    title: t(delegation ? 'delegations:correctTitle' : 'delegations:new'),
    kinds: own.map((kind) => ({
      name: boxOf(kind),
      word: t(`approvals:kind.${wordOf(kind)}`),
      value: delegation ? delegation.kinds.includes(kind) : false,
    })),
    colleagues: colleagues.filter(suits).map(({ number, name, department }) => ({
      value: number,
      word: [name, number, department?.name].filter(Boolean).join(' '),
    })),
    today: dateText(now),
    untilHint: t('delegations:hint.untilOn', { days }),
    nothingToLend: own.length > 0 ? null : t('delegations:none.kinds'),
  }
}
