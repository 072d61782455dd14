import type { Request, RequestHandler } from 'express'
import { csrfSync } from 'csrf-sync'
import { Forbidden } from '../lib/refused.ts'

const tokens = csrfSync({ getTokenFromRequest: (req) => (req.body as Record<string, string> | undefined)?.['_csrf'] })

export function csrfToken(req: Request): string {
  return tokens.generateToken(req)
}

/** The token of this very session, from the form. */
export function requireCsrfToken(req: Request): void {
  if (!tokens.isRequestValid(req)) throw new Forbidden('csrf')
}

const safe = new Set(['GET', 'HEAD'])

/**
 * Refuses whatever another site's page sent, before any body is read. Browsers name the sender in `Sec-Fetch-Site`, but
 * only over https and on localhost; over plain http on an intranet `Origin` tells it.
 */
export function sameOrigin(publicUrl: string | undefined): RequestHandler {
  const publicHost = publicUrl ? new URL(publicUrl).host : undefined
  return (req, _res, next) => {
    if (safe.has(req.method)) return next()
    const site = req.get('sec-fetch-site')
    if (site !== undefined) return next(site === 'same-origin' || site === 'none' ? undefined : new Forbidden('site'))
    const origin = req.get('origin')
    const host = origin && URL.canParse(origin) ? new URL(origin).host : undefined
    next(host !== undefined && (host === req.get('host') || host === publicHost) ? undefined : new Forbidden('origin'))
  }
}
