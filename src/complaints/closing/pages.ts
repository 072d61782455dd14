import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { ways } from '../contacts/forms.ts'
import { contactLines, offered, yesNo, type Offer } from '../contacts/pages.ts'
import type { Contact } from '../contacts/queries.ts'
import { measurePolicy } from '../measures/policy.ts'
import { takesMeasures } from '../measures/rules.ts'
import type { Complaint } from '../queries.ts'
import { outside } from './forms.ts'
import { outcomeOf, scores, type ClosingFacts } from './rules.ts'

/** What every form about a complaint stands under. */
export const formHead = (complaint: Complaint) => ({
  complaint,
  home: `/complaints/${complaint.number}`,
  version: complaint.version,
})

const waysOf = (actor: Actor) =>
  ways.map((value) => ({ value, word: translate[actor.language](`complaints:way.${value}`) }))
const latest = (now: Date) => dateTimeText(now).replace(' ', 'T')

/** `alone`: nobody else is left to do it (CMP-11). */
type Tried = { days: number; attempts: number }
type Trying = Tried & { alone: boolean }

export function callBackPage(
  actor: Actor,
  complaint: Complaint,
  contacts: Contact[],
  { alone, ...tried }: Trying,
  offer: Offer,
  now: Date,
) {
  const t = translate[actor.language]
  return {
    ...formHead(complaint),
    offered: offered(t, offer),
    ways: waysOf(actor),
    latest: latest(now),
    yesNo: yesNo(t, 'reached'),
    satisfied: yesNo(t, 'satisfied'),
    scores: scores.toReversed().map((value) => ({ value, word: t(`closing:score.s${value}`) })),
    tried: tried.days > 0 ? t('closing:tried', tried) : null,
    alone,
    past: contactLines(t, contacts),
    phone: complaint.phone ?? '',
  }
}

export function unreachablePage(actor: Actor, complaint: Complaint, contacts: Contact[], { alone, ...tried }: Trying) {
  const t = translate[actor.language]
  return { ...formHead(complaint), lede: t('closing:tried', tried), alone, past: contactLines(t, contacts) }
}

export function unresolvedPage(actor: Actor, complaint: Complaint, contacts: Contact[], now: Date) {
  const t = translate[actor.language]
  return {
    ...formHead(complaint),
    ways: waysOf(actor),
    latest: latest(now),
    outside: outside.map((name) => ({ name, word: t(`closing:outside.${name}`) })),
    past: contactLines(t, contacts),
  }
}

/** One closing form, and what stands against sending it. */
export function closingPage(actor: Actor, complaint: Complaint, facts: ClosingFacts, offer: Offer) {
  const t = translate[actor.language]
  const outcome = outcomeOf(facts)
  return {
    ...formHead(complaint),
    outcome: t(`complaints:outcome.${outcome}`),
    facts: [
      { label: t('complaints:field.outcome'), value: t(`complaints:outcome.${outcome}`) },
      { label: t('closing:field.toldAt'), value: complaint.toldAt ? dateTimeText(complaint.toldAt) : '' },
      { label: t('closing:field.askedAt'), value: complaint.askedAt ? dateTimeText(complaint.askedAt) : '' },
      {
        label: t('complaints:field.satisfaction'),
        value: complaint.satisfaction === null ? '' : t('closing:points', { score: complaint.satisfaction }),
      },
    ],
    offered: offered(t, offer),
    carries: offer !== null && facts.state !== 'answering',
    mustCarry: offer !== null && outcome === 'settled',
    improves: facts.state !== 'answering',
    measuresAt:
      takesMeasures(complaint) && measurePolicy.propose(actor, complaint)
        ? `/complaints/${complaint.number}/measures/new`
        : null,
  }
}

export function reopeningPage(actor: Actor, complaint: Complaint) {
  const t = translate[actor.language]
  const again = complaint.founded === false ? 'closing:reopening.judged' : 'closing:reopening.remedied'
  const closed = complaint.closedAt ? dateText(complaint.closedAt) : ''
  return { ...formHead(complaint), lede: `${t('closing:reopening.closed', { date: closed })}${t(again)}` }
}

export function letterPage(actor: Actor, complaint: Complaint, out: Date | null, hasAddress: boolean) {
  const t = translate[actor.language]
  return {
    ...formHead(complaint),
    out: out ? t('closing:letter.out', { until: dateText(new Date(out.getTime() - 1)) }) : null,
    noAddress: !hasAddress,
  }
}

/** The link in the one answer that shows it. */
export function linkPage(complaint: Complaint, address: string, closed: boolean, hasAddress: boolean) {
  return { ...formHead(complaint), address, closed, noAddress: !hasAddress }
}
