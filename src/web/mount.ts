import { pipeline } from 'node:stream'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { signedIn, type Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import { recordAccess } from '../audit/change.ts'
import { Forbidden, NotFound, Refused, refuseIf, Stale } from '../lib/refused.ts'
import { now } from '../lib/clock.ts'
import { learnPlace } from '../regulations/places.ts'
import { alreadyDone, isAlreadyDone, rememberLocation } from './form-token.ts'
import { conflictModel } from './conflict.ts'
import { requireCsrfToken } from './csrf.ts'
import { discardDraft, draftModel } from './drafts.ts'
import { BadRequest } from './errors.ts'
import { fieldProblems } from './fields.ts'
import { sessionActs } from './session-acts.ts'
import { proofBefore, provenFor, type Proof } from './step-up.ts'
import { counting, countStops, subjectOf } from './stops.ts'
import { receiveUpload } from './upload.ts'
import type { Download, Model, Route, SeeOther, Visit } from './route.ts'

type AnyRoute = Extract<Route, { kind: string }>
type FormRoute = Extract<Route, { kind: 'form' }>
type PassageRoute = Extract<Route, { kind: 'passage' }>
type AnyVisit = Visit<never, never>

/** V3.2.1: what is opened by itself runs nothing and is no page of ours. */
const ofFiles = "default-src 'none'; frame-ancestors 'none'; sandbox"

/** Where a person has to go before an act of this kind, null where the way is open: handed in, as this folder knows no feature. */
export type Gate = (actor: Actor, act: Act, next: string, now: Date) => Promise<string | null>
type Handed = { uploadsFolder: string; proof: Proof; gate: Gate }

/** Turns the site map into the application: every request walks load → allow → fields → submit → view. */
export function mount(app: Express, routes: readonly Route[], handed: Handed): void {
  for (const route of routes) {
    learnPlace(route.path, route.allow.act, 'view' in route && Boolean(route.view))
    const methods = route.kind === 'form' ? (route.view ? ['GET', 'POST'] : ['POST']) : ['GET']
    if (methods.includes('GET')) app.get(route.path, counting(route, open(route, handed)))
    if (route.kind === 'form')
      app.post(
        route.path,
        express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 2000 }),
        counting(route, send(route, handed)),
      )
  }
}

function open(route: AnyRoute, { gate }: Handed): RequestHandler {
  return async (req, res) => {
    if (!(await admitted(route, gate, req, res))) return
    const visit = await visitOf(route, req, res)
    const first = await proofBefore(route, req, visit.record)
    if (first) return res.redirect(303, first)
    if (route.kind === 'download') {
      return sendFile(res, await route.send(visit))
    }
    if (route.kind === 'passage') return passOn(route, visit, req, res)
    const draft = route.kind === 'form' && route.draft ? await draftOf(visit, req) : {}
    const { typed } = draft as { typed?: Record<string, string> }
    // What was typed before is shown all the same: nothing of it is lost.
    if (route.kind === 'form' && route.guard && !typed) refuseIf(await route.guard(visit))
    res.render(route.view!, { ...(await route.show?.(typed ? { ...visit, typed } : visit)), ...draft })
  }
}

function send(route: FormRoute, { uploadsFolder, proof, gate }: Handed): RequestHandler {
  // Asked again, the browser would have to send the file again.
  if (route.stepUp && route.upload) throw new Error(`${route.path}: no step-up with a file`)
  return async (req, res) => {
    if (!(await admitted(route, gate, req, res))) return
    const upload = await uploadOf(route, req, res, uploadsFolder)
    if (upload === 'refused') return
    const body = scalars(req.body)
    const { _csrf, _form, _proof, ...sent } = body
    const { actor } = res.locals
    if (signedIn(actor) || actor.pending) requireCsrfToken(req)
    if (_form) actor.form = { token: _form.slice(0, 64), used: false }
    const visit = await visitOf(route, req, res)

    const fields = route.fields.safeParse(sent)
    if (!fields.success) {
      const errors = fieldProblems(fields.error).map(({ field, reason, params }) => ({
        field,
        text: res.locals.t(reason, params),
      }))
      return showAgain(route, visit, res, sent, errors)
    }
    if (!(await provenFor(route, req, res, proof, { body, record: visit.record }))) return
    try {
      const input = fields.data
      const answer = await route.submit({ ...visit, input, upload, session: sessionActs(req) } as never)
      await rememberLocation(actor, answer.to)
      if (route.draft) await discardDraft(actor, req.path)
      leave(req, res, answer)
    } catch (error) {
      if (isAlreadyDone(error)) return leave(req, res, await alreadyDone(error.token))
      if (error instanceof Stale) {
        res.status(409).render('errors/conflict', conflictModel(error.conflict, sent, route.path, res.locals))
        return
      }
      if (!(error instanceof Refused)) throw error
      await countStops(route, error.refusals, res)
      return showAgain(route, visit, res, sent, refusalErrors(error, res))
    }
  }
}

/** Where a file is too large for a form that says so itself, its page comes back at once. */
async function uploadOf(route: FormRoute, req: Request, res: Response, folder: string) {
  try {
    return route.upload ? await receiveUpload(req, res, route.upload, folder) : null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const visit = await visitOf(route, req, res)
    await countStops(route, error.refusals, res)
    const { _csrf, _form, ...sent } = scalars(req.body)
    await showAgain(route, visit, res, sent, refusalErrors(error, res))
    return 'refused' as const
  }
}

