import type { Translate } from '../../i18n.ts'
import { farthest } from './rules.ts'

/** CRD-17: for how many days an account is over its limit, as far back as anybody looks. */
export const overText = (t: Translate, days: number): string =>
  days > farthest ? t('credit:daysMore', { n: farthest }) : t('credit:days', { n: days })
