import type { Actor } from '../../access/actor.ts'
import { may, type Placed } from '../../access/policy.ts'
import { translate } from '../../i18n.ts'
import type { FileShown } from './queries.ts'

/** The part of a customer's page about its file (views/archive/files/section.ejs); null where the archive is closed. */
export function fileSection(actor: Actor, customer: Placed & { number: string }, file: FileShown | null) {
  if (!may(actor, 'archive.view', customer)) return null
  const t = translate[actor.language]
  const open = may(actor, 'archive.keep', customer) ? `/customers/${customer.number}/archive/opening` : null
  if (!file) return { none: t('archive:file.none'), open, facts: [], href: null, readings: null }
  const { number, kind, keeper, volumes, items } = file
  const href = `/archive/files/${number}`
  return {
    none: '',
    open: null,
    href,
    /** Wish 13: who viewed this customer. */
    readings: may(actor, 'archive.registers', customer) ? `/viewings/register?customer=${customer.number}` : null,
    facts: [
      { label: t('archive:field.fileNumber'), value: number, href },
      { label: t('archive:field.fileKind'), value: t(`archive:fileKind.${kind}`) },
      { label: t('archive:field.keeper'), value: keeper },
      { label: t('archive:file.extent'), value: t('archive:file.counted', { volumes, items }) },
    ],
  }
}
