import { Role } from '../../prisma/client/enums.ts'
import { translate, type Key } from '../i18n.ts'
import { holds, type Actor } from './actor.ts'
import { acts, rowOf, type Act, type Reach } from './table.ts'

const roles = Object.values(Role)
const reaches = ['all', 'place', 'own', 'first_steps'] as const

/** PPL-01: the table itself, in words; what is shown is what is obeyed. */
export function accessPage(actor: Actor) {
  const t = translate[actor.language]
  const heads = roles.map((role) => ({ word: t(`access:role.${role}`), mine: holds(actor, role) }))
  const cells = (act: Act) => {
    const row = rowOf(act)
    return roles.map((role, at) => {
      const reach = typeof row === 'string' ? row : (row as { [R in Role]?: Reach })[role]
      return { word: reach ? t(`access:reach.${reach}`) : '', mine: heads[at]!.mine }
    })
  }
  return {
    roles: heads,
    rows: acts.map((act) => ({ word: t(`access:act.${act}`), cells: cells(act) })),
    meanings: reaches.map((reach) => t(`access:meaning.${reach}` satisfies Key)),
  }
}
