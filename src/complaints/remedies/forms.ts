import { z } from 'zod'
import { RemedyItemKind } from '../../../prisma/client/enums.ts'
import { choice, money, optionalText, version } from '../../web/fields.ts'
import { mostItems, type Item } from './rules.ts'

export const remedyItemKinds = Object.values(RemedyItemKind) as [RemedyItemKind, ...RemedyItemKind[]]

/** The rows of the form, each by its number. */
export const rowNumbers = Array.from({ length: mostItems }, (_, at) => at + 1)

/** What an empty row is of until somebody says otherwise. */
export const emptyKind = (n: number): RemedyItemKind => (n === 1 ? 'visit' : 'compensation')

const row = (n: number) => ({
  [`kind${n}`]: choice(remedyItemKinds).optional(),
  [`text${n}`]: optionalText({ max: 300 }),
  [`amount${n}`]: money(),
})
const rows = Object.assign({}, ...rowNumbers.map(row)) as Record<string, z.ZodType<string | null | undefined>>

export type RemedyInput = { items: Item[]; reason: string; submit: boolean; version: number }

/** A row counts once something is written in it; what is left out closes up. */
export const remedyForm = z
  .strictObject({ ...rows, reason: optionalText({ max: 1000 }), act: z.enum(['draft', 'submit']), version: version() })
  .transform(({ reason, act, version, ...sent }): RemedyInput => {
    const given = sent as Record<string, string | null | undefined>
    const items = rowNumbers.flatMap((n): Item[] => {
      const [text, amount] = [given[`text${n}`], given[`amount${n}`]]
      if (!text && !amount) return []
      const kind = (given[`kind${n}`] ?? 'other') as RemedyItemKind
      return [{ kind, text: text ?? '', amount: amount ?? '0.00' }]
    })
    return { items, reason: reason ?? '', submit: act === 'submit', version }
  })
