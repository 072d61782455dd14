import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { wayFields } from './forms.ts'
import { wayLines } from './lines.ts'
import type { Company } from './queries.ts'

/** CMP-26: for everybody. */
export function publicPage(actor: Actor, company: Company | null) {
  return { company: company?.name ?? null, lines: wayLines(translate[actor.language], company) }
}

export function waysPage(company: Company | null) {
  return {
    ready: company !== null,
    version: company?.version ?? 0,
    fields: wayFields.map((name) => ({ name, value: company?.[name] ?? '' })),
  }
}
