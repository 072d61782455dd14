import { peopleCalled } from '../../complaints/intake/handlers.ts'
import type { Tx } from '../../db.ts'
import { Refused } from '../../lib/refused.ts'

/** Colleagues at work by staff number or by a name that is one person's; whoever is not is refused by name. */
export async function colleaguesNamed(
  tx: Pick<Tx, 'staff'>,
  typed: readonly string[],
  field: string,
): Promise<bigint[]> {
  if (typed.length === 0) return []
  const { people, none, several } = await peopleCalled(tx, typed)
  const refuse = (reason: 'nobodyCalled' | 'severalCalled', names: string[]) =>
    new Refused([
      { rule: 'VIS-06', reason: `visitReports:refused.${reason}`, field, params: { names: names.join('、') } },
    ])
  if (none.length > 0) throw refuse('nobodyCalled', none)
  if (several.length > 0) throw refuse('severalCalled', several)
  return people.map(({ id }) => id)
}
