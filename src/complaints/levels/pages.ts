import type { ComplaintLevel } from '../../../prisma/client/enums.ts'
import type { Translate } from '../../i18n.ts'
import type { Complaint } from '../queries.ts'
import { levelsAbove, levelsBelow } from './rules.ts'

/** Raising, lowering and judging grave: one form each, which differ in what can be chosen. */
export function levelPage(t: Translate, complaint: Complaint, act: 'raise' | 'lower' | 'grave') {
  const levels = { raise: levelsAbove, lower: levelsBelow, grave: () => [] as ComplaintLevel[] }[act](complaint.level)
  return {
    complaint,
    heading: t(`judging:levels.${act}Title`),
    act: t(`judging:act.${act}`),
    hint: t(`judging:hint.${act}`),
    options: levels.map((level) => ({ value: level, word: t(`complaints:level.${level}`) })),
    chosen: levels.length === 1 ? levels[0] : '',
  }
}
