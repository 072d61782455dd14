import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Unit } from '../../organisation/tree.ts'
import { address, conditionsIn, path } from './address.ts'
import { columnsOf, rowOf, totalsOf } from './cells.ts'
import { choices, type AgeingQuery } from './forms.ts'
import type { Ageing } from './queries.ts'

export type Choices = { owners: { number: string; name: string }[]; departments: Unit[]; regions: Unit[] }

/** /credit/ageing */
export function ageingPage(actor: Actor, query: AgeingQuery, found: Ageing, offered: Choices) {
  const t = translate[actor.language]
  const set = conditionsIn(query)
  const { after: _after, ...kept } = query
  const last = found.rows.at(-1)
  return {
    lede: t('ageing:lede', { today: found.bounds.today, days: found.bounds.overdue }),
    files: mayEver(actor, 'credit.export')
      ? { pdf: address(kept, `${path}.pdf`), xlsx: address(kept, `${path}.xlsx`) }
      : null,
    filters: filtersOf(t, query, offered, set.length > 0),
    columns: columnsOf(t),
    rows: found.rows.map((row) => rowOf(t, row, found.bounds)),
    totals: totalsOf(t, found.totals, set.length === 0 ? found.bounds : null),
    totalWord: t('ageing:totalOf', { n: found.count }),
    pager: {
      words: t('ageing:count', { n: found.count }),
      ...(query.after ? { previous: address(kept) } : {}),
      ...(found.more && last ? { next: address({ ...kept, after: `${last.overdue}-${last.id}` }) } : {}),
    },
    nothing:
      set.length > 0
        ? { heading: t('ageing:noneLike'), next: { href: path, word: t('ageing:clear') } }
        : { heading: t('ageing:none'), hint: t('ageing:noneHint') },
  }
}

function filtersOf(t: Translate, query: AgeingQuery, { owners, departments, regions }: Choices, narrowed: boolean) {
  const units = (all: Unit[]) => all.map(({ id, name }) => ({ value: String(id), word: name }))
  const people = owners.map(({ number, name }) => ({ value: number, word: name }))
  return {
    action: path,
    find: { name: 'q', value: query.q, label: t('ageing:filter.find') },
    choices: [
      ...(owners.length > 0
        ? [choice(t, 'owner', query.owner, [...people, { value: 'none', word: t('ageing:noOwner') }])]
        : []),
      ...(departments.length > 1 ? [choice(t, 'department', query.department, units(departments))] : []),
      ...(regions.length > 1 ? [choice(t, 'region', query.region, units(regions))] : []),
      choice(
        t,
        'bucket',
        query.bucket,
        choices.map((value) => ({ value, word: t(`ageing:bucket.${value}`) })),
      ),
      choice(t, 'over', query.over, [{ value: 'yes', word: t('ageing:overOnly') }]),
    ],
    ...(narrowed ? { clear: path } : {}),
  }
}

type ChoiceName = 'owner' | 'department' | 'region' | 'bucket' | 'over'
const choice = (t: Translate, name: ChoiceName, value: string, options: { value: string; word: string }[]) => ({
  name,
  label: t(`ageing:filter.${name}`),
  value,
  options,
})
