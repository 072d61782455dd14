import { createHash } from 'node:crypto'
import session from 'express-session'
import pgSession from 'connect-pg-simple'
import type { Request, RequestHandler } from 'express'
import type pg from 'pg'
import { visitor, type Actor } from '../access/actor.ts'
import { actorFor } from '../access/queries.ts'
import type { Language } from '../i18n.ts'
import { now } from '../lib/clock.ts'
import type { SessionActs } from './route.ts'

const minute = 60_000
/** ACC-01: a session left alone ends after 30 minutes, any session after 10 hours. */
const idle = 30 * minute
const absolute = 600 * minute
const year = 365 * 24 * 60 * minute

export function sessions(pool: pg.Pool, secret: string, secureOnly: boolean): RequestHandler {
  return session({
    store: storeOf(pool),
    secret,
    name: secureOnly ? '__Host-session' : 'session',
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: secureOnly, path: '/' },
  })
}

/** Notes that a session is used once a minute, not with every click: a write that each page would wait for. */
function storeOf(pool: pg.Pool): session.Store {
  const Store = pgSession(session)
  const store = new Store({ pool, tableName: 'user_sessions', ttl: idle / 1000, pruneSessionInterval: false })
  const touch = store.touch.bind(store)
  let [minuteNow, touched] = [0, new Set<string>()]
  store.touch = (sid, data, done) => {
    const at = Math.floor(now().getTime() / minute)
    if (at !== minuteNow) [minuteNow, touched] = [at, new Set()]
    if (touched.has(sid)) return done?.()
    touched.add(sid)
    touch(sid, data, done)
  }
  return store
}

/** Finds who is behind the request; an ended, outdated or over-aged session is nobody's. */
export const attachActor: RequestHandler = async (req, res, next) => {
  const requestId = req.id === undefined ? null : String(req.id)
  const origin = { ip: req.ip ?? null, requestId, session: sessionKey(req.sessionID) }
  const { staffId, epoch, startedAt } = req.session
  let actor: Actor | null = null
  if (staffId !== undefined && epoch !== undefined && now().getTime() - (startedAt ?? 0) < absolute)
    actor = await actorFor(staffId, epoch, origin)
  res.locals.actor = actor ?? visitor(chosenLanguage(req), origin)
  next()
}

/** Names a session where its secret must not stand: in addresses and in the trail. */
export function sessionKey(sid: string): string {
  return createHash('sha256').update(sid).digest('hex').slice(0, 16)
}

export function sessionActs(req: Request): SessionActs {
  return {
    id: req.sessionID,
    async begin(staffId, epoch) {
      await call((done) => req.session.regenerate(done))
      const agent = (req.get('user-agent') ?? '').slice(0, 300)
      const place = { ip: req.ip ?? null, agent }
      Object.assign(req.session, { staffId: String(staffId), epoch, startedAt: now().getTime(), ...place })
      await call((done) => req.session.save(done))
    },
    async end() {
      await call((done) => req.session.destroy(done))
      req.res?.set('Clear-Site-Data', '"storage"')
    },
    rememberLanguage(language) {
      req.res?.cookie('language', language, {
        maxAge: year,
        sameSite: 'lax',
        httpOnly: true,
        secure: req.secure,
        path: '/',
      })
    },
  }
}

function call(act: (done: (error?: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    act((error) => (error ? reject(error instanceof Error ? error : new Error('session')) : resolve()))
  })
}

/** Before sign-in: the language chosen on this browser, else the browser's own, else Chinese. */
function chosenLanguage(req: Request): Language {
  const cookie = /(?:^|;\s*)language=(zh|en)(?:;|$)/.exec(req.get('cookie') ?? '')?.[1]
  if (cookie) return cookie as Language
  return req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh'
}
