import type { Actor } from '../access/actor.ts'
import { may, type Placed } from '../access/policy.ts'
import { translate } from '../i18n.ts'
import type { Link } from './queries.ts'

type Host = Placed & { number: string }

/** The part of a customer's page about the customers it is linked to (views/links/section.ejs). */
export function linksSection(actor: Actor, customer: Host, links: Link[]) {
  const t = translate[actor.language]
  const home = `/customers/${customer.number}`
  const mayCorrect = may(actor, 'customers.correct', customer)
  return {
    home,
    add: mayCorrect ? `${home}/links/new` : null,
    rows: links.map(({ id, side, other, note }) => ({
      side: t(`links:side.${side}`),
      name: other.name,
      number: other.number,
      href: `/customers/${other.number}`,
      note: note ?? '',
      removal: mayCorrect ? `${home}/links/${id}/removal` : null,
    })),
  }
}
