import { seeOther, type SeeOther } from '../../web/route.ts'
import type { Recorded } from './commands.ts'

/** To the document that was recorded, or was known already (CRD-18), with what it let out. */
export const entered = (list: 'shipments' | 'receipts', { number, again, released }: Recorded): SeeOther => {
  const to = `/${list}/${number}`
  if (again) return seeOther(to, 'ledger:notice.again', { number })
  if (released.length === 0) return seeOther(to, `ledger:notice.${list}`, { number })
  return seeOther(to, 'ledger:notice.released', { number, releases: released.join(' ') })
}

/** Back to a document, with what moving its money let out. */
export const moved = (to: string, released: string[], key: 'countered' | 'allocated' | 'purposed'): SeeOther =>
  released.length === 0
    ? seeOther(to, `ledger:notice.${key}`)
    : seeOther(to, 'ledger:notice.freed', { releases: released.join(' ') })
