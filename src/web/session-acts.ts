import { createHash, randomBytes } from 'node:crypto'
import type { SessionData } from 'express-session'
import type { Request } from 'express'
import { now } from '../lib/clock.ts'
import type { Crossing, Device, SessionActs } from './route.ts'

const year = 365 * 24 * 60 * 60_000

/** Names a session where its secret must not stand: in addresses and in the trail. */
export function sessionKey(sid: string): string {
  return createHash('sha256').update(sid).digest('hex').slice(0, 16)
}

export function sessionActs(req: Request): SessionActs {
  return {
    id: req.sessionID,
    begin: (staffId, epoch, how = 'password') => beginAs(req, { staffId: String(staffId), epoch, how }),
    beginPending: (staffId, epoch, how, next) => beginAs(req, { staffId: String(staffId), epoch, how, pending: next }),
    prove: () => goOnWith(req, { provenAt: now().getTime() }),
    goOn: (epoch) => goOnWith(req, { epoch }),
    async end() {
      await call((done) => req.session.destroy(done))
      req.res?.set('Clear-Site-Data', '"storage"')
    },
    device: () => deviceOf(req),
    keepCrossing: (crossing) => keepCrossing(req, crossing),
    async takeCrossing() {
      const { crossing } = req.session
      if (crossing) await keepCrossing(req, undefined)
      return crossing ?? null
    },
    rememberLanguage: (language) => keepCookie(req, 'language', language),
  }
}

async function keepCrossing(req: Request, crossing: Crossing | undefined): Promise<void> {
  if (crossing) req.session.crossing = crossing
  else delete req.session.crossing
  await call((done) => req.session.save(done))
}

function keepCookie(req: Request, name: string, value: string): void {
  req.res?.cookie(name, value, { maxAge: year, sameSite: 'lax', httpOnly: true, secure: req.secure, path: '/' })
}

/** The same cookie for everybody who signs in with this browser; another year each time. */
function deviceOf(req: Request): Device {
  const known = /(?:^|;\s*)device=([\w-]{43})(?:;|$)/.exec(req.get('cookie') ?? '')?.[1]
  const token = known ?? randomBytes(32).toString('base64url')
  keepCookie(req, 'device', token)
  const hash = createHash('sha256').update(token).digest('hex')
  return { hash, agent: (req.get('user-agent') ?? '').slice(0, 300) }
}

function beginAs(req: Request, who: Partial<SessionData>): Promise<void> {
  const at = now().getTime()
  const place = { ip: req.ip ?? null, agent: (req.get('user-agent') ?? '').slice(0, 300) }
  return renew(req, { ...who, startedAt: at, provenAt: at, ...place })
}

/** What the session carries goes along, and what other tabs have open stays good; only the id is new. */
async function goOnWith(req: Request, changed: Partial<SessionData>): Promise<void> {
  const { cookie: _, ...kept } = req.session
  await renew(req, { ...kept, ...changed })
  if (req.res) req.res.locals.actor.origin.session = sessionKey(req.sessionID)
}

async function renew(req: Request, data: object): Promise<void> {
  await call((done) => req.session.regenerate(done))
  Object.assign(req.session, data)
  await call((done) => req.session.save(done))
}

export function call(act: (done: (error?: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    act((error) => (error ? reject(error instanceof Error ? error : new Error('session')) : resolve()))
  })
}
