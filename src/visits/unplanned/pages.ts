import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { becauses, costLines, kinds, purposes, targets } from './forms.ts'
import type { ToRecord } from './queries.ts'
import { targetOf } from './rules.ts'

const usualMinutes = 40

/** 记录拜访: filled in so far that one press on the reason is enough. */
export function unplannedPage(actor: Actor, customer: ToRecord, now: Date) {
  const t = translate[actor.language]
  const usual = customer && targetOf(customer.life) === 'existing' ? 'relations' : 'new_customer'
  return {
    customer: customer && {
      number: customer.number,
      name: customer.name,
      grade: customer.grade,
      place: customer.address ?? '',
      district: customer.district ?? '',
    },
    back: customer ? `/customers/${customer.number}` : '/visits/day',
    contacts: (customer?.contacts ?? []).map(({ id, name, post, main }) => ({
      name: `contact_${id}`,
      word: [name, post].filter(Boolean).join(' '),
      value: main,
    })),
    becauses: becauses.map((value) => ({ value, word: t(`visitDay:because.${value}`) })),
    whens: (['now', 'at'] as const).map((value) => ({ value, word: t(`visitDay:when.${value}`) })),
    targets: targets.map((value) => ({ value, word: t(`visits:target.${value}`) })),
    purposes: purposes.map((one) => ({
      name: `purpose_${one}`,
      word: t(`visits:purpose.${one}`),
      value: one === usual,
    })),
    minutes: usualMinutes,
    at: dateTimeText(now).replace(' ', 'T'),
    costLines,
    kinds: kinds.map((value) => ({ value, word: t(`visits:spending.${value}`) })),
  }
}
