import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { momentText } from '../deadlines/tag.ts'
import { mostTogether } from './forms.ts'
import { kindOf, wordOf } from './kinds.ts'
import { tones } from './request-page.ts'
import type { Shown } from './shown.ts'
import type { Batch } from './together.ts'

/** Those ticked of one kind that wait for this person, each with what is asked and what stands against it. */
export function togetherPage(actor: Actor, shown: Shown[], now: Date) {
  const t = translate[actor.language]
  const kind = shown[0]?.request.kind
  const rows = shown.filter(({ request }) => request.kind === kind)
  const word = kind ? t(`approvals:kind.${wordOf(kind)}`) : ''
  return {
    word,
    rule: kind ? { id: kindOf(kind).rule } : null,
    mixed: rows.length < shown.length ? t('approvals:together.mixed', { kind: word }) : null,
    rows: rows.map(({ request, card }) => ({
      number: request.number,
      version: request.version,
      title: card.title,
      filed: `${request.filedBy} ${momentText(request.filedAt, now)}`,
      asked: card.asked,
      facts: card.facts,
      reason: request.reason,
      tick: t('approvals:inbox.tick', { number: request.number }),
      problems: card.problems.map(({ rule, reason, params }) => ({ text: t(reason, params), rule: { id: rule } })),
    })),
    nothing: {
      heading: t('approvals:together.none'),
      hint: t('approvals:together.noneHint', { most: mostTogether }),
      next: { href: '/approvals', word: t('approvals:together.toInbox') },
    },
  }
}

const decided = { approve: 'approved', return: 'returned', refuse: 'refused' } as const

/** What became of each; those not done come first. */
export function batchPage(actor: Actor, { verdict, outcomes }: Batch, titles: ReadonlyMap<string, string>) {
  const t = translate[actor.language]
  const rows = outcomes.map(({ number, rule, reason, params }) => ({
    number,
    title: titles.get(number) ?? null,
    tone: reason ? 'bad' : tones[decided[verdict]],
    word: t(reason ? 'approvals:together.left' : `approvals:state.${decided[verdict]}`),
    sentence: reason ? t(reason, params) : '',
    rule: rule ? { id: rule } : null,
  }))
  const left = rows.filter(({ sentence }) => sentence)
  const told = { done: rows.length - left.length, left: left.length }
  return {
    rows: [...left, ...rows.filter(({ sentence }) => !sentence)],
    left: left.length,
    lede: t(left.length > 0 ? 'approvals:together.resultLede' : 'approvals:together.resultAll', told),
  }
}
