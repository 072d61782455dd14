import type { Actor } from '../access/actor.ts'
import { veilDeep } from '../customers/sensitivity.ts'
import { translate, translateIfKnown, type Language } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { actionSentence, auditActions } from './actions.ts'
import type { AuditLine, auditLines } from './queries.ts'
import type { AuditQuery } from './routes.ts'

type Found = Awaited<ReturnType<typeof auditLines>>

export function auditPage({ language }: Actor, query: AuditQuery, { rows, numbers, earlier, later }: Found) {
  const t = translate[language]
  const { person, subject, kind, action } = query
  const kept = { person, subject, kind, action }
  const address = (change: object) => `/audit?${new URLSearchParams({ ...kept, ...change } as Record<string, string>)}`
  return {
    rows: rows.map((line) => ({
      at: dateTimeText(line.at),
      datetime: line.at.toISOString(),
      who: line.actorId === null ? t('audit:system') : line.actorName,
      kind: t(`audit:kind.${line.kind}`),
      sentence: actionSentence(language, line.action, { act: actOf(line, language) }),
      subject: numbers.get(line.subject) ?? line.subject,
      detail: detailOf(line),
      ip: line.ip ?? '',
      request: line.requestId ?? '',
    })),
    query: kept,
    kinds: (['change', 'read', 'access'] as const).map((value) => ({ value, word: t(`audit:kind.${value}`) })),
    actions: auditActions.map((value) => ({ value, word: actionSentence(language, value, { act: '' }) })),
    pager: {
      words: t('audit:pageWords', { n: rows.length }),
      ...(earlier && rows[0] ? { previous: address({ before: String(rows[0].id) }) } : {}),
      ...(later && rows.length > 0 ? { next: address({ after: String(rows.at(-1)!.id) }) } : {}),
    },
    nothing: {
      heading: t('audit:none'),
      hint: t('audit:noneHint'),
      next: { href: '/audit', word: t('audit:clear') },
    },
  }
}

function actOf({ subject }: AuditLine, language: Language): string {
  const act = subject.replace(/^act:/, '')
  return translateIfKnown(language, `access:act.${act}`) ?? act
}

/** Old → new, as stored and masked (PRV-02): the auditor reads what was written, not what today's words make of it. */
function detailOf({ before, after, why }: AuditLine): string {
  const [old, next] = [before, after].map((held) => veilDeep(held ?? {}) as Record<string, unknown>)
  const names = [...new Set([...Object.keys(next!), ...Object.keys(old!)])]
  const parts = names.map((name) => {
    const [was, is] = [old![name], next![name]].map((value) => (value === undefined ? '' : plain(value)))
    return name in old! ? `${name}: ${was} → ${is}` : `${name}: ${is}`
  })
  return [...(why ? [why] : []), ...parts].join('; ')
}

const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
