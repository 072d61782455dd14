import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { nextCopyNumber } from '../customers/queries.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Block, Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import type { ObjectList } from './contract.ts'
import { handlers } from './handlers.ts'
import { wordOf } from './kinds.ts'
import type { SeenRequest, StepRow } from './reading.ts'
import { moneyText } from './request-page.ts'
import { shownFor, type Shown } from './shown.ts'
import { roleText, whoText } from './steps-page.ts'

/** 审批单: nothing leaves before the trail knows the copy's number and content (AUD-01). */
export async function printSheet(actor: Actor, request: SeenRequest, now: Date) {
  const [shown, objects, copyNumber] = await Promise.all([
    shownFor(actor, request, now),
    handlers[request.kind].objects?.(actor, request),
    nextCopyNumber(yearOf(now)),
  ])
  const { pdf, sha256 } = await renderDocument(sheetOf(actor, { ...shown, objects: objects ?? null }, copyNumber, now))
  const after = { number: request.number, copyNumber, sha256 }
  await reading(actor, 'approval.printed', request.subject, { after })
  return { type: 'application/pdf', fileName: `${request.number}-${copyNumber}.pdf`, body: pdf }
}

type Printed = Shown & { objects: ObjectList | null }

export function sheetOf(actor: Actor, shown: Printed, copyNumber: string, now: Date): Paper {
  const t = translate[actor.language]
  const { number } = shown.request
  const document = t('approvals:sheet.title')
  const left = `${number}　${t('approvals:sheet.copy', { number: copyNumber })}`
  return {
    ...edgesOf(actor, now, { document, middle: number, mark: t('design:seal.internal'), left }),
    title: `${document} ${number}`,
    sections: [
      { title: t('approvals:sheet.request'), blocks: [{ kind: 'facts', facts: requestFacts(t, shown) }] },
      ...(shown.card.asked.length > 0 ? [{ title: t('approvals:sheet.asked'), blocks: [askedTable(t, shown)] }] : []),
      ...(shown.card.facts.length > 0
        ? [
            {
              title: t('approvals:sheet.facts'),
              blocks: [{ kind: 'facts' as const, facts: shown.card.facts.map(plain) }],
            },
          ]
        : []),
      ...(shown.objects ? [{ title: t('approvals:sheet.objects'), blocks: objectBlocks(shown.objects) }] : []),
      { title: t('approvals:sheet.signatures'), blocks: [signatures(t, shown)] },
    ],
  }
}

const plain = ({ label, value }: { label: string; value: string }) => ({ label, value })

function requestFacts(t: Translate, { request, card }: Shown) {
  const { number, kind, filedBy, filedByNumber, filedAt, amount, reason, state } = request
  return [
    { label: t('approvals:field.number'), value: number },
    { label: t('approvals:field.kind'), value: t(`approvals:kind.${wordOf(kind)}`) },
    { label: t('approvals:sheet.subject'), value: card.title },
    { label: t('approvals:field.filedBy'), value: `${filedBy} ${filedByNumber}` },
    { label: t('approvals:field.filedAt'), value: dateTimeText(filedAt) },
    ...(amount ? [{ label: t('approvals:request.amount'), value: `¥${moneyText(amount)}` }] : []),
    ...(reason ? [{ label: t('approvals:sheet.reasonOf'), value: reason }] : []),
    { label: t('approvals:field.state'), value: t(`approvals:state.${state}`) },
  ]
}

function askedTable(t: Translate, { card }: Shown): Block {
  return {
    kind: 'table',
    columns: [
      { title: t('approvals:field.item'), width: 40 },
      { title: t('approvals:field.before') },
      { title: t('approvals:field.after') },
    ],
    rows: card.asked.map(({ label, before, after }) => [label, before, after]),
  }
}

function objectBlocks({ columns, rows, more }: ObjectList): Block[] {
  const table: Block = { kind: 'table', columns: columns.map((title) => ({ title })), rows }
  return more ? [table, { kind: 'text', text: more }] : [table]
}

function signatures(t: Translate, { request, steps }: Shown): Block {
  const filed = [
    '',
    request.filedBy,
    '',
    t('approvals:step.filed'),
    dateTimeText(request.filedAt),
    request.reason ?? '',
  ]
  return {
    kind: 'table',
    columns: [
      { title: t('approvals:sheet.n'), width: 10 },
      { title: t('approvals:sheet.who'), width: 32 },
      { title: t('approvals:sheet.role'), width: 34 },
      { title: t('approvals:sheet.verdict'), width: 20 },
      { title: t('approvals:sheet.at'), width: 31 },
      { title: t('approvals:sheet.reason') },
    ],
    rows: [filed, ...steps.map((step) => signature(t, step))],
  }
}

function signature(t: Translate, step: StepRow): string[] {
  const at = step.decidedAt ? dateTimeText(step.decidedAt) : ''
  return [String(step.n), whoText(t, step), roleText(t, step), t(`approvals:step.${step.state}`), at, step.reason ?? '']
}
