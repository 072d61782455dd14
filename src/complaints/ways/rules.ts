import type { Refusal } from '../../lib/refused.ts'

type Ways = {
  complaintPhone: string | null
  complaintEmail: string | null
  complaintPlace: string | null
  complaintPerson: string | null
}

/** CMP-26: at least one way, and somebody who answers for it. */
export function wayProblems({ complaintPhone, complaintEmail, complaintPlace, complaintPerson }: Ways): Refusal[] {
  const problems: Refusal[] = []
  if (!complaintPhone && !complaintEmail && !complaintPlace)
    problems.push({ rule: 'CMP-26', reason: 'closing:refused.noWay', field: 'complaintPhone' })
  if (!complaintPerson) problems.push({ rule: 'CMP-26', reason: 'closing:refused.noPerson', field: 'complaintPerson' })
  if (complaintPhone && (complaintPhone.match(/\d/g)?.length ?? 0) < 3)
    problems.push({ rule: 'CMP-26', reason: 'closing:refused.noPhone', field: 'complaintPhone' })
  if (complaintEmail && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(complaintEmail))
    problems.push({ rule: 'CMP-26', reason: 'closing:refused.noEmail', field: 'complaintEmail' })
  return problems
}
