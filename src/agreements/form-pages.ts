import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { accepted } from '../files/kinds.ts'
import { translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import type { NewQuery } from './forms.ts'
import type { Lacking } from './lacking.ts'
import { partyName, type Agreement, type colleagues } from './queries.ts'
import { parties } from './rules.ts'

type Colleagues = Awaited<ReturnType<typeof colleagues>>

/** Written down anew, or put right. */
export function formPage(
  actor: Actor,
  { people, query }: { people: Colleagues; query: NewQuery },
  agreement: Agreement | null,
  now: Date,
) {
  const t = translate[actor.language]
  const today = dateText(now)
  return {
    action: agreement ? `/agreements/${agreement.number}/correction` : '/agreements/new',
    back: agreement ? `/agreements/${agreement.number}` : '/agreements',
    title: agreement ? t('agreements:correctTitle', { number: agreement.number }) : t('agreements:new'),
    name: agreement ? partyName(agreement) : null,
    version: agreement?.version ?? null,
    today,
    parties: parties.map((value) => ({ value, word: t(`agreements:party.${value}`) })),
    people: people.map(({ number, name, department }) => ({
      value: number,
      word: [name, number, department?.name].filter(Boolean).join(' '),
    })),
    acceptable: accepted,
    agreement: agreement
      ? {
          scope: agreement.scope,
          duties: agreement.duties,
          liability: agreement.liability,
          signedOn: dayText(agreement.signedOn),
          fromOn: dayText(agreement.fromOn),
          untilOn: agreement.untilOn ? dayText(agreement.untilOn) : '',
          party: agreement.party,
          staff: '',
          partner: '',
        }
      : {
          scope: t('agreements:usual.scope'),
          duties: t('agreements:usual.duties'),
          liability: t('agreements:usual.liability'),
          signedOn: today,
          fromOn: today,
          untilOn: '',
          party: query.party ?? 'staff',
          staff: query.staff ?? '',
          partner: query.partner ?? '',
        },
  }
}

export function endPage(actor: Actor, agreement: Agreement) {
  const t = translate[actor.language]
  const { number, version } = agreement
  return { number, version, name: partyName(agreement), title: t('agreements:endTitle', { number }) }
}

export function lackingPage(actor: Actor, rows: Lacking[]) {
  const t = translate[actor.language]
  const may = mayEver(actor, 'agreements.manage')
  return {
    tabs: archiveTabs(actor, '/agreements'),
    rows: rows.map(({ number, name, department, reasons }) => ({
      number,
      name,
      department: department ?? '',
      reasons: reasons.map((one) => t(`agreements:need.${one}` as 'agreements:need.role')).join(t('web:comma')),
      record: may ? `/agreements/new?${new URLSearchParams({ party: 'staff', staff: number })}` : null,
    })),
  }
}
