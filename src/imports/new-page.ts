import type { Actor } from '../access/actor.ts'
import { ledgerSubjects } from '../credit/importing/columns.ts'
import { translate } from '../i18n.ts'
import { subjects, type NewImportQuery } from './forms.ts'
import { mayBring } from './policy.ts'

/** What this person may import, and the templates of what has one. */
export function newPage(actor: Actor, { subject }: NewImportQuery, typed?: Record<string, string>) {
  const t = translate[actor.language]
  const own = subjects.filter((one) => mayBring(actor, one))
  const asked = own.find((one) => one === (typed?.subject ?? subject))
  return {
    subject: {
      value: asked ?? own[0] ?? '',
      options: own.map((value) => ({ value, word: t(`ledgerImports:subject.${value}`) })),
    },
    hints: own.flatMap((one) =>
      one === 'customers' ? [] : [{ word: t(`ledgerImports:title.${one}`), text: t(`ledgerImports:hint.${one}`) }],
    ),
    templates: ledgerSubjects
      .filter((one) => own.includes(one))
      .map((one) => ({
        href: `/imports/templates/${one}.xlsx`,
        word: `${t('ledgerImports:template')} · ${t(`ledgerImports:subject.${one}`)}`,
      })),
  }
}
