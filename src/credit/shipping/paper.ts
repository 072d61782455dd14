import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { edgesOf } from '../../documents/edge-words.ts'
import type { Block, Paper } from '../../documents/paper.ts'
import { renderDocument } from '../../documents/printer.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import { NotFound } from '../../lib/refused.ts'
import type { Download } from '../../web/route.ts'
import { trailOf, type Release } from '../queries.ts'
import { addressOf, signedFor, type Signed } from './queries.ts'

/** CRD-13: the paper that goes with the goods; of a release that is held there is none. */
export async function printRelease(actor: Actor, release: Release, now: Date): Promise<Download> {
  if (release.state !== 'released' && release.state !== 'shipped') throw new NotFound()
  const [address, signed] = await Promise.all([addressOf(release.customerId), signedFor(release.id)])
  const { pdf, sha256 } = await renderDocument(paperOf(actor, release, { address, signed }, now))
  await reading(actor, 'release.printed', trailOf(release), { after: { release: release.number, sha256 } })
  return { type: 'application/pdf', fileName: `${release.number}.pdf`, body: pdf }
}

type Beside = { address: string; signed: Signed[] }

function paperOf(actor: Actor, release: Release, beside: Beside, now: Date): Paper {
  const t = translate[actor.language]
  const word = t('shipping:paper.title')
  return {
    ...edgesOf(actor, now, { document: word, middle: release.number, left: release.number }),
    title: `${word} ${release.number}`,
    sections: [
      { title: t('shipping:paper.release'), blocks: [codeOf(t, release), factsOf(t, release, beside)] },
      {
        title: t('shipping:paper.received'),
        blocks: [signatures(t), { kind: 'text', text: t('shipping:paper.note') }],
      },
    ],
  }
}

const yuan = (t: Translate, amount: { toFixed: (places: number) => string }) =>
  t('credit:yuan', { amount: moneyText(amount.toFixed(2)) })

const codeOf = (t: Translate, release: Release): Block => ({
  kind: 'code',
  code: release.number,
  lines: [
    release.number,
    release.customer.name,
    release.state === 'shipped' && release.shippedAmount
      ? t('shipping:paper.shipped', { amount: yuan(t, release.shippedAmount), time: dateTimeText(release.shippedAt!) })
      : t('shipping:paper.atMost', { amount: yuan(t, release.amount) }),
  ],
})

const factsOf = (t: Translate, release: Release, { address, signed }: Beside): Block => ({
  kind: 'facts',
  facts: [
    { label: t('credit:field.customer'), value: `${release.customer.name} ${release.customer.number}` },
    { label: t('shipping:address'), value: address || '—' },
    { label: t('credit:field.goods'), value: release.goods },
    { label: t('credit:field.amount'), value: moneyText(release.amount.toFixed(2)) },
    { label: t('shipping:paper.ground'), value: release.ground ? t(`credit:ground.${release.ground}`) : '—' },
    ...signed.map(({ kind, by, at }) => ({
      label: t(`credit:override.${kind}`),
      value: t('shipping:paper.signedBy', { name: by, time: dateTimeText(at) }),
    })),
    { label: t('shipping:paper.releasedAt'), value: dateTimeText(release.releasedAt!) },
    { label: t('shipping:paper.requestedBy'), value: release.requestedBy.name },
  ],
})

const signatures = (t: Translate): Block => ({
  kind: 'table',
  columns: [
    { title: t('shipping:paper.party'), width: 40 },
    { title: t('shipping:paper.signed') },
    { title: t('shipping:paper.date'), width: 36 },
  ],
  // Two lines: room for a hand.
  rows: (['keeper', 'carrier', 'receiver'] as const).map((one) => [t(`shipping:paper.${one}`), '\n', '']),
})
