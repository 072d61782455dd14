import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { deadlineTag } from '../../deadlines/tag.ts'
import { translate } from '../../i18n.ts'
import { measureTabs, type ListQuery } from './forms.ts'
import { clockOf, countedTo, type MeasureList, type MeasureRow } from './list.ts'
import { stateTag } from './pages.ts'

/** /measures: what is to be done, what is to be verified, and all of one's place. */
export function listPage(
  actor: Actor,
  { tab, after }: ListQuery,
  { rows, more, counts }: MeasureList,
  now: Date,
  calendar: Calendar,
) {
  const t = translate[actor.language]
  const address = (name: string, from?: bigint) => `/measures?tab=${name}${from === undefined ? '' : `&after=${from}`}`
  return {
    /** A measure may be of somebody who sees no complaints. */
    home: mayEver(actor, 'complaints.view') ? '/complaints' : null,
    tabs: measureTabs.map((name) => ({
      href: address(name),
      word: t(`measures:tab.${name}`),
      count: counts[name] > countedTo ? `${countedTo}+` : counts[name],
      current: name === tab,
    })),
    rows: rows.map((row) => rowOf(actor, row, now, calendar)),
    pager: {
      words: t('measures:pageWords', { n: rows.length }),
      ...(after ? { previous: address(tab) } : {}),
      ...(more ? { next: address(tab, rows.at(-1)!.id) } : {}),
    },
    nothing: { heading: t(`measures:none.${tab}`), hint: t('measures:noneHint') },
  }
}

export function rowOf(actor: Actor, row: MeasureRow, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const clock = clockOf(row)
  return {
    number: row.number,
    href: `/measures/${row.number}`,
    kind: t(`complaints:action.${row.kind}`),
    state: stateTag(t, row.state),
    what: row.measure,
    owner: row.owner,
    checker: row.checker ?? '',
    dueOn: row.dueOn,
    deadline: clock && deadlineTag(t, clock, now, calendar),
  }
}
