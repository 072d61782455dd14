import type { Actor } from '../access/actor.ts'
import { may, mayEver } from '../access/policy.ts'
import { isKind as isApproval, wordOf } from '../approvals/kinds.ts'
import { actionSentence } from '../audit/actions.ts'
import { translate, translateIfKnown, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { kinds } from './kinds.ts'
import type { Share } from './lines.ts'
import { stateTag } from './list-pages.ts'
import type { Handover, historyOf } from './queries.ts'
import { runProblems } from './rules.ts'
import type { LeftSeen } from './unseen.ts'
import { isThing, thingNames, totalOf, type Left, type Thing } from './things.ts'

type Found = { left: LeftSeen; shares: Share[]; history: Awaited<ReturnType<typeof historyOf>> }

export function handoverPage(actor: Actor, handover: Handover, { left: seen, shares, history }: Found) {
  const t = translate[actor.language]
  const { number, leaver, state, version, papersAt } = handover
  const { left, others } = seen
  const mayRun = may(actor, 'handovers.run', handover) && runProblems(actor, handover).length === 0
  return {
    handover: { number, version, name: leaver.name, state: stateTag(t, state), open: state === 'open' },
    track: trackOf(handover, totalOf(left) === 0 && !others, t),
    facts: factsOf(handover, t),
    note: noteOf(actor, handover, t),
    left: leftRows(handover, left, shares, mayRun, t),
    nothingLeft: totalOf(left) === 0 && !others ? t('handovers:none.left') : null,
    shares: shareRows(shares, t),
    papers: papersAt === null ? null : papersText(handover, t),
    problems: state === 'open' ? needsOf(handover, seen, t) : [],
    mayRun,
    detailed: mayEver(actor, 'customers.view'),
    history: history.map((line) => historyItem(line, actor, t)),
  }
}

/** What still stands between this and its end. */
const needsOf = ({ papersAt }: Handover, { left, others }: LeftSeen, t: Translate) => [
  ...thingNames
    .filter((thing) => left[thing] > 0)
    .map((thing) => t('handovers:needs.left', { what: t(`handovers:thing.${thing}`), n: left[thing] })),
  ...(others ? [t('handovers:needs.others')] : []),
  ...(papersAt === null ? [t('handovers:needs.papers')] : []),
]

function trackOf({ state, startedAt, papersAt, endedAt }: Handover, handed: boolean, t: Translate) {
  const done = state === 'done'
  const at = (is: boolean, now: boolean) => (is || done ? 'done' : now && state === 'open' ? 'now' : undefined)
  const step = (name: 'start' | 'hand' | 'papers' | 'finish', is: boolean, now: boolean, when?: Date | null) => ({
    word: t(`handovers:step.${name}`),
    ...(at(is, now) ? { at: at(is, now) } : {}),
    ...(when ? { when: dateTimeText(when) } : {}),
  })
  return [
    step('start', true, false, startedAt),
    step('hand', handed, !handed),
    step('papers', papersAt !== null, handed && papersAt === null, papersAt),
    step('finish', done, handed && papersAt !== null, done ? endedAt : null),
  ]
}

function factsOf({ leaver, leavesOn, startedBy, startedAt, endedAt, state }: Handover, t: Translate) {
  return [
    { label: t('handovers:column.leaver'), value: `${leaver.name} ${leaver.number}` },
    { label: t('handovers:column.department'), value: leaver.department?.name ?? '' },
    { label: t('handovers:column.leavesOn'), value: leavesOn ? dateText(leavesOn) : '' },
    { label: t('handovers:column.started'), value: `${dateTimeText(startedAt)} ${startedBy.name}` },
    ...(endedAt ? [{ label: t(`handovers:state.${state}`), value: dateTimeText(endedAt) }] : []),
  ]
}

function noteOf(actor: Actor, { state, leaverId }: Handover, t: Translate) {
  if (state === 'done') return { text: t('handovers:doneNote'), tone: 'ok' }
  if (state === 'cancelled') return { text: t('handovers:cancelledNote'), tone: 'warn' }
  if (leaverId === actor.id) return { text: t('handovers:ownNote'), tone: 'info' }
  return mayEver(actor, 'customers.view') ? null : { text: t('handovers:counts'), tone: 'info' }
}

function leftRows({ number, state }: Handover, left: Left, shares: Share[], mayRun: boolean, t: Translate) {
  return thingNames
    .map((thing) => ({
      thing,
      icon: kinds[thing].icon,
      word: t(`handovers:thing.${thing}`),
      left: left[thing],
      handed: shares.filter(({ kind }) => kind === thing).reduce((sum, { n }) => sum + n, 0),
      act: actWord(thing, t),
      href: mayRun && state === 'open' && left[thing] > 0 ? hrefOf(number, thing) : null,
    }))
    .filter(({ left: n, handed }) => n > 0 || handed > 0)
}

const hrefOf = (number: string, thing: Thing) => kinds[thing].elsewhere ?? `/handovers/${number}/hand/${thing}`

export function actWord(thing: Thing, t: Translate): string {
  if (kinds[thing].elsewhere) return t('handovers:act.first')
  if (kinds[thing].receivers) return t('handovers:act.hand')
  return t(thing === 'request' ? 'handovers:act.withdraw' : 'handovers:act.end')
}

function shareRows(shares: Share[], t: Translate) {
  return shares.map(({ name, number, kind, n, received, since }) => ({
    to: name === null ? '—' : `${name} ${number}`,
    what: isThing(kind) ? t(`handovers:thing.${kind}`) : kind,
    n,
    receipt: receiptOf({ name, received, since, n }, t),
  }))
}

function receiptOf({ name, received, since }: Pick<Share, 'name' | 'received' | 'since' | 'n'>, t: Translate) {
  if (name === null) return { tone: 'ok', word: t('handovers:nobody') }
  if (received === null) return { tone: 'wait', word: t('handovers:waitingReceipt') }
  const at = dateTimeText(received)
  if (since === 0) return { tone: 'ok', word: t('handovers:receivedAt', { at }) }
  return { tone: 'wait', word: t('handovers:receivedSome', { at, n: since }) }
}

const papersText = ({ papersAt, papersBy, papersNote }: Handover, t: Translate) =>
  t('handovers:papersDone', {
    who: papersBy?.name ?? '',
    at: papersAt ? dateTimeText(papersAt) : '',
    note: papersNote ?? '',
  })

type Told = { thing?: string; n?: number; to?: string; note?: string } | null

function historyItem(line: Found['history'][number], { language }: Actor, t: Translate) {
  return {
    at: dateTimeText(line.at),
    datetime: line.at.toISOString(),
    who: line.actorName,
    sentence: actionSentence(language, line.action),
    more: moreOf(line.after as Told, line.why, t),
  }
}

function moreOf(told: Told, why: string | null, t: Translate): string {
  const { thing, n, to, note } = told ?? {}
  if (thing && isThing(thing)) {
    const what = t(`handovers:thing.${thing}`)
    return to ? t('handovers:told.handed', { what, n: n ?? 0, to }) : t('handovers:told.ended', { what, n: n ?? 0 })
  }
  if (n !== undefined) return t('handovers:told.received', { n })
  return [note, why].filter(Boolean).join(' ')
}

/** What a thing is, where its own name says it by a key. */
export function aboutWord(
  thing: Thing,
  about: string | null,
  t: Translate,
  language: Actor['language'],
): string | null {
  if (about === null) return null
  if ((thing === 'signature' || thing === 'request') && isApproval(about)) return t(`approvals:kind.${wordOf(about)}`)
  if (thing === 'deadline') return translateIfKnown(language, `deadlines:kind.${about.replace('.', '_')}`) ?? about
  return about
}
