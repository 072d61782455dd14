import type { Actor } from '../access/actor.ts'
import { edgesOf } from '../documents/edge-words.ts'
import type { Paper } from '../documents/paper.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { CopyRecord, PermitLine } from './queries.ts'

/** ARC-13: number, holder, permit, time and mark of a copy on paper, with room for the two who hand it over. */
export function coverSheet(actor: Actor, record: CopyRecord, line: PermitLine, now: Date): Paper {
  const t = translate[actor.language]
  const { copy, number: permit, holder, way, dueOn } = record
  const mark = t(`archive:mark.${line.secrecy}`)
  const facts = [
    { label: t('copies:field.number'), value: copy.number },
    { label: t('copies:field.permit'), value: permit },
    { label: t('copies:field.mark'), value: mark },
    { label: t('copies:field.item'), value: `${line.number} ${line.title}`.trim() },
    { label: t('copies:field.way'), value: t(`copies:way.${way}`) },
    { label: t('copies:field.pages'), value: String(copy.pages) },
    { label: t('copies:field.holder'), value: holder },
    { label: t('copies:field.madeAt'), value: `${dateTimeText(copy.madeAt)} ${copy.madeBy}` },
    { label: t('copies:field.dueOn'), value: dueOn },
  ]
  const sign = { columns: ['handed', 'received'] as const }
  return {
    ...edgesOf(actor, now, {
      document: t('copies:cover.title'),
      middle: copy.number,
      mark,
      left: t('copies:stamp.head', { number: copy.number, permit }),
    }),
    title: `${t('copies:cover.title')} ${copy.number}`,
    sections: [
      { title: t('copies:cover.facts'), blocks: [{ kind: 'facts', facts }] },
      { title: t('copies:cover.rules'), blocks: [{ kind: 'text', text: t('copies:cover.text') }] },
      {
        title: t('copies:cover.signatures'),
        blocks: [
          {
            kind: 'table',
            columns: [{ title: '', width: 40 }, { title: '' }, { title: t('copies:cover.day'), width: 50 }],
            rows: sign.columns.map((name) => [t(`copies:cover.${name}`), '', '']),
          },
        ],
      },
    ],
  }
}
