import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { ListQuery } from './forms.ts'
import type { Disclosure } from './queries.ts'
import { parcelSection } from './parcel-pages.ts'
import { standingOf, type Standing } from './rules.ts'
import { signedFor } from './signers.ts'
import { fieldWords, itemText, periodText } from './saying.ts'

const tones = {
  waiting: 'wait',
  returned: 'warn',
  refused: 'bad',
  withdrawn: 'bad',
  ended: 'bad',
  approved: 'go',
  packed: 'go',
  handed: 'ok',
  over: 'bad',
} as const satisfies Record<Standing, string>

const stateOf = (one: Disclosure, now: Date, t: Translate) => {
  const standing = standingOf(one, dateText(now))
  return { tone: tones[standing], word: t(`disclosures:standing.${standing}`) }
}

const states = ['waiting', 'approved', 'returned', 'refused', 'withdrawn', 'ended'] as const

export function listPage(actor: Actor, query: ListQuery, found: { rows: Disclosure[]; more: boolean }, now: Date) {
  const t = translate[actor.language]
  const { before, ...kept } = query
  const set = Object.entries(kept).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const address = (change: Record<string, string>) =>
    `/disclosures?${new URLSearchParams({ ...Object.fromEntries(set), ...change })}`
  return {
    tabs: archiveTabs(actor, '/disclosures'),
    ask: mayEver(actor, 'disclosures.ask'),
    print: mayEver(actor, 'archive.registers') ? '/disclosures/register.pdf' : null,
    filters: {
      action: '/disclosures',
      find: { name: 'q', value: query.q, label: t('disclosures:find') },
      choices: [
        {
          name: 'state',
          label: t('disclosures:all'),
          value: query.state ?? '',
          options: states.map((value) => ({ value, word: t(`disclosures:state.${value}`) })),
        },
      ],
      ...(set.length > 0 ? { clear: '/disclosures' } : {}),
    },
    rows: found.rows.map((one) => ({
      number: one.number,
      href: `/disclosures/${one.number}`,
      recipient: one.recipient,
      customer: one.customer ? `${one.customer.name} ${one.customer.number}` : '—',
      applicant: one.applicant,
      period: periodText(t, one),
      state: stateOf(one, now, t),
    })),
    pager: {
      words: t('disclosures:pageWords', { n: found.rows.length }),
      ...(before ? { previous: address({}) } : {}),
      ...(found.more ? { next: address({ before: String(found.rows.at(-1)!.id) }) } : {}),
    },
    nothing:
      set.length > 0
        ? { heading: t('disclosures:noneLike'), next: { href: '/disclosures', word: t('disclosures:clear') } }
        : { heading: t('disclosures:none'), hint: t('disclosures:noneHint') },
  }
}

export async function disclosurePage(actor: Actor, one: Disclosure, now: Date) {
  const t = translate[actor.language]
  const { number, recipient, agreement, customer, request } = one
  return {
    tabs: archiveTabs(actor, '/disclosures'),
    number,
    version: one.version,
    recipient,
    state: stateOf(one, now, t),
    facts: [
      { label: t('disclosures:field.recipient'), value: recipient },
      {
        label: t('disclosures:field.agreement'),
        value: agreement.number,
        ...(mayEver(actor, 'agreements.view') ? { href: `/agreements/${agreement.number}` } : {}),
      },
      customer
        ? {
            label: t('disclosures:field.customerName'),
            value: `${customer.name} ${customer.number}`,
            href: `/customers/${customer.number}`,
          }
        : { label: t('disclosures:field.customerName'), value: t('disclosures:hidden') },
      { label: t('disclosures:field.applicant'), value: `${one.applicant} ${dateTimeText(one.filedAt)}` },
      { label: t('disclosures:field.basis'), value: t(`disclosures:basis.${one.basis}`) },
      { label: t('disclosures:field.way'), value: t(`disclosures:way.${one.way}`) },
      { label: t('disclosures:field.period'), value: periodText(t, one) },
      ...(request
        ? [{ label: t('disclosures:field.approval'), value: request.number, href: `/approvals/${request.number}` }]
        : []),
      { label: t('disclosures:field.purpose'), value: one.purpose, wide: true, lines: true },
      { label: t('disclosures:field.fields'), value: fieldWords(t, one.fields).join(t('web:comma')), wide: true },
      {
        label: t('disclosures:field.items'),
        value: one.items.map((item) => itemText(t, item)).join('\n'),
        wide: true,
        lines: true,
      },
    ],
    signers: await signedFor(actor, one),
    parcel: parcelSection(actor, one, now),
    again: one.state === 'returned' && one.applicantId === actor.id ? `/disclosures/new?again=${number}` : null,
  }
}
