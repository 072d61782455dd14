import type { Calendar } from '../../calendar/reckoning.ts'
import { kinds as clockKinds, kindWord, type DeadlineKind } from '../../deadlines/kinds.ts'
import { dueOf } from '../../deadlines/rules.ts'
import { deadlineTag } from '../../deadlines/tag.ts'
import type { ComplaintLevel } from '../../../prisma/client/enums.ts'
import type { Translate } from '../../i18n.ts'
import { momentOf } from '../../lib/moments.ts'
import { yuanOf } from '../../lib/money.ts'
import type { Regulation } from '../../regulations/in-force.ts'
import { doneClockOf } from '../clocks.ts'
import { isAbove, levelOf, levelReasons, type LevelFacts, type LevelReason } from '../level.ts'
import { levelFigures } from '../leveling.ts'
import { exposures, kinds, type Values } from './forms.ts'

type Linked = { repeated: boolean; households: number }
const untouched = { raisedTo: null, loweredTo: null, overruled: [] }

/** What is known so far of what decides the level. */
export function factsSoFar(values: Values, linked: Linked): LevelFacts {
  const ticked = (name: string) => values[name] === 'on'
  const own = /^[1-9]\d{0,4}$/.test(values['households'] ?? '') ? Number(values['households']) : 1
  return {
    hazard: ticked('hazard'),
    households: Math.max(own, linked.households === 0 ? 0 : linked.households + own),
    compensation: Number(yuanOf(values['claim'] ?? '') ?? 0),
    repeated: linked.repeated,
    toldManufacturer: ticked('toldManufacturer') || values['channel'] === 'manufacturer',
    blockade: ticked('blockade'),
    exchange: ticked('exchange'),
    legal: ticked('legal'),
    media: exposures.find((one) => one === values['media']) ?? 'none',
    grave: false,
  }
}

/** CMP-06: the level as it would be now, why, and what linking it as a repeat would make of it. */
export function levelSoFar(t: Translate, values: Values, linked: Linked, regulation: Regulation) {
  const figures = levelFigures(regulation)
  const facts = factsSoFar(values, linked)
  const reasons = levelReasons(facts, figures)
  const level = levelOf(reasons, untouched)
  const repeated = levelOf(levelReasons({ ...facts, repeated: true }, figures), untouched)
  return {
    level,
    reasons: reasons.map((reason) => reasonText(t, reason, facts, regulation)),
    asRepeat: isAbove(repeated, level) ? repeated : null,
  }
}

/** A fact with its figure and the bound that it reached. */
export function reasonText(
  t: Translate,
  { fact }: LevelReason,
  facts: LevelFacts,
  { value }: Pick<Regulation, 'value'>,
) {
  const bounds: Partial<Record<LevelReason['fact'], number>> = {
    majorHouseholds: value('complaints.major_households'),
    importantHouseholds: value('complaints.important_households'),
    majorCompensation: value('complaints.major_compensation'),
    importantCompensation: value('complaints.important_compensation'),
  }
  const bound = (bounds[fact] ?? 0).toLocaleString('en-US')
  const { households, compensation } = facts
  return t(`complaints:fact.${fact}`, { households, bound, amount: compensation.toLocaleString('en-US') })
}

/** CMP-12, CMP-13, CMP-14: the clocks that will run, and when each is due. */
export function clocksSoFar(
  t: Translate,
  values: Values,
  {
    level,
    regulation,
    calendar,
    now,
  }: { level: ComplaintLevel; regulation: Regulation; calendar: Calendar; now: Date },
) {
  const kind = kinds.find((one) => one === values['kind']) ?? 'product_quality'
  const typed = momentOf(values['receivedAt'] ?? '')
  const receivedAt = typed && typed < now ? typed : now
  const done = doneClockOf(regulation, { kind, level })
  const clock = (name: DeadlineKind, amount: number, startedAt: Date) => {
    const { unit, rule } = clockKinds[name]
    const dueAt = dueOf(calendar, { amount, unit }, startedAt)
    const moments = { startedAt, dueAt, soonAt: dueAt, pausedAt: null, metAt: null, cancelledAt: null }
    return { word: t(kindWord(name)), rule, tag: deadlineTag(t, { ...moments, unit }, now, calendar) }
  }
  return [
    clock('complaint.contact', regulation.value('complaints.contact_hours'), receivedAt),
    clock('complaint.remedy', regulation.value('complaints.remedy_days'), now),
    clock('complaint.first_result', regulation.value('complaints.first_result'), receivedAt),
    clock(done.clock, regulation.value(done.parameter), receivedAt),
    ...(level === 'major' ? [clock('complaint.warning', regulation.value('complaints.warning_hours'), now)] : []),
  ]
}
