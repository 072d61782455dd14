import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import type { KeptList } from './lists.ts'
import { mayChange, mayShare } from './policy.ts'
import { mostViews, type View } from './queries.ts'

/** /customers/views: one's own and those for everybody, with what they hold in words. */
export async function viewsPage<Q>(actor: Actor, list: KeptList<Q>, views: View<Q>[]) {
  const t = translate[actor.language]
  const words = await list.words(
    views.map(({ query }) => query),
    t,
  )
  return {
    list: listOf(actor, list),
    most: mostViews,
    mayShare: mayShare(actor),
    rows: views.map((view, at) => ({
      id: String(view.id),
      name: view.name,
      href: `${list.path}?${view.search}`,
      shared: view.shared,
      own: view.staffId === actor.id,
      maker: view.staff.name,
      mayChange: mayChange(actor, view),
      words: words[at]!.join(t('web:comma')) || t(list.unconditional),
    })),
    nothing: {
      heading: t('views:empty'),
      hint: t('views:emptyHint'),
      next: { href: list.path, word: t('views:toList') },
    },
  }
}

/** /customers/views/new: what is to be kept, in words, as the list is now. */
export async function newViewPage<Q>(actor: Actor, list: KeptList<Q>, search: string) {
  const t = translate[actor.language]
  const query = list.read(search) ?? list.read('')!
  const [words] = await list.words([query], t)
  return {
    list: listOf(actor, list),
    search: list.write(query),
    words: words!.length > 0 ? words! : [t(list.unconditional)],
    mayShare: mayShare(actor),
  }
}

export const listOf = (actor: Actor, { path, title }: Pick<KeptList<never>, 'path' | 'title'>) => ({
  path,
  word: translate[actor.language](title),
})
