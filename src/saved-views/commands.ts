import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { Forbidden, NotFound, Refused } from '../lib/refused.ts'
import type { NewView, Renaming, Sharing } from './forms.ts'
import { customerList, type KeptList } from './lists.ts'
import { mayChange, mayShare } from './policy.ts'
import { lockView, mostViews, type Kept } from './queries.ts'

/** Keeps a list under a name. Only what is such a list is kept, written anew from what was understood. */
export function saveView<Q>(
  actor: Actor,
  { name, search, shared }: NewView,
  list: KeptList<Q> = customerList as unknown as KeptList<Q>,
): Promise<string> {
  return change(actor, async (tx, audit) => {
    const query = list.read(search)
    if (!query) throw refusal('views:refused.address')
    if (shared && !mayShare(actor)) throw new Forbidden('views.share')
    // One after another, so that two at once are not both the twentieth.
    await tx.$queryRaw`select 1 from staff where id = ${actor.id} for no key update`
    if ((await tx.savedView.count({ where: { staffId: actor.id, list: list.name } })) >= mostViews)
      throw refusal('views:refused.tooMany', { most: mostViews })
    const view = { staffId: actor.id, name, shared, list: list.name, query: list.write(query), createdAt: now() }
    const { id } = await tx.savedView.create({ data: view, select: { id: true } }).catch(refuseTakenName)
    await audit('view.saved', `view:${id}`, {
      after: { name, shared, ...(list.name === 'customers' ? {} : { list: list.name }), query: view.query },
    })
    return view.query
  })
}

export function renameView(actor: Actor, id: bigint, { name }: Renaming): Promise<void> {
  return changeView(actor, id, async (tx, view, audit) => {
    await tx.savedView.update({ where: { id }, data: { name } }).catch(refuseTakenName)
    await audit('view.renamed', `view:${id}`, { before: { name: view.name }, after: { name } })
  })
}

export function shareView(actor: Actor, id: bigint, { shared }: Sharing): Promise<void> {
  return changeView(actor, id, async (tx, view, audit) => {
    if (!mayShare(actor)) throw new Forbidden('views.share')
    await tx.savedView.update({ where: { id }, data: { shared } })
    await audit(shared ? 'view.shared' : 'view.unshared', `view:${id}`, { after: { name: view.name, shared } })
  })
}

export function removeView(actor: Actor, id: bigint): Promise<void> {
  return changeView(actor, id, async (tx, { name, search, shared }, audit) => {
    await tx.savedView.delete({ where: { id } })
    await audit('view.removed', `view:${id}`, { before: { name, shared, query: search } })
  })
}

function changeView(actor: Actor, id: bigint, work: (tx: Tx, view: Kept, audit: Audit) => Promise<void>) {
  return change(actor, async (tx, audit) => {
    const view = await lockView(tx, id)
    if (!view || !mayChange(actor, view)) throw new NotFound()
    await work(tx, view, audit)
  })
}

function refusal(reason: Refused['refusals'][number]['reason'], params?: Record<string, number>): Refused {
  return new Refused([{ rule: 'CUS-14', reason, ...(params ? { params } : {}) }])
}

function refuseTakenName(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
    throw new Refused([{ rule: 'CUS-14', reason: 'views:refused.nameTaken', field: 'name' }])
  throw error
}
