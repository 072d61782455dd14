import type { FileFault } from './file-type.ts'
import { Refused, type Params } from '../lib/refused.ts'

/** CUS-15: why a table cannot be read; each has its sentence in the words of the imports. */
export type SheetFault =
  | FileFault
  | 'encoding'
  | 'quoteOpen'
  | 'columns'
  | 'cellTooLong'
  | 'rows'
  | 'noRows'
  | 'cutOff'
  | 'damaged'
  | 'encrypted'
  | 'macros'
  | 'binaryWorkbook'
  | 'openDocument'
  | 'document'
  | 'bomb'
  | 'noSheets'

export const mostColumns = 200
export const longestCell = 32_767

export function sheetRefused(fault: SheetFault, params?: Params): Refused {
  return new Refused([{ rule: 'CUS-15', reason: `imports:sheet.${fault}`, field: 'file', ...(params && { params }) }])
}
