import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, permit, permitAt, withinSql, type Placed } from '../access/policy.ts'

export const movementPolicy = {
  list: permit('archive.registers'),
  view: permitAt<Placed>('archive.registers'),
  record: permit('movements.record'),
  takeBack: permitAt<Placed>('movements.record'),
}

/** Over movement as m: those of customers whose registers this person reads. */
export const movementsSql = (actor: Actor): Prisma.Sql =>
  Prisma.sql`m.customer_id in (select id from customer where ${withinSql(actor, 'archive.registers')})`

export const mayDesignate = (actor: Actor): boolean => mayEver(actor, 'designations.manage')
