import type { Calendar } from '../../calendar/reckoning.ts'
import { momentText } from '../../deadlines/tag.ts'
import type { Translate } from '../../i18n.ts'
import { planDue } from './rules.ts'
export const plannedText = (planned: number, asked: number): string =>
  asked > 0 ? `${planned} / ${asked}` : `${planned}`

export function dueText(t: Translate, month: string, calendar: Calendar, now: Date): string {
  const due = planDue(calendar, month)
  return t(now > due ? 'visitPlans:wasDue' : 'visitPlans:due', { at: momentText(due, now) })
}
