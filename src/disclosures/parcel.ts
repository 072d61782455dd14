import type { Actor } from '../access/actor.ts'
import { markOf } from '../archive/marks.ts'
import { highestOf } from '../archive/signing.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Enclosed, Paper } from '../documents/paper.ts'
import { readFile } from '../files/keeping.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Grounds } from './grounds.ts'
import type { Content, Disclosure } from './queries.ts'
import { periodText, valueLines } from './saying.ts'

/** ARC-15: the package: a cover that says what it is, the approved fields, and the approved contents enclosed as they are. */
export async function parcelOf(
  actor: Actor,
  disclosure: Disclosure,
  grounds: Grounds,
  password: string | null,
  now: Date,
): Promise<Paper> {
  const t = translate[actor.language]
  const { number, recipient, agreement, purpose, basis, way } = disclosure
  const { contents } = grounds
  const document = t('disclosures:parcel.document')
  const copy = t('disclosures:parcel.copy', { number })
  const facts = valueLines(t, grounds.values)
  const edges = edgesOf(actor, now, { document, middle: recipient, mark: markOf(t, highestOf(contents)), left: copy })
  const line = (
    name: 'recipient' | 'agreement' | 'purpose' | 'basis' | 'period' | 'way' | 'approval',
    value: string,
  ) => ({
    label: t(`disclosures:field.${name}`),
    value,
  })
  return {
    ...edges,
    // A file for a party outside is made, not printed.
    foot: { ...edges.foot, middle: t('disclosures:parcel.made', { name: actor.name, at: dateTimeText(now) }) },
    title: `${document} ${number}`,
    sections: [
      {
        title: t('disclosures:parcel.about'),
        blocks: [
          {
            kind: 'facts',
            facts: [
              { label: t('disclosures:field.number'), value: copy },
              line('recipient', recipient),
              line('agreement', agreement.number),
              line('approval', disclosure.request?.number ?? ''),
              line('purpose', purpose),
              line('basis', t(`disclosures:basis.${basis}`)),
              line('period', periodText(t, disclosure)),
              line('way', t(`disclosures:way.${way}`)),
            ],
          },
          { kind: 'text', text: t('disclosures:parcel.duty') },
        ],
      },
      ...(facts.length > 0
        ? [{ title: t('disclosures:parcel.fields'), blocks: [{ kind: 'facts' as const, facts }] }]
        : []),
      ...(contents.length > 0 ? [{ title: t('disclosures:parcel.items'), blocks: [hashes(contents, t)] }] : []),
    ],
    enclosed: await Promise.all(contents.map(enclosedOf)),
    ...(password ? { password } : {}),
  }
}

function hashes(contents: readonly Content[], t: (typeof translate)['zh']) {
  return {
    kind: 'table' as const,
    columns: [
      { title: t('disclosures:parcel.file'), width: 62 },
      { title: t('disclosures:parcel.mark'), width: 28 },
      { title: 'SHA-256' },
    ],
    rows: contents.map((content) => [nameOf(content), markOf(t, content.secrecy), content.sha256 ?? '']),
  }
}

/** DA2026000318-07 供货合同.pdf */
export const nameOf = ({ number, name }: Pick<Content, 'number' | 'name'>) => `${number} ${name ?? ''}`.trim()

async function enclosedOf(content: Content): Promise<Enclosed> {
  const pieces: Buffer[] = []
  for await (const piece of await readFile(content.sha256!)) pieces.push(piece as Buffer)
  return {
    name: nameOf(content),
    description: content.title,
    type: content.type ?? 'application/octet-stream',
    bytes: Buffer.concat(pieces),
  }
}
