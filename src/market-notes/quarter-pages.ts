import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate } from '../i18n.ts'
import type { Quarter } from './figures.ts'
import { competitorHref, quarterModel, type Line } from './model.ts'
import { rowOf } from './pages.ts'
import { quarterAfter, quarterOf, quartersBack } from './quarters.ts'

/** /market-notes/quarter: a quarter at a glance; every figure opens the list that it counts. */
export function quarterPage(actor: Actor, found: Quarter, now: Date) {
  const t = translate[actor.language]
  const { quarter, department } = found
  const model = quarterModel(t, found)
  const here = (q: string, path = '/market-notes/quarter') =>
    `${path}?${new URLSearchParams({ q, ...(department ? { department } : {}) })}`
  const named = model.sections.find(({ name }) => name === 'kind')!.lines
  const recent = quartersBack(now, 12)
  return {
    quarter,
    before: found.before,
    head: [model.all, ...named.filter(({ n, before }) => n > 0 || (before ?? 0) > 0)].map((line) => withChange(line)),
    sections: model.sections.filter(({ name, lines }) => name !== 'kind' && lines.length > 0),
    competitors: found.competitors.map((one) => ({
      about: one.about,
      n: one.n,
      before: one.before,
      href: competitorHref(found, one.about),
      newest: one.newest.map((note) => rowOf(t, note)),
    })),
    empty: found.now.all === 0,
    filters: {
      action: '/market-notes/quarter',
      choices: [
        choice(
          'q',
          t('marketNotes:thisQuarter'),
          quarter,
          (recent.includes(quarter) ? recent : [quarter, ...recent]).map((value) => ({ value, word: value })),
        ),
        choice(
          'department',
          t('marketNotes:choose.department'),
          department,
          found.places.departments.map(({ id, name }) => ({ value: String(id), word: name })),
        ),
      ],
    },
    pager: {
      words: quarter,
      previous: here(quarterAfter(quarter, -1)),
      ...(quarter < quarterOf(now) ? { next: here(quarterAfter(quarter, 1)) } : {}),
    },
    pdf: here(quarter, '/market-notes/quarter.pdf'),
    xlsx: mayEver(actor, 'visits.export') ? here(quarter, '/market-notes/quarter.xlsx') : null,
  }
}

const choice = (name: string, label: string, value: string, options: { value: string; word: string }[]) => ({
  name,
  label,
  value,
  options,
})

function withChange(line: Line) {
  const change = line.n - (line.before ?? line.n)
  return { ...line, change: change === 0 ? '' : change > 0 ? `+${change}` : String(change) }
}
