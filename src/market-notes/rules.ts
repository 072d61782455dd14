import type { Refusal } from '../lib/refused.ts'

export const longestNote = 2000
export const longestAbout = 100

/** VIS-13: nobody hears tomorrow what is written down today. */
export function noteProblems({ notedOn }: { notedOn: string }, today: string): Refusal[] {
  if (notedOn <= today) return []
  return [{ rule: 'VIS-13', reason: 'marketNotes:refused.future', field: 'notedOn', params: { today } }]
}
