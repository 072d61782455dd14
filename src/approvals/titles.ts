import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask, db } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { log } from '../web/log.ts'
import type { Request } from './contract.ts'
import { handlers } from './handlers.ts'
import { requestOf } from './queries.ts'

/** By the id of the request. */
export type Titles = ReadonlyMap<bigint, string>

/**
 * One line for each request of a list, as far as this reader may see: the customers' names in one question; what is about
 * none is rare, and tells its own.
 */
export async function titlesFor(actor: Actor, requests: readonly Request[], now: Date): Promise<Titles> {
  const ids = [...new Set(requests.flatMap(({ customerId }) => customerId ?? []))]
  const found = await ask<{ id: bigint; name: string }>`
    select id, name from customer where id = any(${ids}::bigint[]) and ${visibleCustomersSql(actor)}`
  const names = new Map(found.map(({ id, name }) => [id, name]))
  const titles = await Promise.all(
    requests.map(async (request) => {
      const { id, kind, customerId } = request
      const own = customerId === null || handlers[kind].title
      const title = own ? await ownTitle(actor, request, now) : names.get(customerId)
      return title === undefined ? [] : [[id, title] as const]
    }),
  )
  return new Map(titles.flat())
}

/** The same of what is known by its number alone. */
export async function titlesOf(actor: Actor, numbers: string[], now: Date): Promise<ReadonlyMap<string, string>> {
  const rows = await db.approvalRequest.findMany({ where: { number: { in: numbers } } })
  const titles = await titlesFor(actor, rows.map(requestOf), now)
  return new Map(rows.flatMap(({ id, number }) => (titles.has(id) ? [[number, titles.get(id)!]] : [])))
}

/** A list stands though one of its requests cannot be told of: its object may be gone. */
async function ownTitle(actor: Actor, request: Request, now: Date): Promise<string | undefined> {
  try {
    const handler = handlers[request.kind]
    return handler.title ? await handler.title(actor, request) : (await handler.card(actor, request, now)).title
  } catch (error) {
    if (!(error instanceof NotFound)) log.error({ err: error, request: request.number }, 'a request has no title')
    return undefined
  }
}
