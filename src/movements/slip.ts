import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate } from '../i18n.ts'
import type { Download } from '../web/route.ts'
import { movementPage } from './pages.ts'
import type { MovementRecord } from './queries.ts'

/** ARC-14: 流转单, which goes along: what moves, under which protection, and room for three signatures. */
export async function printSlip(actor: Actor, record: MovementRecord, now: Date): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(slipOf(actor, record, now))
  const after = { movement: record.number, item: record.itemNumber, sha256 }
  await reading(actor, 'movement.slip_printed', `customer:${record.customerId}`, { after })
  return { type: 'application/pdf', fileName: `${record.number}.pdf`, body: pdf }
}

function slipOf(actor: Actor, record: MovementRecord, now: Date): Paper {
  const t = translate[actor.language]
  const { facts } = movementPage(actor, record, now)
  const document = t('movements:slip.title')
  return {
    ...edgesOf(actor, now, {
      document,
      middle: record.number,
      mark: t(`archive:mark.${record.secrecy}`),
      left: record.number,
    }),
    title: `${document} ${record.number}`,
    sections: [
      { title: document, blocks: [{ kind: 'facts', facts: facts.map(({ label, value }) => ({ label, value })) }] },
      {
        title: t('movements:slip.measure'),
        blocks: [{ kind: 'text', text: t(`movements:slip.${record.measure}`) }],
      },
      {
        title: t('movements:slip.signatures'),
        blocks: [
          {
            kind: 'table',
            columns: [
              { title: '', width: 40 },
              { title: t('movements:slip.name') },
              { title: t('movements:slip.at'), width: 50 },
            ],
            rows: (['giver', 'carrier', 'taker', 'back'] as const).map((name) => [t(`movements:slip.${name}`), '', '']),
          },
        ],
      },
    ],
  }
}
