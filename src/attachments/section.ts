import type { Actor } from '../access/actor.ts'
import { kinds } from '../files/kinds.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Host } from './host.ts'
import { kindOf, type AttachmentRow, type AttachmentsShown } from './queries.ts'
import { sizeText } from './sizes.ts'

export const mostOnPage = 6

/** The part of a record's page about its files (views/attachments/section.ejs). */
export function attachmentsSection(
  { language }: Actor,
  { home, kind }: Host,
  mayAdd: boolean,
  { count, removed, rows }: AttachmentsShown,
) {
  const t = translate[language]
  return {
    home,
    add: mayAdd ? `${home}/attachments/new` : null,
    none: t(mayAdd ? invitations[kind] : 'attachments:noneToRead'),
    rows: rows.map((row) => attachmentRow(home, row)),
    more:
      count > rows.length || removed > 0
        ? {
            href: `${home}/attachments`,
            word: t('attachments:more', { n: count }),
            removed: removed > 0 ? t('attachments:removedCount', { n: removed }) : '',
          }
        : null,
  }
}

const invitations = {
  customer: 'attachments:none',
  complaint: 'attachments:noneOfComplaint',
  visit: 'attachments:noneOfVisit',
} as const

/** One line: what it is, how large, which version, who put it there and when. */
export function attachmentRow(home: string, row: AttachmentRow) {
  const kind = kindOf(row)
  return {
    title: row.title,
    href: `${home}/attachments/${row.id}`,
    icon: kinds[kind].icon,
    ending: endingOf(row.name),
    note: row.note ?? '',
    size: sizeText(row.bytes),
    n: row.n,
    at: dateTimeText(new Date(row.at)),
    by: row.by,
    removed: row.removed,
  }
}

const endingOf = (name: string) => name.slice(name.lastIndexOf('.') + 1).toUpperCase()
