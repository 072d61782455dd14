import type { Actor } from '../access/actor.ts'
import { markOf } from '../archive/marks.ts'
import { reading } from '../audit/change.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Block, Paper, Section } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { NotFound } from '../lib/refused.ts'
import { heldRow } from './count-pages.ts'
import { sumsByKind, type KindSum } from './counts.ts'
import { heldNow, type Certificate } from './queries.ts'

/** ARC-23: what the owner signs for when a certificate goes back for good; nothing leaves before the trail knows it. */
export async function printReceipt(actor: Actor, one: Certificate, now: Date) {
  if (!one.givenBackAt || !one.known) throw new NotFound()
  const t = translate[actor.language]
  const sections = [
    { title: t('certificates:pdf.facts'), blocks: [factsBlock(t, one)] },
    { title: t('certificates:pdf.signatures'), blocks: signatures(t, one) },
  ]
  const paper = paperOf(t, actor, { word: t('certificates:pdf.receipt'), left: one.number, sections }, now)
  const { pdf, sha256 } = await renderDocument({ ...paper, head: { ...paper.head, mark: markOf(t, one.secrecy) } })
  const after = { certificate: one.number, sha256 }
  await reading(actor, 'certificate.printed', `customer:${one.customerId}`, { after })
  return { type: 'application/pdf', fileName: `${one.number}.pdf`, body: pdf }
}

/** The list that the safe is counted against, with room to write. */
export async function printCountList(actor: Actor, now: Date) {
  const t = translate[actor.language]
  const [held, sums] = await Promise.all([heldNow(actor), sumsByKind(actor, true)])
  const sections = [
    { title: t('certificates:sums.title'), blocks: [sumsBlock(t, sums)] },
    { title: t('certificates:pdf.list'), blocks: [listBlock(t, held)] },
    { title: t('certificates:pdf.signatures'), blocks: [signBlock(t, ['counter', 'witness'])] },
  ]
  const left = dateTimeText(now)
  const { pdf, sha256 } = await renderDocument(
    paperOf(t, actor, { word: t('certificates:pdf.count'), left, sections }, now),
  )
  await reading(actor, 'certificate.list_printed', 'certificates', { after: { sha256, certificates: held.length } })
  return { type: 'application/pdf', fileName: 'certificates-count.pdf', body: pdf }
}

type Printing = { word: string; left: string; sections: Section[] }

function paperOf(t: Translate, actor: Actor, { word, left, sections }: Printing, now: Date): Paper {
  return {
    ...edgesOf(actor, now, { document: word, middle: left, mark: markOf(t, 'internal'), left }),
    title: `${word} ${left}`,
    sections,
  }
}

function factsBlock(t: Translate, one: Certificate): Block {
  const fact = (
    name: 'number' | 'kind' | 'certNumber' | 'owner' | 'quantity' | 'customer' | 'givenBackAt' | 'givenBackTo',
    value: string,
  ) => ({ label: t(`certificates:field.${name}`), value })
  return {
    kind: 'facts',
    facts: [
      fact('number', one.number),
      fact('kind', one.kind),
      fact('certNumber', one.certNumber),
      fact('owner', one.owner),
      fact('quantity', String(one.quantity)),
      fact('customer', one.customer.name),
      fact('givenBackAt', one.givenBackAt ? dateTimeText(one.givenBackAt) : ''),
      fact('givenBackTo', one.givenBackTo ?? ''),
    ],
  }
}

function signatures(t: Translate, { givenBackTo, givenBackBy, witness }: Certificate): Block[] {
  const names = { receiver: givenBackTo ?? '', giver: givenBackBy ?? '', witness: witness ?? '' }
  return [{ kind: 'text', text: t('certificates:pdf.received') }, signBlock(t, ['receiver', 'giver', 'witness'], names)]
}

type Signer = 'receiver' | 'giver' | 'witness' | 'counter'

function signBlock(t: Translate, signers: readonly Signer[], names: Partial<Record<Signer, string>> = {}): Block {
  return {
    kind: 'table',
    columns: [
      { title: t('certificates:pdf.party'), width: 40 },
      { title: t('certificates:pdf.name'), width: 40 },
      { title: t('certificates:pdf.signed') },
      { title: t('certificates:pdf.date'), width: 32 },
    ],
    // Two lines: room for a hand.
    rows: signers.map((signer) => [t(`certificates:pdf.${signer}`), names[signer] ?? '', '\n', '']),
  }
}

function sumsBlock(t: Translate, sums: KindSum[]): Block {
  const total = (name: 'here' | 'out') => String(sums.reduce((sum, one) => sum + one[name], 0))
  return {
    kind: 'table',
    columns: [
      { title: t('certificates:field.kind') },
      { title: t('certificates:sums.here'), width: 30, align: 'right' },
      { title: t('certificates:sums.out'), width: 30, align: 'right' },
    ],
    rows: sums.map(({ kind, here, out }) => [kind, String(here), String(out)]),
    totals: [[t('certificates:sums.total'), total('here'), total('out')]],
  }
}

function listBlock(t: Translate, held: Certificate[]): Block {
  return {
    kind: 'table',
    columns: [
      { title: t('certificates:field.number'), width: 30 },
      { title: t('certificates:field.certNumber') },
      { title: t('certificates:field.place'), width: 34 },
      { title: t('certificates:count_.expected'), width: 16, align: 'right' },
      { title: t('certificates:count_.counted'), width: 18 },
      { title: t('certificates:count_.why'), width: 30 },
    ],
    rows: held
      .map(heldRow)
      .map(({ number, about, place, expected, lent }) => [
        number,
        [about, lent].filter(Boolean).join('\n'),
        place,
        String(expected),
        '',
        '',
      ]),
  }
}
