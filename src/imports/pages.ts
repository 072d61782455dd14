import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { countsOf } from './counts.ts'
import type { ListQuery } from './forms.ts'
import { importsFor } from './queries.ts'

export const tones = {
  mapping: 'wait',
  waiting: 'wait',
  running: 'go',
  done: 'ok',
  cancelled: 'warn',
  failed: 'bad',
  undoing: 'go',
  undone: 'warn',
} as const

export async function listPage(actor: Actor, { before }: ListQuery) {
  const t = translate[actor.language]
  const { total, imports, more } = await importsFor(actor, before)
  const rows = imports.map((one) => ({
    href: `/imports/${one.number}`,
    number: one.number,
    file: one.fileName,
    subject: t(`ledgerImports:subject.${one.subject}`),
    tone: tones[one.state],
    state: t(`imports:state.${one.state}`),
    total: one.total,
    counts: countsOf(one),
    owner: one.owner.name,
    at: dateTimeText(one.createdAt),
  }))
  const words = t('imports:list.pager', { n: total })
  const next = more ? { next: `/imports?before=${rows.at(-1)!.number}` } : {}
  return { rows, pager: { words, ...(before ? { previous: '/imports' } : {}), ...next } }
}
