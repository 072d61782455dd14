import type { Actor } from '../../access/actor.ts'
import { momentText } from '../../deadlines/tag.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import type { Alike } from '../intake/repeats.ts'
import type { Complaint } from '../queries.ts'
import { isOpen } from '../states.ts'
import type { Linkable } from './linkable.ts'
import type { Group, Member } from './queries.ts'
import { householdsOf } from './rules.ts'

/** CMP-05: linking a complaint, with what may be meant, and undoing a link. */
export function linkPage(actor: Actor, complaint: Complaint, { days, alike, first }: Linkable, now: Date) {
  const t = translate[actor.language]
  const { number, title, version, groupId, repeatOfId, state } = complaint
  const [likeliest] = alike
  return {
    complaint: { number, title, version },
    open: isOpen(state),
    days: t('intake:alike.span', { n: days }),
    none: t('intake:alike.none', { n: days }),
    alike: alike.map((one) => suggestion(t, one, now)),
    likeliest: likeliest?.shares.includes('customer') && repeatOfId === null ? 'repeat' : 'group',
    bonds: (['repeat', 'group'] as const).map((value) => ({ value, word: t(`intake:group.bond.${value}`) })),
    held: [
      ...(repeatOfId === null
        ? []
        : [{ bond: 'repeat', act: t('intake:group.leaveRepeat'), word: first?.number ?? t('intake:group.unknown') }]),
      ...(groupId === null
        ? []
        : [{ bond: 'group', act: t('intake:group.leaveGroup'), word: t('intake:group.matter') }]),
    ],
  }
}

const suggestion = (t: Translate, { number, title, receivedAt, state, shares }: Alike, now: Date) => ({
  number,
  title,
  href: `/complaints/${number}`,
  at: momentText(receivedAt, now),
  why: [
    ...shares.map((share) => t(`intake:alike.shares.${share}`)),
    t(state === 'closed' ? 'intake:alike.closed' : 'intake:alike.open'),
  ].join(t('web:comma')),
})

/** How many complaints of how many households, and how many of them this person sees. */
export function countText(t: Translate, members: readonly Member[]): string {
  const counted = members.filter(({ state }) => state !== 'void')
  const params = { n: counted.length, households: householdsOf(counted) }
  const seen = counted.filter((one) => one.seen).length
  return seen === counted.length ? t('intake:group.count', params) : t('intake:group.countSeen', { ...params, seen })
}

export async function groupPage(actor: Actor, group: Group, now: Date) {
  const t = translate[actor.language]
  const { value } = await regulationAt(now)
  const seen = group.members.filter((one) => one.seen)
  return {
    // CMP-03: it was named after the first of them, which this reader may not know of.
    matter: seen.some(({ title }) => title === group.matter) ? group.matter : (seen[0]?.title ?? ''),
    started: t('intake:group.started', { at: dateTimeText(group.createdAt), by: group.by }),
    count: countText(t, group.members),
    limits: t('intake:group.limits', {
      important: value('complaints.important_households'),
      major: value('complaints.major_households'),
    }),
    rows: seen.map((member) => rowOf(t, member)),
  }
}

function rowOf(t: Translate, { number, title, state, level, receivedAt, households, ...of }: Member) {
  const { anonymous, customer, complainant, department } = of
  return {
    number,
    href: `/complaints/${number}`,
    title,
    level,
    state: { tone: state === 'closed' ? 'ok' : state === 'void' ? 'wait' : 'go', word: t(`complaints:state.${state}`) },
    at: dateTimeText(receivedAt),
    datetime: receivedAt.toISOString(),
    households,
    who: customer ?? (anonymous ? t('complaints:anonymous') : (complainant ?? '—')),
    department: department ?? '—',
  }
}
