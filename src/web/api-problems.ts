import { z } from 'zod'
import { translate, type Key, type Language } from '../i18n.ts'
import { Forbidden, NotFound, Refused, type Params } from '../lib/refused.ts'
import type { ApiAnswer, ApiRoute } from './api.ts'
import { statusOf } from './errors.ts'
import { fieldProblems } from './fields.ts'
import { log } from './log.ts'

/** Why something was not done, as programs read it: the rule where one refused, the field where one is at fault. */
export type Problem = { rule: string | null; field: string | null; message: string }

export const problems = (status: number, errors: readonly Problem[]): ApiAnswer => ({ status, body: { errors } })

const own = [400, 401, 403, 404, 405, 413, 415, 422, 429, 500, 503] as const

/** A problem of the request as a whole. */
export function problem(language: Language, status: number, rule: string | null = null, params?: Params): ApiAnswer {
  const kind = own.find((one) => one === status) ?? (status >= 500 ? 500 : 400)
  return problems(status, [{ rule, field: null, message: translate[language](`api:problem.${kind}`, params) }])
}

/** What the schema refuses; the English of the schema library never reaches an answer. */
export function fieldsAnswer(language: Language, error: z.ZodError): ApiAnswer {
  const t = translate[language]
  const found = error.issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((field) => ({ rule: null, field, message: t('api:field.unknown') }))
    const field = issue.path.map(String).join('.') || null
    if (issue.message.startsWith('api:')) return [{ rule: null, field, message: t(issue.message as Key) }]
    if (field === null) return [{ rule: null, field, message: t('api:field.object') }]
    return fieldProblems(new z.ZodError([issue])).map(({ reason, params }) => ({
      rule: null,
      field,
      message: t(reason, params),
    }))
  })
  return problems(422, found)
}

/** Every error as an answer; what nobody foresaw is written to the log, and its number told. */
export function errorAnswer(language: Language, error: unknown, number: string, route?: ApiRoute): ApiAnswer {
  if (error instanceof Refused) return refusalAnswer(language, error, route)
  if (error instanceof NotFound) return problem(language, 404)
  if (error instanceof Forbidden) return problem(language, 403, 'PPL-01')
  const status = statusOf(error)
  if (status >= 500) log.error({ err: error, number }, 'a request of a program failed')
  return problem(language, status, null, { number })
}

function refusalAnswer(language: Language, { refusals, unavailable }: Refused, route?: ApiRoute): ApiAnswer {
  const conflict = refusals.some(({ reason }) => route?.conflicts?.includes(reason))
  const found = refusals.map(({ rule, reason, field, params }) => ({
    rule,
    field: field ?? null,
    message: translate[language](reason, params),
  }))
  return problems(unavailable ? 503 : conflict ? 409 : 422, found)
}
