import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { db, type Tx } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'

const related = {
  customer: {
    select: { number: true, name: true, grade: true, address: true, district: true, withdrawnAt: true, life: true },
  },
} satisfies Prisma.VisitTemplateInclude
export type Template = Prisma.VisitTemplateGetPayload<{ include: typeof related }> & {
  departmentId: null
  regionId: null
}

const asTemplate = (found: Prisma.VisitTemplateGetPayload<{ include: typeof related }>): Template => ({
  ...found,
  departmentId: null,
  regionId: null,
})

/** One's own alone: recurring visits are nobody else's. */
export async function templateFor(actor: Actor, id: string): Promise<Template> {
  const found = /^\d{1,18}$/.test(id)
    ? await db.visitTemplate.findFirst({ where: { id: BigInt(id), ownerId: actor.id }, include: related })
    : null
  if (!found) throw new NotFound()
  return asTemplate(found)
}

/** Running first, then those that ended; at most as many as a page bears. */
export async function templatesOf(actor: Actor): Promise<Template[]> {
  const found = await db.visitTemplate.findMany({
    where: { ownerId: actor.id },
    orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { weekday: 'asc' }, { timeOfDay: 'asc' }, { id: 'asc' }],
    include: related,
    take: mostTemplates,
  })
  return found.map(asTemplate)
}
export const mostTemplates = 200

export async function lockTemplate(tx: Tx, id: bigint): Promise<Template> {
  await tx.$queryRaw`select from visit_template where id = ${id} for update`
  const found = await tx.visitTemplate.findUnique({ where: { id }, include: related })
  if (!found) throw new NotFound()
  return asTemplate(found)
}

/** Those that run, with the customer as it is now. */
export const runningOf = (tx: Pick<Tx, 'visitTemplate'>, ownerId: bigint) =>
  tx.visitTemplate.findMany({ where: { ownerId, endedAt: null }, orderBy: { id: 'asc' }, include: related })
export type Running = Awaited<ReturnType<typeof runningOf>>[number]
