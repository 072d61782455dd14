import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import { signedIn, type Actor } from '../access/actor.ts'
import { translate, type Key, type Language, type Translate } from '../i18n.ts'
import { now } from '../lib/clock.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { Params } from '../lib/refused.ts'
import { asset } from './assets.ts'
import { csrfToken } from './csrf.ts'
import type { Reveal } from './route.ts'
import { shellFor } from './shell.ts'

export type FormError = { text: string; field?: string; rule?: { id: string } }

declare global {
  namespace Express {
    interface Locals {
      actor: Actor
      t: Translate
      lang: 'zh-CN' | 'en'
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
    notice: { key: Key; params?: Params; undo?: string }
    reveal: Reveal
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
    csrf: signedIn(actor) ? csrfToken(req) : '',
    formToken: signedIn(actor) ? randomBytes(18).toString('base64url') : '',
    url,
    notice: notice
      ? { text: t(notice.key, notice.params), ...(notice.undo ? { undo: { action: notice.undo } } : {}) }
      : null,
    reveal: reveal ?? null,
    shell: signedIn(actor) && !actor.mustChangePassword ? shellFor(actor, req.path, t, now()) : null,
    errors: [],
    typed: {},
    draft: null,
    format: { date: dateText, dateTime: dateTimeText, number: (value: number) => value.toLocaleString('en-US') },
  })
  next()
}