async function passOn(route: PassageRoute, visit: AnyVisit, req: Request, res: Response): Promise<void> {
  try {
    leave(req, res, await route.pass({ ...visit, session: sessionActs(req) } as never))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await countStops(route, error.refusals, res)
    res.status(422).render(route.view, { ...(await route.show(visit)), errors: refusalErrors(error, res) })
  }
}

/** Sends visitors to the sign-in page and people with an issued password to change it; the rest may go on. */
async function admitted(route: AnyRoute, gate: Gate, req: Request, res: Response): Promise<boolean> {
  const { actor } = res.locals
  const { act } = route.allow
  if (mayEver(actor, act)) {
    const first =
      actor.mustChangePassword && !act.startsWith('public.') && act !== 'self.password'
        ? '/password'
        : await gate(actor, act, req.method === 'GET' ? req.originalUrl : '/archive', now())
    if (first) res.redirect(303, first)
    return first === null
  }
  if (actor.pending) {
    res.redirect(303, '/second-factor')
    return false
  }
  if (!signedIn(actor)) {
    const next = req.method === 'GET' ? `?next=${encodeURIComponent(req.originalUrl)}` : ''
    res.redirect(303, `/sign-in${next}`)
    return false
  }
  await recordAccess(actor, 'access.refused', `act:${act}`)
  throw new Forbidden(act)
}

async function visitOf(route: AnyRoute, req: Request, res: Response): Promise<AnyVisit> {
  const { actor } = res.locals
  const address = Object.values(req.params).map(String)
  if (address.some(isBroken)) throw new NotFound()
  const query = scalars(req.query)
  const parsed = route.query?.safeParse(query)
  if (parsed && !parsed.success) throw new BadRequest()
  const record = await route.load?.(actor, ...address)
  const subject = subjectOf(route, record)
  if (subject) res.locals.subject = subject
  if (!route.allow(actor, record as never)) {
    await recordAccess(actor, 'access.refused', `act:${route.allow.act}`, { after: { path: req.path } })
    throw new Forbidden(route.allow.act)
  }
  return { actor, record: record as never, query: parsed?.data as never, now: now() }
}

function draftOf({ actor, now }: AnyVisit, req: Request): Promise<Model> {
  return draftModel(actor, req.path, scalars(req.query)['draft'] === 'restore', now)
}

function sendFile(res: Response, { type, fileName, body, bytes }: Download): void {
  res.attachment(fileName).type(type).set('Content-Security-Policy', ofFiles)
  if (bytes !== undefined) res.set('Content-Length', String(bytes))
  if (Buffer.isBuffer(body)) res.send(body)
  // Ends the one with the other: who stops fetching a file stops its being made.
  else pipeline(body, res, () => {})
}

function leave(req: Request, res: Response, { to, notice, params, reveal, undo, shown, file }: SeeOther): void {
  if (file) return sendFile(res, file)
  if (shown) return res.render(shown.view, shown.model)
  if (!(notice || reveal) || !req.session || !signedIn(res.locals.actor)) return res.redirect(303, to)
  if (reveal) req.session.reveal = reveal
  if (notice) req.session.notice = { key: notice, ...(params ? { params } : {}), ...(undo ? { undo } : {}) }
  // The browser may follow the redirect before the session is stored, and would miss what it carries.
  req.session.save(() => res.redirect(303, to))
}

async function showAgain(
  route: FormRoute,
  visit: AnyVisit,
  res: Response,
  sent: Record<string, string>,
  errors: Express.Locals['errors'],
): Promise<void> {
  res.status(422)
  const typed = Object.fromEntries(Object.entries(sent).filter(([name]) => !/password/i.test(name)))
  if (!route.view) {
    const { t } = res.locals
    const model: Model = {
      status: 422,
      number: String(res.req.id),
      heading: t('web:error.heading.422'),
      sentence: t('web:error.sentence.422'),
      next: t('web:error.next.422'),
    }
    res.render('errors/error', { ...model, errors })
    return
  }
  const draft = route.draft ? { draft: { path: res.req.path, state: 'none', at: null } } : {}
  res.render(route.view, { ...(await route.show?.({ ...visit, typed })), ...draft, errors, typed })
}

function refusalErrors(error: Refused, res: Response): Express.Locals['errors'] {
  return error.refusals.map(({ rule, reason, field, params }) => ({
    text: res.locals.t(reason, params),
    rule: { id: rule },
    ...(field ? { field } : {}),
  }))
}

// PostgreSQL refuses NUL, and half a surrogate pair is no text: such a request comes from no page of ours.
function isBroken(value: string): boolean {
  return value.includes('\0') || !value.isWellFormed()
}

/** One text for each name: a name sent twice, or with something else in it, is refused before anything reads it. */
function scalars(values: unknown): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries((values ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string' || isBroken(value) || isBroken(name) || name === '__proto__') throw new BadRequest()
    out[name] = value
  }
  return out
}

/** An address that exists, asked for in a way it does not answer: 405, not 404. */
export function methodNotAllowed(routes: readonly Route[]): RequestHandler {
  const patterns = routes.map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`))
  return (req, res, next) => {
    if (!patterns.some((pattern) => pattern.test(req.path))) return next()
    res.set('Allow', 'GET, HEAD, POST').sendStatus(405)
  }
}
