import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import { signedIn, type Actor, type Way } from '../access/actor.ts'
import { translate, translateIfKnown, type Key, type Language, type Translate } from '../i18n.ts'
import { config } from '../config.ts'
import { clockShift, machineNow, now } from '../lib/clock.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { Params } from '../lib/refused.ts'
import { ruleWords } from '../regulations/texts.ts'
import { asset } from './assets.ts'
import { csrfToken } from './csrf.ts'
import type { Crossing, Reveal, Undo } from './route.ts'
import { shellFor, type OfficeClock } from './shell.ts'

export type FormError = { text: string; field?: string; rule?: { id: string } }

declare global {
  namespace Express {
    interface Locals {
      actor: Actor
      t: Translate
      lang: 'zh-CN' | 'en'
      office?: OfficeClock
      nonce: string
      errors: FormError[]
      typed: Record<string, string>
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    staffId: string
    epoch: number
    startedAt: number
    how: Way
    /** When the person last proved to be this person: at sign-in, or asked again (ACC-01). */
    provenAt: number
    /** The second factor is still to come: where to go with it. */
    pending: string
    /** When it was last used, to the minute. */
    seenAt: number
    notice: { key: Key; params?: Params; undo?: Undo }
    reveal: Reveal
    crossing: Crossing
  }
}

/** Sets what every view may use; `actor` is there already. */
export const pageLocals: RequestHandler = (req, res, next) => {
  const { actor } = res.locals
  const language: Language = actor.language
  // A drawer that closes takes its last page with it: the sentence waits for the page below.
  const notice = /drawer|modal/.test(req.get('x-up-mode') ?? '') ? undefined : req.session?.notice
  if (notice && req.method === 'GET') delete req.session.notice
  const reveal = req.method === 'GET' ? req.session?.reveal : undefined
  if (reveal) delete req.session.reveal
  const t = translate[language]
  const url = req.originalUrl
  Object.assign(res.locals, {
    t,
    lang: language === 'zh' ? 'zh-CN' : 'en',
    theme: actor.theme,
    asset,
    csrf: signedIn(actor) || actor.pending ? csrfToken(req) : '',
    formToken: signedIn(actor) ? randomBytes(18).toString('base64url') : '',
    url,
    notice: notice ? { text: t(notice.key, notice.params), ...(notice.undo ? { undo: notice.undo } : {}) } : null,
    reveal: reveal ?? null,
    ruleOf: (id: string) => ruleWords(language, id),
    shell: signedIn(actor) && !actor.mustChangePassword ? shellFor(actor, req.path, t, res.locals.office) : null,
    movedClock: movedClock(t),
    errors: [],
    typed: {},
    draft: null,
    // A field that no page shows, as the version is, has no label.
    labelOf: (of: string, field: string) => translateIfKnown(language, `${of}:field.${field}`),
    format: { date: dateText, dateTime: dateTimeText, number: (value: number) => value.toLocaleString('en-US') },
  })
  next()
}

/** In development: what stands on every page while the clock is moved; null where it cannot be. */
function movedClock(t: Translate): string | null {
  if (config.env !== 'development') return null
  const words = { at: dateTimeText(now()), real: dateTimeText(machineNow()) }
  return clockShift() === 0 ? '' : t('clock:strip', words)
}
