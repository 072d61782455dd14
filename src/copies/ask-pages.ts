import type { Actor } from '../access/actor.ts'
import { isImportant } from '../archive/levels.ts'
import type { Item } from '../archive/queries.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate } from '../i18n.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import type { Refusal } from '../lib/refused.ts'
import { purposes, ways } from './forms.ts'
import type { PermitRecord } from './queries.ts'

type Asked = { items: Item[]; missing: string[]; problems: Refusal[]; most: number; from: PermitRecord | null }

/** What is asked for, or why it cannot be; without items, which ones. */
export function askPage(actor: Actor, { items, missing, problems, most, from }: Asked, now: Date) {
  const t = translate[actor.language]
  const today = dateText(now)
  const last = dateText(dayStart(today, most))
  const unneeded = items.length > 0 && items.every((item) => item.known && !isImportant(item))
  const gone = missing.map((number) => ({ reason: 'copies:refused.noSuch' as const, params: { number } }))
  return {
    tabs: archiveTabs(actor, '/copies'),
    items: items.map((item, at) => ({
      name: `copies${at}`,
      number: item.number,
      href: `/archive/items/${item.number}`,
      title: item.title,
      mark: t(`archive:mark.${item.secrecy}`),
      copies: from?.lines.find(({ number }) => number === item.number)?.permitted ?? 1,
    })),
    unneeded: unneeded ? { href: `/archive/items/${items[0]!.number}` } : null,
    reasons: unneeded
      ? []
      : [
          ...gone.map((one) => ({
            act: t('copies:asking.cannot'),
            reason: t(one.reason, one.params),
            rule: { id: 'ARC-13' },
          })),
          ...problems.map(({ rule, reason, params }) => ({
            act: t('copies:asking.cannot'),
            reason: t(reason, params),
            rule: { id: rule },
            ...(reason === 'copies:refused.unknown'
              ? { next: { href: `/viewings/new?item=${String(params?.['number'])}`, word: t('copies:asking.toView') } }
              : {}),
          })),
        ],
    ways: ways.map((value) => ({ value, word: t(`copies:way.${value}`) })),
    purposes: purposes.map((value) => ({ value, word: t(`archive:purpose.${value}`) })),
    given: {
      way: from?.way ?? '',
      purpose: from?.purpose ?? '',
      reason: from?.reason ?? '',
      holder: from?.holder ?? actor.name,
      dueOn: last,
    },
    due: { min: today, max: last, hint: t('copies:asking.dueHint', { days: most, day: last }) },
  }
}
