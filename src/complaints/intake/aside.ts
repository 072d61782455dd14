import type { Actor } from '../../access/actor.ts'
import { may, mayEver } from '../../access/policy.ts'
import { maskPhone } from '../../customers/phones.ts'
import { momentText } from '../../deadlines/tag.ts'
import type { Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import type { Caller } from './callers.ts'
import type { Alike } from './repeats.ts'

/** Who may be calling: what the person sees of them; of the others that they exist, and whose they are. */
export function callersSection(t: Translate, callers: readonly Caller[], chosen: Caller | null) {
  const list = callers.map((caller) => ({
    value: caller.number,
    checked: caller.number === chosen?.number,
    by: t(`intake:caller.by.${caller.by}`),
    ...(caller.seen ? seenCaller(t, caller) : unseenCaller(t, caller)),
  }))
  return { list, nobody: chosen === null, first: chosen?.grade === 'A' && chosen.seen }
}

function seenCaller(t: Translate, { number, name, kind, grade, owner, phone, contact, plates }: Caller) {
  const person = kind === 'person' ? name : (contact?.name ?? '')
  const [plate = ''] = plates.length === 1 ? plates : []
  const known = phone ?? contact?.phones[0] ?? ''
  return {
    name,
    grade,
    href: `/customers/${number}`,
    sentence: null,
    facts: [
      { label: t('intake:caller.number'), value: number },
      { label: t('intake:caller.contact'), value: [contact?.name, contact?.post].filter(Boolean).join('，') },
      { label: t('intake:caller.owner'), value: owner ?? t('intake:caller.nobodys') },
    ],
    fill: { phone: known && maskPhone(known), complainant: person, product: plate },
  }
}

function unseenCaller(t: Translate, { standing, life, owner }: Caller) {
  const status = [t(`customers:standing.${standing}`), t(`customers:life.${life}`)].join(t('web:comma'))
  const sentence = t('intake:caller.unseen', { status, owner: owner ?? t('intake:caller.nobodys') })
  return { name: null, grade: null, href: null, sentence, facts: [], fill: { phone: '', complainant: '', product: '' } }
}

/** CMP-04: what is to be checked with who calls; the way to correct it, where this person may. */
export function checkSection(t: Translate, actor: Actor, chosen: Caller | null, checked: boolean) {
  if (!chosen) return null
  if (!chosen.seen) return { others: t('intake:check.others') }
  const phones = [chosen.phone, ...chosen.morePhones].flatMap((one) => (one ? [maskPhone(one)] : []))
  return {
    facts: [
      { label: t('intake:check.phone'), value: phones.join('、') },
      { label: t('intake:check.address'), value: chosen.place },
    ],
    may: may(actor, 'customers.verify', chosen),
    checked,
    correct: may(actor, 'customers.correct', chosen) ? `/customers/${chosen.number}/reach` : null,
  }
}

type Around = { days: number; now: Date; link: string }

/** CMP-05: what may be the same matter; only those that the person sees, and how many others there are. */
export function alikeSection(t: Translate, actor: Actor, alike: readonly Alike[], { days, now, link }: Around) {
  const seen = alike.filter((one) => one.seen)
  const unseen = alike.length - seen.length
  return {
    span: t('intake:alike.span', { n: days }),
    none: alike.length === 0 ? t('intake:alike.none', { n: days }) : null,
    unseen: unseen > 0 ? t('intake:alike.unseen', { n: unseen }) : null,
    apart: link === '',
    link,
    list: seen.map((one) => alikeItem(t, actor, one, { now, link })),
  }
}

function alikeItem(t: Translate, actor: Actor, one: Alike, { now, link }: Omit<Around, 'days'>) {
  const { number, title, state, level, receivedAt, shares } = one
  const words = shares.map((share) => t(`intake:alike.shares.${share}`))
  const bond = (of: 'repeat' | 'group') => ({
    value: `${of}:${number}`,
    word: t(`intake:alike.${of}`),
    checked: link === `${of}:${number}`,
  })
  return {
    number,
    title,
    level,
    href: `/complaints/${number}`,
    tone: state === 'closed' ? null : 'go',
    at: momentText(receivedAt, now),
    datetime: receivedAt.toISOString(),
    day: dateText(receivedAt),
    why: [...words, t(state === 'closed' ? 'intake:alike.closed' : 'intake:alike.open')].join(t('web:comma')),
    bonds: [bond('repeat'), ...(mayEver(actor, 'complaints.group') ? [bond('group')] : [])],
  }
}
