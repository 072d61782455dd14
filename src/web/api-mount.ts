import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import type { Language } from '../i18n.ts'
import { mayEver } from '../access/policy.ts'
import { recordAccess } from '../audit/change.ts'
import { now } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import { recordRuleEvents, stopsOfMany } from '../regulations/events.ts'
import { learnPlace } from '../regulations/places.ts'
import type { ApiAnswer, ApiRoute, Caller, Door } from './api.ts'
import { errorAnswer, fieldsAnswer, problem, type Problem } from './api-problems.ts'
import { log, problemNumber } from './log.ts'

const base = '/api/v1'
const largest = '1mb'

/** What needs no token: the description of the rest. */
export type OpenDocument = { path: string; answer: (language: Language) => object }

/**
 * The addresses for programs, before sessions and their cookies begin: token → right → body → record → fields → handle.
 * Whatever happens below /api/v1, the answer is JSON.
 */
export function mountApi(app: Express, routes: readonly ApiRoute[], open: readonly OpenDocument[], door: Door): void {
  for (const route of routes) {
    learnPlace(route.path, route.allow[0].act, false)
    app[route.method](route.path, handler(route, door))
  }
  for (const { path, answer } of open) app.get(path, (req, res) => void res.json(answer(languageOf(req))))
  const paths = new Set([...routes, ...open].map(({ path }) => path))
  for (const path of paths)
    app.all(path, wrongMethod([...routes, ...open.map((one) => ({ ...one, method: 'get' }))], path))
  app.use(base, () => {
    throw new NotFound()
  })
  app.use(base, failed)
}

/** The language that the program asks for; Chinese where it names none of ours. */
const languageOf = (req: Request): Language => (req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh')
const numberOf = (req: Request): string => (req.id === undefined ? problemNumber() : String(req.id))

function handler(route: ApiRoute, door: Door): RequestHandler {
  return async (req, res) => {
    const language = languageOf(req)
    res.vary('Authorization').vary('Accept-Language')
    const caller = await admitted(route, door, req, res)
    if (!caller) return
    const body = route.body ? await bodyOf(req, res) : undefined
    const outcomes = await outcomesOf(route, { caller, req, language, body })
    await countStops(route, caller, outcomes)
    if (Array.isArray(body) && route.many && outcomes.length === body.length)
      return send(res, {
        status: 207,
        body: { results: outcomes.map(({ status, body: one }) => ({ status, ...one })) },
      })
    send(res, outcomes[0]!)
  }
}

/** Null where the answer is given already: no token, too often, too little right. */
async function admitted(route: ApiRoute, door: Door, req: Request, res: Response): Promise<Caller | null> {
  const language = languageOf(req)
  const origin = { ip: req.ip ?? null, requestId: numberOf(req) }
  const admission = await door(bearerOf(req), origin, now())
  if ('refused' in admission) {
    const { refused, seconds } = admission
    if (refused === 'unknown') res.set('WWW-Authenticate', 'Bearer realm="api"')
    else res.set('Retry-After', String(seconds))
    send(res, problem(language, refused === 'unknown' ? 401 : 429, 'CRD-18', { seconds }))
    return null
  }
  const { caller } = admission
  const allowed = caller.scopes.includes(route.scope)
  if (allowed && route.allow.some(({ act }) => mayEver(caller.actor, act))) return caller
  const refused = allowed ? `act:${route.allow[0].act}` : `scope:${route.scope}`
  await recordAccess(caller.actor, 'access.refused', refused, { after: { path: req.path } })
  await countStops(route, caller, [problem(language, 403, 'PPL-01')])
  send(res, problem(language, 403, 'PPL-01'))
  return null
}

const bearerOf = (req: Request): string | null =>
  /^Bearer +([^\s,]+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? null

const json = express.json({ limit: largest, strict: true, type: 'application/json' })

/** Only JSON is taken, and none that is larger; refuses by throwing what `failed` answers. */
async function bodyOf(req: Request, res: Response): Promise<unknown> {
  if (!req.is('application/json')) throw Object.assign(new Error('not JSON'), { status: 415 })
  await new Promise<void>((done, fail) => json(req, res, (error?: unknown) => (error ? fail(error as Error) : done())))
  return req.body as unknown
}

type Asked = { caller: Caller; req: Request; language: Language; body: unknown }

async function outcomesOf(route: ApiRoute, { caller, req, language, body }: Asked): Promise<ApiAnswer[]> {
  const number = numberOf(req)
  if (!Array.isArray(body) || !route.many) return [await outcome(route, { caller, req, language, body }, number)]
  if (body.length === 0 || body.length > route.many) return [problem(language, 422, null, { most: route.many })]
  const outcomes: ApiAnswer[] = []
  // One after the other, as they were sent: a later document may be the same as an earlier one.
  for (const one of body) outcomes.push(await outcome(route, { caller, req, language, body: one }, number))
  return outcomes
}

async function outcome(route: ApiRoute, { caller, req, language, body }: Asked, number: string): Promise<ApiAnswer> {
  try {
    const address = Object.values(req.params).map(String)
    if (address.some((one) => one.includes('\0') || !one.isWellFormed())) throw new NotFound()
    const record = await route.load?.(caller.actor, ...address)
    const parsed = route.body?.safeParse(body)
    if (parsed && !parsed.success) return fieldsAnswer(language, parsed.error)
    const visit = { caller, record: record as never, input: parsed?.data as never, language, now: now() }
    return await route.handle(visit)
  } catch (error) {
    return errorAnswer(language, error, number, route)
  }
}

/** RULE-01: counts what rules stopped, a list's as often as they did. The answer never depends on it. */
async function countStops({ path }: ApiRoute, { actor }: Caller, outcomes: readonly ApiAnswer[]): Promise<void> {
  const found = outcomes.flatMap(({ body }) => ('errors' in body ? (body.errors as Problem[]) : []))
  const stopping = found.flatMap(({ rule }) => (rule === null ? [] : [{ rule }]))
  const events = stopsOfMany(stopping, { place: path, actorId: actor.id })
  await recordRuleEvents(events, now()).catch((err: unknown) => log.error({ err }, 'a stop was not counted'))
}

function send(res: Response, { status, body }: ApiAnswer): void {
  res.status(status).json(body)
}

function wrongMethod(known: readonly { method: string; path: string }[], path: string): RequestHandler {
  const methods = known.filter((one) => one.path === path).map(({ method }) => method.toUpperCase())
  const allowed = methods.includes('GET') ? ['HEAD', ...methods] : methods
  return (req, res) => {
    res.set('Allow', allowed.join(', '))
    send(res, problem(languageOf(req), 405))
  }
}

const failed: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (res.headersSent) return next(error)
  send(res, errorAnswer(languageOf(req), error, numberOf(req)))
}
