import type { Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import type { Reading, Registers } from './queries.ts'

/** Who saw it, who had it, and what copies there are (views/archive/items/registers.ejs). */
export function registersPart({ readings, count, loans, copies }: Registers, t: Translate) {
  return {
    readings: readings.map((one) => ({ at: dateTimeText(one.at), by: one.by, what: wayOf(one, t) })),
    earlier: count > readings.length ? t('archive:item.earlier', { n: count - readings.length }) : '',
    loans: loans.map(({ number, borrower, lentAt, dueAt, returnedAt }) => ({
      href: `/loans/${number}`,
      number,
      by: borrower,
      what: t('archive:item.loanLine', {
        from: dateText(lentAt),
        until: returnedAt
          ? t('archive:item.loanBack', { at: dateTimeText(returnedAt) })
          : t('archive:item.loanOut', { due: dateTimeText(dueAt) }),
      }),
    })),
    copies: copies.map(({ number, holder, state, madeAt }) => ({
      number,
      by: holder,
      what: `${dateText(madeAt)} · ${t(`archive:copyState.${state}`)}`,
    })),
  }
}

function wayOf({ way, n, visitor }: Reading, t: Translate): string {
  const word = t(`archive:way.${way}`)
  const shown = n ? t('archive:item.readingLine', { way: word, n }) : word
  return visitor ? `${shown} · ${t('archive:item.withVisitor', { visitor })}` : shown
}
