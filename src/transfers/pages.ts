import type { Actor } from '../access/actor.ts'
import { missingParts } from '../archive/parts.ts'
import { archiveTabs } from '../archive/tabs.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import type { HistoryLine } from '../customers/history/queries.ts'
import { historyItems } from '../customers/history/lines.ts'
import type { Seen } from '../customers/carded.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { itemRow, sums } from './item-rows.ts'
import { stateTag } from './list-pages.ts'
import { actsOf } from './page-acts.ts'
import { transferPolicy } from './policy.ts'
import type { Supplement, Transfer, TransferItem } from './queries.ts'
import { isLate } from './rules.ts'
import { isOpen } from './states.ts'
import { supplementRow } from './supplement-rows.ts'

type Found = {
  items: TransferItem[]
  supplements: Supplement[]
  history: HistoryLine[]
  seen: Seen
  limit: Date
  waiting: { number: string } | null
}

export function transferPage(actor: Actor, transfer: Transfer, found: Found, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const { items, supplements, history, limit } = found
  const late =
    isOpen(transfer.state) &&
    transfer.state !== 'checked' &&
    isLate({ limit, lateApprovedAt: transfer.lateApprovedAt }, now)
  const rows = items.map((item) => itemRow(t, actor, transfer, item))
  return {
    archive: archiveTabs(actor, '/transfers'),
    transfer,
    state: stateTag(t, transfer),
    tag: transfer.clock ? deadlineTag(t, transfer.clock, now, calendar) : null,
    acts: actsOf(t, actor, transfer, { late, items: items.length }),
    callouts: calloutsOf(t, transfer, found, late),
    facts: factsOf(t, transfer, found),
    rows: rows.filter(({ attachment }) => !attachment),
    attachments: rows.filter(({ attachment }) => attachment),
    sum: t('transfers:item.sum', sums(items)),
    missing: missingText(t, transfer, items),
    signers: signersOf(t, transfer),
    supplements: supplements.map((one) => supplementRow(t, transfer, one, transferPolicy.checker(actor, transfer))),
    history: historyItems(actor, history, now),
  }
}

function calloutsOf(t: Translate, transfer: Transfer, { limit, waiting }: Found, late: boolean) {
  const { backReason, endReason, lateApprovedAt, lateReason } = transfer
  const rule = { id: 'ARC-03' }
  return [
    ...(backReason ? [{ tone: 'warn', text: t('transfers:backReason', { reason: backReason }) }] : []),
    ...(endReason ? [{ tone: 'bad', text: t('transfers:endReason', { reason: endReason }) }] : []),
    ...(late && waiting ? [{ tone: 'warn', text: t('transfers:lateWaiting', { number: waiting.number }), rule }] : []),
    ...(late && !waiting
      ? [{ tone: 'bad', text: t('transfers:lateNeeded', { limit: dateTimeText(limit) }), rule }]
      : []),
    ...(lateApprovedAt ? [{ tone: 'ok', text: t('transfers:lateApproved', { reason: lateReason ?? '' }), rule }] : []),
  ]
}

function factsOf(t: Translate, transfer: Transfer, { seen, limit, items }: Found) {
  const { customer, fileKind, fileNumber, endedOn } = transfer
  const { attachments, certificates } = sums(items)
  return [
    {
      label: t('transfers:field.customer'),
      value: customer.name,
      ...(seen ? { href: `/customers/${customer.number}` } : {}),
    },
    { label: t('transfers:field.fileKind'), value: t(`archive:fileKind.${fileKind}`) },
    { label: t('transfers:field.endedOn'), value: endedOn },
    { label: t('transfers:field.limit'), value: dateTimeText(limit) },
    {
      label: t('transfers:field.file'),
      value: fileNumber ?? '',
      ...(fileNumber ? { href: `/archive/files/${fileNumber}` } : {}),
    },
    { label: t('transfers:field.certificates'), value: String(certificates) },
    { label: t('transfers:field.attachments'), value: String(attachments) },
  ]
}

/** ARC-24: which parts of such a file nothing on the list belongs to. */
export function missingText(t: Translate, { fileKind }: Transfer, items: readonly TransferItem[]) {
  if (fileKind === 'general') return null
  const missing = missingParts(
    fileKind,
    items.map(({ part }) => part),
  )
  const parts = missing.map((part) => t(`archive:part.${part}`)).join(t('web:comma'))
  return {
    none: missing.length === 0,
    text: parts ? t('transfers:missingParts', { parts }) : t('transfers:missingNone'),
  }
}

export function signersOf(t: Translate, transfer: Transfer) {
  const { officer, checker, archivist, handedAt, checkedAt, takenAt, state } = transfer
  const turn = { listing: 0, handed: 1, checked: 2, taken: -1, cancelled: -1 }[state]
  const one = (name: 'officer' | 'checker' | 'archivist', at: number, person: string, signed: Date | null) => ({
    name: t(`transfers:step.${name}`),
    note: t(signed ? 'transfers:signed' : 'transfers:toSign', { name: person }),
    ...(signed ? { when: dateTimeText(signed), at: 'done' as const } : turn === at ? { at: 'now' as const } : {}),
  })
  return [
    one('officer', 0, officer.name, handedAt),
    one('checker', 1, checker.name, checkedAt),
    one('archivist', 2, archivist.name, takenAt),
  ]
}
