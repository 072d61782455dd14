import type { Actor } from '../access/actor.ts'
import { readSearch, searchOf } from '../customers/list/address.ts'
import { conditionWords } from '../customers/list/chips.ts'
import { namesIn } from '../customers/list/conditions.ts'
import { translate } from '../i18n.ts'
import { mayChange, mayShare } from './policy.ts'
import { mostViews, type View } from './queries.ts'

/** /customers/views: one's own and those for everybody, with what they hold in words. */
export async function viewsPage(actor: Actor, views: View[]) {
  const t = translate[actor.language]
  const names = await namesIn(views.map(({ query }) => query))
  return {
    most: mostViews,
    mayShare: mayShare(actor),
    rows: views.map((view) => ({
      id: String(view.id),
      name: view.name,
      href: `/customers?${view.search}`,
      shared: view.shared,
      own: view.staffId === actor.id,
      maker: view.staff.name,
      mayChange: mayChange(actor, view),
      words: conditionWords(view.query, names, t).join(t('web:comma')) || t('views:unconditional'),
    })),
    nothing: {
      heading: t('views:empty'),
      hint: t('views:emptyHint'),
      next: { href: '/customers', word: t('views:toList') },
    },
  }
}

/** /customers/views/new: what is to be kept, in words, as the list is now. */
export async function newViewPage(actor: Actor, search: string) {
  const t = translate[actor.language]
  const query = readSearch(search) ?? readSearch('')!
  const words = conditionWords(query, await namesIn([query]), t)
  return {
    search: searchOf(query),
    words: words.length > 0 ? words : [t('views:unconditional')],
    mayShare: mayShare(actor),
  }
}
