import { ask } from '../db.ts'

/** A place in a list by keyset. */
export type Mark = { at: Date; id: bigint }

/** The place of a request in an inbox: where it stands, or stood until it was decided. */
export async function inboxMark(number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await ask<Mark>`
    select s.opened_at as at, s.id from approval_request r join approval_step s on s.request_id = r.id
    where r.number = ${number} and s.opened_at is not null order by s.n desc limit 1`
  return mark ?? null
}

export async function requestMark(number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await ask<Mark>`select filed_at as at, id from approval_request where number = ${number}`
  return mark ?? null
}
