import type { AlertKind } from '../../prisma/client/enums.ts'
import type { Translate } from '../i18n.ts'
import type { Alert } from './queries.ts'

type Detail = {
  n?: number
  limit?: number
  of?: 'acts' | 'sign_in' | 'address'
  device?: string
  ip?: string
  places?: number
}

export const tones = {
  mass_opening: 'bad',
  mass_search: 'bad',
  refusals: 'bad',
  new_device: 'warn',
  trail_broken: 'bad',
  backup_failed: 'bad',
} as const satisfies Record<AlertKind, 'bad' | 'warn'>

/** What happened, in plain words and figures; never whom it was about besides the colleague. */
export function alertSentence(t: Translate, { kind, detail }: Pick<Alert, 'kind' | 'detail'>): string {
  const told = { n: 0, limit: 0, device: '—', ip: '—', places: 0, ...(detail as Detail) }
  if (kind === 'refusals' && told.of === 'sign_in') return t('alerts:say.attempts', { n: told.n })
  if (kind === 'refusals' && told.of === 'address') return t('alerts:say.address', told)
  if (kind === 'backup_failed' && (detail as { reason?: string }).reason === 'stale')
    return t('alerts:say.backup_stale')
  return t(`alerts:say.${kind}`, told)
}
