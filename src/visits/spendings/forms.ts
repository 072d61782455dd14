import { z } from 'zod'
import { SpendingKind } from '../../../prisma/client/enums.ts'
import { money, optionalText, version, whole } from '../../web/fields.ts'
import type { Row } from './rules.ts'

export const spendingKinds = Object.values(SpendingKind) as [SpendingKind, ...SpendingKind[]]

/** The empty rows of the form, each by its number. */
export const rowNumbers = [1, 2, 3, 4, 5, 6] as const
/** So many stand open at first. */
export const openRows = 2

const pieces = whole({ min: 1, max: 9999, empty: 1 }).default(1)

const row = (n: number) => ({
  [`kind${n}`]: z.enum(spendingKinds).optional(),
  [`what${n}`]: optionalText({ max: 100 }),
  [`quantity${n}`]: pieces,
  [`price${n}`]: money(),
})
const rows = Object.assign({}, ...rowNumbers.map(row)) as Record<string, z.ZodType<string | number | null | undefined>>

const removal = /^remove_(\d{1,18})$/

/** `remove_12=on`: what is to be taken out, as many as there are. */
function gather(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const removed = entries.flatMap(([name]) => removal.exec(name)?.[1] ?? [])
  return { ...Object.fromEntries(entries.filter(([name]) => !removal.test(name))), removed }
}

export type CostsInput = { version: number; removed: bigint[]; rows: Row[]; reason: string | null }

export const costsForm = z
  .preprocess(
    gather,
    z.strictObject({
      version: version(),
      ...rows,
      removed: z.array(z.string()).max(100),
      changeReason: optionalText({ max: 300 }),
    }),
  )
  .transform(({ version: opened, removed, changeReason, ...sent }): CostsInput => {
    const given = sent as Record<string, string | number | null | undefined>
    const begun = rowNumbers.filter((n) => given[`what${n}`] || given[`price${n}`])
    return {
      version: opened,
      removed: removed.map(BigInt),
      rows: begun.map((n) => rowOf(given, n)),
      reason: changeReason,
    }
  })

const rowOf = (given: Record<string, unknown>, n: number): Row => ({
  n,
  kind: (given[`kind${n}`] ?? 'travel') as SpendingKind,
  what: (given[`what${n}`] ?? null) as string | null,
  quantity: Number(given[`quantity${n}`] ?? 1),
  price: (given[`price${n}`] ?? null) as string | null,
})

export const againForm = z.strictObject({ version: version() })
export type Again = z.infer<typeof againForm>
