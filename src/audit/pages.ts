import type { Actor } from '../access/actor.ts'
import { withoutUnseen } from '../complaints/unseen.ts'
import { veilDeep } from '../customers/sensitivity.ts'
import { translate, translateIfKnown, type Language, type Key } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Check } from '../sealing/queries.ts'
import { checkSentence } from '../sealing/sentences.ts'
import { actionSentence, namesOf, auditActions } from './actions.ts'
import type { AuditLine, auditLines } from './queries.ts'
import type { AuditQuery } from './forms.ts'

type Found = Awaited<ReturnType<typeof auditLines>>

export function auditPage({ language }: Actor, query: AuditQuery, found: Found, check: Check | undefined) {
  const { rows, earlier, later } = found
  const t = translate[language]
  const { after: _after, before: _before, ...kept } = query
  const address = (change: object) => `/audit?${new URLSearchParams({ ...kept, ...change } as Record<string, string>)}`
  return {
    rows: rows.map((line) => lineModel(line, found, language)),
    files: (['xlsx', 'csv'] as const).map((format) => ({
      href: `/audit/file?${new URLSearchParams({ ...kept, format })}`,
      word: t(`audit:file.${format}`),
    })),
    check: checkSentence(t, check),
    query: kept,
    hour: kept.until && kept.hour ? { word: t('audit:hourBefore', kept), remove: address({ hour: '' }) } : null,
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

/** Lines that are about no single record. */
const wholes: Record<string, Key> = { trail: 'audit:title', customers: 'web:nav.customers' }

/** One line of the trail in words, for the page and for the file. */
export function lineModel(line: AuditLine, { numbers, unseen }: Pick<Found, 'numbers' | 'unseen'>, language: Language) {
  const t = translate[language]
  return {
    at: dateTimeText(line.at),
    datetime: line.at.toISOString(),
    who: line.actorId === null ? t('audit:system') : line.actorName,
    kind: t(`audit:kind.${line.kind}`),
    sentence: actionSentence(language, line.action, {
      act: actOf(line, language),
      ...namesOf(line.action, veilDeep(line.after ?? {})),
    }),
    subject: wholes[line.subject] ? t(wholes[line.subject]!) : (numbers.get(line.subject) ?? line.subject),
    detail: withoutUnseen(unseen, detailOf(line)),
    ip: line.ip ?? '',
    request: line.requestId ?? '',
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
