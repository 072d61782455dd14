import type { Translate } from '../../i18n.ts'
import { wayFields, type WayField } from './forms.ts'
import type { Company } from './queries.ts'

/** CMP-26: the ways to complain, as the public page and every printed form say them; none where nobody set any. */
export function wayLines(t: Translate, company: Pick<Company, WayField> | null): { label: string; value: string }[] {
  return wayFields.flatMap((field) => {
    const value = company?.[field]
    return value ? [{ label: t(`closing:field.${field}`), value }] : []
  })
}
