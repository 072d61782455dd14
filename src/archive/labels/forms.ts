import { z } from 'zod'
import { readSearch, type ItemQuery } from '../list/address.ts'

/** So many at once: ten sheets. */
export const mostLabels = 240

/** Items by number, a volume of a file, or all that a view of the index holds. */
export type Wanted = { numbers: string[]; volume: { file: string; n: number } | null; all: ItemQuery | null }
export type LabelQuery = Wanted & { start: number; roll: boolean }

const isNumber = (name: string) => /^DA[0-9A-Z]{1,24}-\d{2,4}$/.test(name)

/** `?item=DA…-01,DA…-02`, `?DA…-01=on`, `?file=DA…&volume=1`, or `?all=on` and an address of the index. */
export const labelQuery = z.record(z.string(), z.string()).transform((values, context): LabelQuery => {
  const { all, item = '', file = '', volume = '', start = '1', paper = 'sheet', ...rest } = values
  const ticked = Object.keys(rest).filter(isNumber)
  const others = Object.entries(rest).filter(([name]) => !isNumber(name))
  const named = item.split(',').filter((one) => one !== '')
  const view = all === 'on' ? readSearch(new URLSearchParams(others).toString()) : null
  const whole = (all !== 'on' || view) && named.every(isNumber) && /^(?:DA[0-9A-Z]{1,24})?$/.test(file)
  if (whole && /^\d{0,3}$/.test(volume) && /^(?:[1-9]|1\d|2[0-4])$/.test(start) && ['sheet', 'roll'].includes(paper)) {
    const numbers = [...new Set([...named, ...ticked])]
    const of = file && volume ? { file, n: Number(volume) } : null
    return { numbers, volume: of, all: view, start: Number(start), roll: paper === 'roll' }
  }
  context.addIssue({ code: 'custom', message: 'web:field.malformed' })
  return z.NEVER
})
