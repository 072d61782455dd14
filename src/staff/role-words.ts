import type { GrantScope, Role } from '../../prisma/client/enums.ts'
import type { Translate } from '../i18n.ts'

/** 销售总监（全公司） */
export function roleAt(t: Translate, role: Role, scope: GrantScope, place: string | null): string {
  const where = scope === 'company' ? t('staff:company') : (place ?? '')
  return t('staff:asked.roleAt', { role: t(`access:role.${role}`), where })
}
