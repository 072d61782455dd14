import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Translate } from '../i18n.ts'

/** PRV-09: the mark as the pages frame it (views/partials/seal.ejs). */
export const sealOf = (level: SecrecyLevel) => (level === 'top_secret' ? 'top' : level)

/** PRV-09: the mark as it prints: 商密·机密 */
export const markOf = (t: Translate, level: SecrecyLevel) => t(`archive:mark.${level}`)
