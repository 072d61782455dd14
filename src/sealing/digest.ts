import { Prisma } from '../../prisma/client/client.ts'

/** How a line becomes bytes; another way gets another number, and old seals keep theirs. */
export const form = 1

/** Every column of the trail, in the order in which `digestSql` takes them: tests hold the two to the table. */
export const sealedColumns = [
  'id',
  'at',
  'kind',
  'actor_id',
  'actor_name',
  'action',
  'subject',
  'before',
  'after',
  'why',
  'ip',
  'request_id',
]

/**
 * SHA-256 of a line `e`. A JSON array of all its columns: where one ends and the next begins is never in doubt, nothing
 * and an empty text differ, and no setting of the session (time zone, date style) has a say.
 */
export const digestSql = Prisma.sql`
  sha256(convert_to(json_build_array(e.id, extract(epoch from e.at)::text, e.kind::text, e.actor_id, e.actor_name, e.action,
    e.subject, e.before::text, e.after::text, e.why, e.ip, e.request_id)::text, 'UTF8'))`
