import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { measurePath, type Measure } from './queries.ts'

type Person = { number: string; name: string; department: { name: string } | null }
export const peopleOptions = (people: readonly Person[]) =>
  people.map(({ number, name, department }) => ({
    value: number,
    word: [`${name} ${number}`, department?.name].filter(Boolean).join(' · '),
  }))

/** The form of a proposal, empty or of a measure that is put right. */
export function proposalPage(
  actor: Actor,
  { complaint, measure, people }: { complaint: { number: string }; measure: Measure | null; people: readonly Person[] },
  now: Date,
) {
  const t = translate[actor.language]
  const on = measure ? dayText(measure.dueOn) : ''
  return {
    number: measure?.number ?? complaint.number,
    back: measure ? measurePath(measure) : `/complaints/${complaint.number}`,
    version: measure?.version ?? null,
    kinds: (['corrective', 'preventive'] as const).map((value) => ({ value, word: t(`complaints:action.${value}`) })),
    people: peopleOptions(people),
    today: dateText(now),
    given: {
      kind: measure?.kind ?? 'corrective',
      measure: measure?.measure ?? '',
      owner: measure?.owner.number ?? '',
      checker: measure?.checker?.number ?? '',
      dueOn: on,
    },
  }
}

export function peoplePage(measure: Measure, people: readonly Person[]) {
  const { number, owner, checker, version, measure: what } = measure
  return {
    number,
    what,
    version,
    back: measurePath(measure),
    people: peopleOptions(people),
    given: { owner: owner.number, checker: checker?.number ?? '' },
  }
}

/** The page of one of the three reports: done, verified, effective. */
export function reportPage(measure: Measure) {
  const { number, measure: what, version, evidence, verification } = measure
  return { number, what, version, back: measurePath(measure), evidence, verification }
}
