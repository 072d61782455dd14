import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { ratingScores } from './forms.ts'

type Link = { complaint: { number: string; closedAt: Date | null } }

/** Why there is no form: it may have been used or ended, too many were tried, or staff looks at it. */
type Closed = 'closed' | 'busy' | 'staff'

/** SAT-03: nothing but the company's name, the case's number and its date; the same closed door for every other link. */
export function ratingPage(actor: Actor, company: string | null, link: Link | null, why: Closed) {
  const t = translate[actor.language]
  return {
    company,
    closed: t(`closing:rating.${why}`),
    open: link && {
      number: link.complaint.number,
      date: link.complaint.closedAt ? dateText(link.complaint.closedAt) : '',
    },
    scores: ratingScores.map((value) => ({ value, word: t(`closing:rating.score.s${value}`) })),
  }
}
