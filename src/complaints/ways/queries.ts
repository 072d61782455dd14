import { db } from '../../db.ts'

/** CMP-26: the company, with the ways to complain to it. */
export const company = () => db.company.findUnique({ where: { id: 1 } })
export type Company = NonNullable<Awaited<ReturnType<typeof company>>>
