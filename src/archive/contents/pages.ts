import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import type { Item } from '../queries.ts'

type Limits = { largest: number; accepted: string; scanned: boolean }

export function contentPage(actor: Actor, item: Item, { largest, accepted, scanned }: Limits) {
  const t = translate[actor.language]
  return {
    item,
    home: `/archive/items/${item.number}`,
    acceptable: accepted,
    hint: t('archive:hint.content', { accepted: accepted.replaceAll('.', '').replaceAll(',', ', '), max: largest }),
    scanner: t(scanned ? 'attachments:scanner.on' : 'attachments:scanner.off'),
  }
}
