import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { Download } from '../web/route.ts'
import { disclosuresFor, type Disclosure } from './queries.ts'
import { standingOf } from './rules.ts'
import { fieldWords, periodText } from './saying.ts'

const most = 500

/** The register as a document; that it leaves is in the trail before its first byte. */
export async function printRegister(actor: Actor, now: Date): Promise<Download> {
  const { rows, more } = await disclosuresFor(actor, { q: '' }, now, most)
  const { pdf, sha256 } = await renderDocument(registerPaper(actor, rows, more, now))
  await reading(actor, 'disclosure.register_printed', 'register:disclosures', { after: { n: rows.length, sha256 } })
  return { type: 'application/pdf', fileName: `disclosures-${dateText(now)}.pdf`, body: pdf }
}

function registerPaper(actor: Actor, rows: Disclosure[], more: boolean, now: Date): Paper {
  const t = translate[actor.language]
  const document = t('disclosures:print.document')
  const columns = ['number', 'recipient', 'purpose', 'fields', 'period', 'state'] as const
  const widths = { number: 28, recipient: 30, period: 26, state: 22 } as Partial<
    Record<(typeof columns)[number], number>
  >
  const given = (one: Disclosure) =>
    [...fieldWords(t, one.fields), ...one.items.map(({ number }) => number)].join(t('web:comma'))
  return {
    ...edgesOf(actor, now, {
      document,
      middle: t('disclosures:print.middle', { at: dateTimeText(now) }),
      left: document,
    }),
    title: document,
    sections: [
      {
        title: t('disclosures:title'),
        blocks: [
          ...(more ? [{ kind: 'text' as const, text: t('disclosures:print.more', { n: most }) }] : []),
          {
            kind: 'table',
            columns: columns.map((name) => ({ title: t(`disclosures:field.${name}`), width: widths[name] })),
            rows: rows.map((one) => [
              `${one.number}\n${one.applicant}`,
              `${one.recipient}\n${one.agreement.number}`,
              one.purpose,
              given(one),
              periodText(t, one),
              [
                t(`disclosures:standing.${standingOf(one, dateText(now))}`),
                one.handedAt ? `${dateTimeText(one.handedAt)} ${one.handedTo ?? ''}` : '',
              ]
                .filter(Boolean)
                .join('\n'),
            ]),
          },
        ],
      },
    ],
  }
}
