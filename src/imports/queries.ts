import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, within } from '../access/policy.ts'
import { db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { mayFill } from './policy.ts'

const shown = {
  owner: { select: { name: true } },
  department: { select: { name: true } },
  region: { select: { name: true } },
}
export type ImportRecord = Prisma.CustomerImportGetPayload<{ include: typeof shown }>

export type LockedImport = Prisma.CustomerImportGetPayload<object>

export const importsPerPage = 50

/** CRD-18: files of shipments and receipts are for whoever brought them, and who sees credit where that was. */
const seen = (actor: Actor): Prisma.CustomerImportWhereInput[] => [
  within(actor, 'imports.view'),
  { OR: [{ subject: 'customers' }, ...(mayEver(actor, 'credit.view') ? ledgersSeen(actor) : [])] },
]
const ledgersSeen = (actor: Actor) => [{ ownerId: actor.id }, within(actor, 'credit.view')]

export async function importFor(actor: Actor, number: string): Promise<ImportRecord> {
  const found = await db.customerImport.findFirst({
    where: { AND: [{ number }, ...seen(actor)] },
    include: shown,
  })
  if (!found) throw new NotFound()
  return found
}

export async function customerImportFor(actor: Actor, number: string): Promise<ImportRecord> {
  const found = await importFor(actor, number)
  if (found.subject !== 'customers') throw new NotFound()
  return found
}

/** Holds the import until the transaction ends; a running batch is waited for. */
export async function lockImport(tx: Tx, number: string): Promise<LockedImport> {
  await tx.$queryRaw`select 1 from customer_import where number = ${number} for update`
  const found = await tx.customerImport.findUnique({ where: { number } })
  if (!found) throw new NotFound()
  return found
}

export async function importsFor(actor: Actor, before?: string) {
  const where = { AND: seen(actor) }
  const [total, found] = await Promise.all([
    db.customerImport.count({ where }),
    db.customerImport.findMany({
      where: before ? { AND: [where, { number: { lt: before } }] } : where,
      orderBy: { number: 'desc' },
      take: importsPerPage + 1,
      include: shown,
    }),
  ])
  return { total, imports: found.slice(0, importsPerPage), more: found.length > importsPerPage }
}

/** The last import of exactly this content of which something is left. */
export async function sameFile(sha256: string) {
  return db.customerImport.findFirst({
    where: {
      sha256,
      state: { not: 'undone' },
      NOT: { state: 'cancelled', imported: 0, warned: 0 },
    },
    orderBy: { id: 'desc' },
    include: shown,
  })
}

/**
 * Where this person may put new customers; a place that only counts together with another is offered, too. `none`: a
 * department, or a region, may be left open.
 */
export async function placesFor(actor: Actor) {
  const order = { orderBy: { name: 'asc' as const }, select: { id: true, name: true } }
  const [departments, regions] = await Promise.all([db.department.findMany(order), db.region.findMany(order)])
  const ownDepartments = departments.filter(({ id }) => mayFill(actor, id, null))
  const ownRegions = regions.filter(({ id }) => mayFill(actor, null, id))
  const everywhere = mayFill(actor, null, null)
  return {
    departments: ownRegions.length > 0 ? departments : ownDepartments,
    regions: ownDepartments.length > 0 || everywhere ? regions : ownRegions,
    none: { department: everywhere || ownRegions.length > 0, region: everywhere || ownDepartments.length > 0 },
  }
}

/** The person's own department, else the first place that is theirs; nowhere in particular where all is theirs. */
export async function usualPlace(actor: Actor): Promise<{ departmentId: bigint | null; regionId: bigint | null }> {
  const { departments, regions } = await placesFor(actor)
  const open = departments.filter(({ id }) => mayFill(actor, id, null))
  const own = open.find(({ id }) => id === actor.departmentId)
  if (own || mayFill(actor, null, null)) return { departmentId: own?.id ?? null, regionId: null }
  const region = regions.find(({ id }) => mayFill(actor, null, id))
  return { departmentId: open[0]?.id ?? null, regionId: open.length > 0 ? null : (region?.id ?? null) }
}
