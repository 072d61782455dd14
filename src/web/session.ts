import session from 'express-session'
import pgSession from 'connect-pg-simple'
import type { Request, RequestHandler } from 'express'
import type pg from 'pg'
import { visitor, type Actor, type Pending } from '../access/actor.ts'
import { actorFor } from '../access/queries.ts'
import type { Language } from '../i18n.ts'
import { now } from '../lib/clock.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { parameters } from '../regulations/parameters.ts'
import { call, sessionKey } from './session-acts.ts'

const minute = 60_000
const hour = 60 * minute
/** How long the store keeps a session that nobody uses: the longest that ACC-01 allows, and a little more. */
const kept = parameters['accounts.idle_minutes'].max * minute + minute
/** How long one may take over the second factor. */
const pendingFor = 10 * minute

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
  const store = new Store({ pool, tableName: 'user_sessions', ttl: kept / 1000, pruneSessionInterval: false })
  const set = store.set.bind(store)
  store.set = (sid, data, done) => set(sid, { ...data, seenAt: now().getTime() }, done)
  let [minuteNow, touched] = [0, new Set<string>()]
  store.touch = (sid, data, done) => {
    const at = now().getTime()
    const thisMinute = Math.floor(at / minute)
    if (thisMinute !== minuteNow) [minuteNow, touched] = [thisMinute, new Set()]
    if (touched.has(sid)) return done?.()
    touched.add(sid)
    noteUse(pool, sid, at, done)
  }
  return store
}

// What the session holds stays as it is, and one that has ended meanwhile does not come back. Rules read `seenAt`; until
// when the row is kept is told by the machine's clock, as the store itself does.
function noteUse(pool: pg.Pool, sid: string, at: number, done?: (error?: unknown) => void): void {
  pool.query(
    `update user_sessions set sess = jsonb_set(sess::jsonb, '{seenAt}', to_jsonb($2::bigint))::json,
       expire = current_timestamp + make_interval(secs => $3) where sid = $1`,
    [sid, at, kept / 1000],
    (error: Error | null) => done?.(error ?? undefined),
  )
}

type Times = { startedAt?: number; seenAt?: number }

/** ACC-01: until when a session lasts if it is left alone, by the regulation in force at that moment. */
export async function sessionEnds({ startedAt = 0, seenAt = startedAt }: Times, at: Date): Promise<Date> {
  const { value } = await regulationAt(at)
  const idle = seenAt + value('accounts.idle_minutes') * minute
  // The last millisecond of the hours: from then on it has lasted them.
  return new Date(Math.min(idle, startedAt + value('accounts.session_hours') * hour - 1))
}

/** Finds who is behind the request; an ended, outdated or over-aged session is nobody's. */
export const attachActor: RequestHandler = async (req, res, next) => {
  const requestId = req.id === undefined ? null : String(req.id)
  const origin = { ip: req.ip ?? null, requestId, session: sessionKey(req.sessionID) }
  const { staffId, epoch } = req.session
  const at = now()
  let actor: Actor | null = null
  if (staffId !== undefined && epoch !== undefined) {
    const pending = pendingOf(req)
    if (pending && at <= pending.until) {
      res.locals.actor = { ...visitor(chosenLanguage(req), origin), pending }
      return next()
    }
    if (!pending && at <= (await sessionEnds(req.session, at))) actor = await actorOf(req, origin)
    // Else this very request would be a use of it.
    else await call((done) => req.session.regenerate(done))
  }
  res.locals.actor = actor ?? visitor(chosenLanguage(req), origin)
  next()
}

/** Who came by the company's own sign-in needs no password of ours, nor a new one. */
async function actorOf({ session }: Request, origin: Actor['origin']): Promise<Actor | null> {
  const actor = await actorFor(session.staffId!, session.epoch!, origin)
  return actor && session.how === 'sso' ? { ...actor, how: 'sso', mustChangePassword: false } : actor
}

function pendingOf({ session }: Request): Pending | null {
  const { pending, staffId, epoch, how, startedAt } = session
  if (pending === undefined) return null
  const until = new Date((startedAt ?? 0) + pendingFor)
  return { id: BigInt(staffId!), epoch: epoch!, how: how ?? 'password', next: pending, until }
}

/** Before sign-in: the language chosen on this browser, else the browser's own, else Chinese. */
function chosenLanguage(req: Request): Language {
  const cookie = /(?:^|;\s*)language=(zh|en)(?:;|$)/.exec(req.get('cookie') ?? '')?.[1]
  if (cookie) return cookie as Language
  return req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh'
}
