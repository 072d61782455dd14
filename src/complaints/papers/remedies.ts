import type { Section } from '../../documents/paper.ts'
import { translateIfKnown } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { joined, money, tableOf, textBlock, type Source } from './blocks.ts'

/** CMP-10: what was offered in each round, item by item, and its sum. */
export function remedySections({ t, content: { remedies } }: Source): Section[] {
  if (remedies.length === 0)
    return [{ title: t('papers:section.noRemedy'), blocks: [{ kind: 'text', text: t('papers:word.none') }] }]
  const columns = [
    { title: t('papers:column.item'), width: 26 },
    { title: t('papers:column.content') },
    { title: t('papers:column.amount'), width: 30, align: 'right' as const },
  ]
  return remedies.map((remedy) => {
    const items = remedy.items.map((item) => [t(`complaints:remedyItem.${item.kind}`), item.text, money(item.amount)])
    const taken = remedy.accepted === null ? '' : t(remedy.accepted ? 'papers:word.accepted' : 'papers:word.rejected')
    const state = joined(t, [t(`papers:remedyState.${remedy.state}`), taken])
    const total = [[t('papers:column.total'), state, money(remedy.total)]]
    return {
      title: t('papers:section.remedy', { round: remedy.round }),
      blocks: [textBlock(remedy.reason), tableOf(t, columns, items, total)],
    }
  })
}

/** APR-04: every signature with its date; who signed for somebody says for whom. */
export function approvalsSection({ t, language, content: { requests } }: Source): Section {
  const columns = [
    { title: t('papers:column.request'), width: 34 },
    { title: t('papers:column.role'), width: 28 },
    { title: t('papers:column.signer'), width: 30 },
    { title: t('papers:column.verdict'), width: 34 },
    { title: t('papers:column.words') },
  ]
  const rows = requests.flatMap(({ number, kind, filedAt, filedBy, steps }) => {
    const about = `${number}\n${translateIfKnown(language, `approvals:kind.${kind.replace('.', '_')}`) ?? kind}`
    const filed = [about, '', filedBy.name, `${t('approvals:step.filed')}\n${dateTimeText(filedAt)}`, '']
    const signed = steps.map((step) => {
      const by = step.decidedBy?.name ?? step.staff?.name ?? ''
      const signer = step.for ? t('papers:word.forName', { by, name: step.for.name }) : by
      const verdict = [t(`approvals:step.${step.state}`), step.decidedAt && dateTimeText(step.decidedAt)]
      return [
        number,
        step.role ? t(`access:role.${step.role}`) : '',
        signer,
        verdict.filter(Boolean).join('\n'),
        step.reason ?? '',
      ]
    })
    return [filed, ...signed]
  })
  return { title: t('papers:section.approvals'), blocks: [tableOf(t, columns, rows)] }
}
