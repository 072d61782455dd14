import { findDivision } from '../lib/divisions.ts'
import type { Refusal } from '../lib/refused.ts'
import { codeProblems, judgeCode } from './codes.ts'
import {
  isEmail,
  isPlate,
  listIn,
  mostAliases,
  mostPhones,
  mostPlates,
  plateOf,
  websiteOf,
  type Facts,
} from './facts.ts'
import { nameProblems } from './names.ts'
import { judgePhones, phoneFaults } from './phones.ts'
import { missingFields } from './rules.ts'

/** CUS-03, CUS-04, CUS-10: everything that is wrong with these facts, at once. */
export function factProblems(facts: Facts): Refusal[] {
  const { kind, name, noChineseName, code, email, website, plates } = facts
  return [
    ...nameProblems(name, kind, { noChineseName }).map((problem) => ({ ...problem, field: 'name' })),
    ...missingFields({ name, kind, reach: reachOf(facts), source: facts.source, purpose: facts.purpose }).filter(
      ({ field }) => field !== 'name',
    ),
    ...(code ? codeProblems(judgeCode(code), kind).map((problem) => ({ ...problem, field: 'code' })) : []),
    ...phoneFieldProblems(facts.phone),
    ...(email && !isEmail(email) ? [formProblem('emailForm', 'email')] : []),
    ...(website && !websiteOf(website) ? [formProblem('websiteForm', 'website')] : []),
    ...divisionProblems(facts),
    ...relationProblems(facts),
    ...aliasProblems(facts.aliases),
    ...plateProblems(plates),
  ]
}

/** CUS-04: one way to reach the customer is enough. */
export function reachOf({ phone, email, wechat, address }: Pick<Facts, 'phone' | 'email' | 'wechat' | 'address'>) {
  return phone ?? email ?? wechat ?? address
}

const formProblem = (word: 'emailForm' | 'websiteForm', field: string): Refusal => ({
  rule: 'CUS-04',
  reason: `customers:refused.${word}`,
  field,
})

function phoneFieldProblems(phone: string | null): Refusal[] {
  if (phone === null) return []
  const { phones, unread } = judgePhones(phone)
  if (phones.length > mostPhones)
    return [{ rule: 'CUS-04', reason: 'customers:refused.tooManyPhones', field: 'phone', params: { most: mostPhones } }]
  return unread.slice(0, 1).map(({ fault }) => ({ rule: 'CUS-04', reason: phoneFaults[fault], field: 'phone' }))
}

function divisionProblems({ province, city, district }: Facts): Refusal[] {
  const found = findDivision({ province, city, district })
  if (!('unknown' in found)) return []
  const { unknown, text } = found
  return [{ rule: 'CUS-10', reason: `customers:refused.${unknown}Unknown`, field: unknown, params: { text } }]
}

function relationProblems({ relation, cooperation }: Facts): Refusal[] {
  if (relation === 'business' || cooperation) return []
  return [{ rule: 'CUS-02', reason: 'customers:refused.cooperationMissing', field: 'cooperation' }]
}

function aliasProblems(aliases: string | null): Refusal[] {
  const all = listIn(aliases)
  if (all.length <= mostAliases && all.every((alias) => alias.length <= 60)) return []
  return [{ rule: 'CUS-14', reason: 'customers:refused.aliases', field: 'aliases', params: { most: mostAliases } }]
}

function plateProblems(plates: string | null): Refusal[] {
  const all = listIn(plates).map(plateOf)
  if (all.length > mostPlates)
    return [
      { rule: 'CUS-14', reason: 'customers:refused.tooManyPlates', field: 'plates', params: { most: mostPlates } },
    ]
  const wrong = all.find((one) => !isPlate(one))
  return wrong
    ? [{ rule: 'CUS-14', reason: 'customers:refused.plateForm', field: 'plates', params: { text: wrong } }]
    : []
}
