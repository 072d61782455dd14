import { z } from 'zod'
import { choice, optionalText, version } from '../../web/fields.ts'
import type { Choice, Verdict } from './rules.ts'

export const verdicts = ['approve', 'return', 'refuse'] as const satisfies readonly Verdict[]
export const costVerdicts = ['approve', 'refuse'] as const

const mostLines = 200
const named = /^(line|why|cost)_(\d{1,18})(?:_(\d{1,18}))?$/

/** `line_12`, `why_12`, and `cost_12_34` of the line 12: as many as the plan has. */
function gather(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const lines: Record<string, unknown> = {}
  const whys: Record<string, unknown> = {}
  const costs: Record<string, unknown> = {}
  for (const [name, value] of entries) {
    const [, what, visit, cost] = named.exec(name) ?? []
    if (what === 'line') lines[visit!] = value
    if (what === 'why') whys[visit!] = value
    if (what === 'cost') costs[`${visit}_${cost}`] = value
  }
  return { ...Object.fromEntries(entries.filter(([name]) => !named.test(name))), lines, whys, costs }
}

export type LinesInput = { version: number; reason: string | null; choices: Choice[] }

export const linesForm = z
  .preprocess(
    gather,
    z.strictObject({
      version: version(),
      reason: optionalText({ max: 500 }),
      lines: z
        .record(z.string(), choice(verdicts))
        .refine((lines) => Object.keys(lines).length <= mostLines, { error: 'web:field.malformed' }),
      whys: z.record(z.string(), optionalText({ max: 300 })),
      costs: z.record(z.string(), choice(costVerdicts)),
    }),
  )
  .transform(({ version: opened, reason, lines, whys, costs }): LinesInput => {
    const ofLine = (visit: string) =>
      Object.entries(costs).flatMap(([name, verdict]) => {
        const [line, id] = name.split('_')
        return line === visit && id ? [{ id: BigInt(id), agreed: verdict === 'approve' }] : []
      })
    const choices = Object.entries(lines).map(([visit, verdict]) => ({
      visit: BigInt(visit),
      verdict,
      why: whys[visit] ?? null,
      costs: ofLine(visit),
    }))
    return { version: opened, reason, choices }
  })
