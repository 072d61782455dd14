import { isClassified } from '../archive/levels.ts'
import { ask, type Tx } from '../db.ts'
import { refuseIf, type Refusal } from '../lib/refused.ts'
import type { TakingInput } from './counting-forms.ts'
import type { TransferItem } from './queries.ts'

type Shelf = { id: bigint; separate: boolean }

/** ARC-23: what goes into the safe; 机密 and 绝密 lie in a separate room as well (ARC-02). */
export const isForSafe = ({ certificate, secrecy }: Pick<TransferItem, 'certificate' | 'secrecy'>): boolean =>
  certificate || isClassified(secrecy)

/** The place of each item by its number in the list: its own, or the one for all of its sort. */
export async function placesOf(
  tx: Tx,
  items: readonly TransferItem[],
  { rows, place, safe }: Pick<TakingInput, 'rows' | 'place' | 'safe'>,
): Promise<Map<number, bigint | null>> {
  const found = await shelves(tx, [place, safe, ...Object.values(rows).map((row) => row.place)])
  const problems: Refusal[] = []
  const places = items.map((item) => {
    const own = rows[item.n]?.place
    const field = own ? `rows.${item.n}.place` : isForSafe(item) ? 'safe' : 'place'
    const named = own ?? (isForSafe(item) ? safe : place)
    const shelf = named ? found.get(named) : undefined
    const params = { row: item.n, title: item.title, place: named ?? '' }
    if (named && !shelf) problems.push({ rule: 'ARC-01', reason: 'transfers:refused.placeUnknown', field, params })
    else if (isForSafe(item) && !shelf?.separate)
      problems.push({
        rule: item.certificate ? 'ARC-23' : 'ARC-02',
        reason: 'transfers:refused.notSafe',
        field,
        params,
      })
    else if (!shelf) problems.push({ rule: 'ARC-01', reason: 'transfers:refused.noPlace', field, params })
    return [item.n, shelf?.id ?? null] as const
  })
  refuseIf(once(problems))
  return new Map(places)
}

/** What is wrong with a place for all of them is said once. */
function once(problems: Refusal[]): Refusal[] {
  const said = new Set<string>()
  return problems.filter(({ reason, field }) => {
    const key = `${reason} ${field}`
    return field?.startsWith('rows.') || (!said.has(key) && Boolean(said.add(key)))
  })
}

const written = /^(.+?)\s*(\d{1,4})-(\d{1,4})-(\d{1,4})$/u

/** 档案一室 3-2-15 */
async function shelves(tx: Tx, texts: readonly (string | null)[]): Promise<Map<string, Shelf>> {
  const found = new Map<string, Shelf>()
  for (const text of new Set(texts)) {
    const [, room, cabinet, shelf, position] = written.exec(text ?? '') ?? []
    if (!text || !room) continue
    const where = { cabinet: Number(cabinet), shelf: Number(shelf), position: Number(position) }
    const place = await tx.archivePlace.findFirst({
      where: { ...where, room: { name: room.trim(), closedAt: null } },
      select: { id: true, room: { select: { separate: true } } },
    })
    if (place) found.set(text, { id: place.id, separate: place.room.separate })
  }
  return found
}

export type PlaceChoice = { text: string; separate: boolean }

/** Free ones first, of each sort of room: what a list of suggestions can hold. */
export function placesToChoose(): Promise<PlaceChoice[]> {
  return ask<PlaceChoice>`
    select text, separate from (
      select r.name || ' ' || p.cabinet || '-' || p.shelf || '-' || p.position as text, r.separate,
        row_number() over (partition by r.separate order by exists (select from archive_item i where i.place_id = p.id),
          r.name, p.cabinet, p.shelf, p.position) as at
      from archive_place p join archive_room r on r.id = p.room_id where r.closed_at is null) found
    where at <= 250 order by separate, at`
}
