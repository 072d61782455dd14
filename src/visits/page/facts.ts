import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { lengthText } from '../day/lengths.ts'
import { planPolicy } from '../policy.ts'
import type { Visit } from '../queries.ts'
import type { Part } from './parts.ts'
import { openTo, sidesOf } from './queries.ts'

type Fact = { label: string; value: string; href?: string; wide?: true; lines?: true }

/** 拜访安排: all that VIS-02 asks of a visit. */
export const factsPart: Part = {
  section: async (actor, visit) => ({
    view: 'visits/page/facts',
    place: 'column',
    model: { facts: await factsOf(actor, visit) },
  }),
}

async function factsOf(actor: Actor, visit: Visit): Promise<Fact[]> {
  const t = translate[actor.language]
  const { people, parties, along } = await sidesOf(visit)
  const seen = await openTo(
    actor,
    parties.map(({ id }) => id),
  )
  const fact = (label: string, value: string | null, more: Partial<Fact> = {}): Fact[] =>
    value ? [{ label, value, ...more }] : []
  const all = (words: string[]) => words.join(t('web:comma'))
  return [
    ...fact(t('visits:field.purposes'), all(visit.purposes.map((one) => t(`visits:purpose.${one}`)))),
    ...fact(t('visits:field.target'), t(`visits:target.${visit.target}`)),
    ...fact(t('visits:field.startsAt'), whenText(t, visit)),
    ...fact(t('visits:field.place'), [visit.district, visit.place].filter(Boolean).join(' ')),
    ...fact(t('visitDay:page.theirs'), all(people.map(({ name, post }) => [name, post].filter(Boolean).join(' ')))),
    ...fact(t('visitDay:page.ours'), all([visit.owner.name, ...along])),
    ...fact(t('visits:field.agenda'), visit.agenda, { wide: true, lines: true }),
    ...fact(t('visits:field.bring'), visit.bring, { wide: true, lines: true }),
    ...parties.flatMap(({ id, name, number }) =>
      fact(t('visitDay:page.also'), name, seen.has(id) ? { href: `/customers/${number}` } : {}),
    ),
    ...planFact(t, actor, visit),
    ...fact(t('visitDay:page.unplannedWhy'), visit.unplannedReason, { wide: true }),
    ...fact(t('visitDay:page.verdict'), visit.verdict, { wide: true }),
    ...fact(t('visitDay:page.arrivedAt'), visit.arrivedAt && dateTimeText(visit.arrivedAt)),
    ...fact(t('visitDay:page.leftAt'), visit.leftAt && dateTimeText(visit.leftAt)),
  ]
}

export function whenText(t: Translate, { startsAt, timed, minutes }: Pick<Visit, 'startsAt' | 'timed' | 'minutes'>) {
  const at = timed ? dateTimeText(startsAt) : `${dateText(startsAt)} ${t('visitDay:untimed')}`
  return `${at}${t('visitDay:clause')}${lengthText(t, minutes)}`
}

/** The plan it stands in; the way there is open to who may read it: it stays its owner's when the visit is handed on. */
function planFact(t: Translate, actor: Actor, { plan }: Visit): Fact[] {
  if (!plan) return []
  const value = t('visitDay:page.planUnseen', { month: dayText(plan.month).slice(0, 7) })
  const seen = planPolicy.view(actor, { ...plan, regionId: null })
  return [{ label: t('visitDay:page.plan'), value, ...(seen ? { href: `/visits/plans/${plan.number}` } : {}) }]
}
