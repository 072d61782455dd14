import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import type { ListQuery } from './forms.ts'
import { countedTo, type CustomerList } from './queries.ts'
import { placeOf } from '../placing.ts'

export function indexPage(actor: Actor, query: ListQuery, { rows, count, earlier, later }: CustomerList) {
  const t = translate[actor.language]
  const { q, kind, held, sort } = query
  const address = (change: Partial<ListQuery>) => listAddress({ q, kind, held, sort, ...change })
  const filtered = q !== '' || kind !== '' || held !== ''
  return {
    rows: rows.map((row) => ({ ...row, place: placeOf(row), created: dateText(row.createdAt) })),
    mayCreate: mayEver(actor, 'customers.create'),
    mayImport: mayEver(actor, 'imports.run'),
    sort,
    sortByName: address({ sort: 'name' }),
    sortByNewest: address({ sort: 'newest' }),
    views: [
      { href: address({ held: '' }), word: t('customers:list.all'), current: held === '' },
      { href: address({ held: 'mine' }), word: t('customers:list.mine'), current: held === 'mine' },
      { href: address({ held: 'pool' }), word: t('customers:list.pool'), current: held === 'pool' },
    ],
    filters: {
      action: '/customers',
      find: { name: 'q', value: q, label: t('customers:list.find') },
      choices: [
        {
          name: 'kind',
          label: t('customers:list.kind'),
          value: kind,
          options: (['organisation', 'person'] as const).map((value) => ({
            value,
            word: t(`customers:kind.${value}`),
          })),
        },
      ],
      kept: { ...(held ? { held } : {}), sort },
      ...(filtered ? { clear: '/customers' } : {}),
    },
    pager: {
      words:
        count > countedTo
          ? t('customers:list.many', { n: countedTo.toLocaleString('en-US') })
          : t('customers:list.count', { n: count }),
      ...(earlier && rows[0] ? { previous: address({ before: rows[0].number }) } : {}),
      ...(later && rows.length > 0 ? { next: address({ after: rows.at(-1)!.number }) } : {}),
    },
    nothing: filtered
      ? {
          heading: t('customers:list.none'),
          hint: t('customers:list.noneHint'),
          next: { href: '/customers', word: t('customers:list.clear') },
        }
      : { heading: t('customers:list.empty'), hint: t('customers:list.emptyHint') },
  }
}

function listAddress(query: Partial<ListQuery>): string {
  const parts = Object.entries(query).filter(([name, value]) => value && !(name === 'sort' && value === 'newest'))
  const search = new URLSearchParams(parts as [string, string][]).toString()
  return search ? `/customers?${search}` : '/customers'
}
