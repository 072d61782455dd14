import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { reading } from '../audit/change.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Block, Paper, Section } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { lineRow } from './hand-pages.ts'
import { linesOf, sharesOf, type Line, type Share } from './lines.ts'
import type { Handover } from './queries.ts'
import { isThing, thingNames } from './things.ts'

const mostPrinted = 20_000

/** ACC-02: the list that both sides sign; nothing leaves before the trail knows it (AUD-01). */
export async function printHandover(actor: Actor, handover: Handover, now: Date) {
  const detailed = mayEver(actor, 'customers.view')
  const [shares, lines] = await Promise.all([
    sharesOf(actor, handover.id),
    detailed ? linesOf(actor, handover.id, { limit: mostPrinted }) : [],
  ])
  const { pdf, sha256 } = await renderDocument(paperOf(actor, handover, { shares, lines, detailed }, now))
  await reading(actor, 'handover.printed', `handover:${handover.id}`, { after: { sha256, lines: lines.length } })
  return { type: 'application/pdf', fileName: `${handover.number}.pdf`, body: pdf }
}

type Found = { shares: Share[]; lines: Line[]; detailed: boolean }

function paperOf(actor: Actor, handover: Handover, found: Found, now: Date): Paper {
  const t = translate[actor.language]
  const { number, leaver } = handover
  const word = t('handovers:pdf.document')
  return {
    ...edgesOf(actor, now, { document: word, middle: leaver.name, mark: t('design:seal.internal'), left: number }),
    title: `${word} ${number}`,
    sections: [
      { title: t('handovers:pdf.facts'), blocks: [{ kind: 'facts', facts: factsOf(handover, t) }] },
      summaryOf(found, t),
      // Before the lists, so that it is signed on one sheet however long they are.
      { title: t('handovers:pdf.signatures'), blocks: signatures(handover, found.shares, t) },
      ...lists(actor, found, t),
    ],
  }
}

function factsOf(handover: Handover, t: Translate) {
  const { number, leaver, leavesOn, startedAt, startedBy, papersAt, papersBy, papersNote, endedAt } = handover
  const label = (name: 'leaver' | 'department' | 'leavesOn' | 'started' | 'by' | 'papers' | 'ended') =>
    t(`handovers:pdf.${name}`)
  const papers = papersAt ? `${papersNote ?? ''}（${papersBy?.name ?? ''} ${dateTimeText(papersAt)}）` : null
  return [
    { label: t('handovers:column.number'), value: number },
    { label: label('leaver'), value: `${leaver.name} ${leaver.number}` },
    { label: label('department'), value: leaver.department?.name ?? '—' },
    { label: label('leavesOn'), value: leavesOn ? dateText(leavesOn) : '—' },
    { label: label('started'), value: dateTimeText(startedAt) },
    { label: label('by'), value: startedBy.name },
    { label: label('papers'), value: papers ?? t('handovers:pdf.papersNone') },
    { label: label('ended'), value: endedAt ? dateTimeText(endedAt) : t('handovers:pdf.open') },
  ]
}

function summaryOf({ shares, detailed }: Found, t: Translate): Section {
  const none: Block = { kind: 'text', text: t('handovers:pdf.none') }
  const blocks = shares.length === 0 ? [none] : [...counted(detailed, t), sums(shares, t)]
  return { title: t('handovers:section.handed'), blocks }
}

function lists(actor: Actor, { lines }: Found, t: Translate): Section[] {
  return thingNames.flatMap((thing): Section[] => {
    const rows = lines.filter(({ kind }) => kind === thing).map((line) => lineRow(line, actor))
    return rows.length === 0 ? [] : [{ title: t(`handovers:thing.${thing}`), blocks: [listed(rows, t)] }]
  })
}

const counted = (detailed: boolean, t: Translate): Block[] =>
  detailed ? [] : [{ kind: 'text', text: t('handovers:pdf.countOnly') }]

function sums(shares: Share[], t: Translate): Block {
  const total = shares.reduce((sum, { n }) => sum + n, 0)
  return {
    kind: 'table',
    columns: [
      { title: t('handovers:column.to'), width: 45 },
      { title: t('handovers:column.thing') },
      { title: t('handovers:column.n'), width: 18, align: 'right' },
      { title: t('handovers:column.received'), width: 45 },
    ],
    rows: shares.map(({ name, number, kind, n, received, since }) => [
      name === null ? '—' : `${name} ${number}`,
      isThing(kind) ? t(`handovers:thing.${kind}`) : kind,
      String(n),
      name === null ? t('handovers:nobody') : received && since === 0 ? dateTimeText(received) : '',
    ]),
    totals: [[t('handovers:pdf.total'), '', String(total), '']],
  }
}

function listed(rows: ReturnType<typeof lineRow>[], t: Translate): Block {
  return {
    kind: 'table',
    columns: [
      { title: t('handovers:column.number'), width: 36 },
      { title: t('handovers:column.about') },
      { title: t('handovers:column.to'), width: 30 },
      { title: t('handovers:column.at'), width: 32 },
    ],
    rows: rows.map(({ label, about, to, at }) => [label, about, to, at]),
  }
}

function signatures({ leaver, startedBy, papersBy }: Handover, shares: Share[], t: Translate): Block[] {
  const receivers = [...new Set(shares.flatMap(({ name, number }) => (name === null ? [] : `${name} ${number}`)))]
  const head = papersBy ?? startedBy
  const parties = [
    [t('handovers:pdf.leaver'), `${leaver.name} ${leaver.number}`],
    ...receivers.map((name) => [t('handovers:pdf.receiver'), name]),
    [t('handovers:pdf.head'), `${head.name} ${head.number}`],
  ]
  return [
    { kind: 'text', text: t('handovers:pdf.notice') },
    {
      kind: 'table',
      columns: [
        { title: t('handovers:pdf.party'), width: 24 },
        { title: t('handovers:pdf.name'), width: 45 },
        { title: t('handovers:pdf.signed') },
        { title: t('handovers:pdf.date'), width: 35 },
      ],
      // Two lines: room for a hand.
      rows: parties.map((party) => [...party, '\n', '']),
    },
  ]
}
