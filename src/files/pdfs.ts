import { open } from 'node:fs/promises'
import type { Ends } from './ends.ts'
import { faultOf } from './fault.ts'

/**
 * A PDF from its first byte to its last: nothing before the head, nothing but blanks behind the end, and the place its
 * end names holds the table of its objects.
 */
export async function checkPdf(path: string, { head, tail, bytes }: Ends): Promise<void> {
  if (!/^%PDF-[12]\.\d/.test(head.subarray(0, 8).toString('latin1'))) throw faultOf('mixed')
  const end = tail.toString('latin1')
  const last = end.lastIndexOf('%%EOF')
  if (last < 0) throw faultOf('damaged')
  if (!/^[\s\0]*$/.test(end.slice(last + 5))) throw faultOf('mixed')
  const place = Number(/startxref\s+(\d{1,12})\s*$/.exec(end.slice(Math.max(0, last - 60), last))?.[1] ?? NaN)
  if (!(place > 0 && place < bytes)) throw faultOf('damaged')
  if (!/^\s*(?:xref\b|\d+\s+\d+\s+obj\b)/.test(await textAt(path, place))) throw faultOf('damaged')
}

async function textAt(path: string, place: number): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, place)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}
