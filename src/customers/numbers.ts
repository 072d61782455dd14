import type { Tx } from '../db.ts'

/** CUS-01: takes `count` serial numbers of a year and answers with the first; they are never given out again. */
export async function takeNumbers(tx: Tx, year: number, count: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    insert into number_counter (kind, year, last) values ('customer', ${year}, ${count})
    on conflict (kind, year) do update set last = number_counter.last + ${count} returning last`
  return row!.last - count + 1
}
