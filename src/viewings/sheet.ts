import type { Actor } from '../access/actor.ts'
import { highestOf } from '../archive/signing.ts'
import { reading } from '../audit/change.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Block, Paper } from '../documents/paper.ts'
import { renderDocument } from '../documents/printer.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { Download } from '../web/route.ts'
import { placeOf, signaturesOf } from './asking.ts'
import type { Viewing } from './queries.ts'
import { itemText, visitorText, whoText, windowText } from './saying.ts'

/** 18.2: the sheet that is signed and stamped on paper; nothing leaves before the trail knows of it. */
export async function printViewing(actor: Actor, viewing: Viewing, now: Date): Promise<Download> {
  const { pdf, sha256 } = await renderDocument(await paperOf(actor, viewing, now))
  const after = { number: viewing.number, sha256 }
  await reading(actor, 'viewing.printed', `customer:${viewing.customerId}`, { after })
  return { type: 'application/pdf', fileName: `${viewing.number}.pdf`, body: Buffer.from(pdf) }
}

async function paperOf(actor: Actor, viewing: Viewing, now: Date): Promise<Paper> {
  const t = translate[actor.language]
  const { number, items } = viewing
  const document = t('viewings:sheet.document')
  return {
    ...edgesOf(actor, now, { document, middle: number, mark: t(`archive:mark.${highestOf(items)}`), left: number }),
    title: `${document} ${number}`,
    sections: [
      { title: t('viewings:sheet.facts'), blocks: [{ kind: 'facts', facts: factsOf(t, viewing) }] },
      {
        title: t('viewings:sheet.items'),
        blocks: items.map((item) => ({ kind: 'text', text: itemText(t, item) })),
      },
      { title: t('viewings:sheet.signatures'), blocks: [await signatures(t, viewing, now)] },
    ],
  }
}

function factsOf(t: Translate, viewing: Viewing) {
  const { purpose, reason, filedAt, visitor, customer } = viewing
  return [
    { label: t('viewings:field.number'), value: viewing.number },
    { label: t('viewings:field.applicant'), value: whoText(viewing) },
    ...(customer ? [{ label: t('viewings:field.customer'), value: `${customer.name} ${customer.number}` }] : []),
    ...(visitor ? [{ label: t('viewings:field.visitor'), value: visitorText(t, visitor) }] : []),
    { label: t('viewings:field.window'), value: windowText(viewing) },
    { label: t('viewings:field.purpose'), value: t(`archive:purpose.${purpose}`) },
    { label: t('viewings:field.reason'), value: reason },
    { label: t('viewings:field.filed'), value: dateTimeText(filedAt) },
  ]
}

/** A line to sign on for each signature that it needs. */
async function signatures(t: Translate, { items, visitor }: Viewing, now: Date): Promise<Block> {
  const asked = { items, visitor: visitor !== null }
  const needed = signaturesOf(await regulationAt(now), asked, placeOf({ departmentId: null }))
  return {
    kind: 'table',
    columns: [
      { title: t('viewings:sheet.role'), width: 62 },
      { title: t('viewings:sheet.sign') },
      { title: t('viewings:sheet.date'), width: 40 },
    ],
    rows: needed.map(({ role }) => [
      role === 'dept_head' ? t('viewings:sheet.head') : `${t('viewings:sheet.service')}，${t(`access:role.${role}`)}`,
      '',
      '',
    ]),
  }
}
