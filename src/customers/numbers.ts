import type { Tx } from '../db.ts'

/** Takes `count` serial numbers of a kind and year and answers with the first; they are never given out again. */
export async function takeSerials(tx: Tx, kind: string, year: number, count: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    insert into number_counter (kind, year, last) values (${kind}, ${year}, ${count})
    on conflict (kind, year) do update set last = number_counter.last + ${count} returning last`
  return row!.last - count + 1
}

/** CUS-01: the serial numbers of customers. Taking none holds the counter until the transaction ends. */
export function takeNumbers(tx: Tx, year: number, count: number): Promise<number> {
  return takeSerials(tx, 'customer', year, count)
}
