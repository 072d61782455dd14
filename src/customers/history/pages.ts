import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { headingOf } from '../fact-lines.ts'
import type { Customer } from '../queries.ts'
import { historyKinds, type HistoryQuery } from './forms.ts'
import { historyItems } from './lines.ts'
import { maySeeReads, type historyFor } from './queries.ts'

type Found = Awaited<ReturnType<typeof historyFor>>

export function historyPage(actor: Actor, customer: Customer, { lines, kind, earlier, later }: Found, now: Date) {
  const t = translate[actor.language]
  const kinds = historyKinds.filter((one) => one !== 'reads' || maySeeReads(actor))
  const address = (change: Partial<HistoryQuery>) => {
    const query = new URLSearchParams({ ...(kind ? { kind } : {}), ...change } as Record<string, string>)
    return `/customers/${customer.number}/history${query.size > 0 ? `?${query}` : ''}`
  }
  return {
    customer,
    heading: headingOf(customer).heading,
    items: historyItems(actor, lines, now, { home: `/customers/${customer.number}` }),
    filters: {
      action: `/customers/${customer.number}/history`,
      choices: [
        {
          name: 'kind',
          label: t('customers:trail.all'),
          value: kind,
          options: kinds.map((value) => ({ value, word: t(`customers:trail.kind.${value}`) })),
        },
      ],
    },
    pager: {
      words: t('customers:trail.pageWords', { n: lines.length }),
      ...(earlier && lines[0] ? { previous: address({ before: String(lines[0].id) }) } : {}),
      ...(later && lines.length > 0 ? { next: address({ after: String(lines.at(-1)!.id) }) } : {}),
    },
    nothing: {
      heading: t('customers:trail.none'),
      hint: t('customers:trail.noneHint'),
      next: { href: `/customers/${customer.number}/history`, word: t('customers:trail.all') },
    },
  }
}
