import type { ErrorRequestHandler, Response } from 'express'
import multer from 'multer'
import { isAct } from '../access/table.ts'
import { Forbidden, NotFound, Refused } from '../lib/refused.ts'
import type { Key } from '../i18n.ts'
import { log, problemNumber } from './log.ts'

/** The address or the form was put together in a way no page of ours does. */
export class BadRequest extends Error {}

/** Too much at once: a body, a file, or too many tries. */
export class TooLarge extends Error {}

export const statusOf = (error: unknown): number => {
  if (error instanceof NotFound) return 404
  if (error instanceof Forbidden) return 403
  if (error instanceof Refused) return error.unavailable ? 503 : 422
  if (error instanceof BadRequest) return 400
  if (error instanceof TooLarge) return 413
  if (error instanceof multer.MulterError) return error.code.startsWith('LIMIT_') ? 413 : 400
  if (error instanceof URIError) return 400
  const status = (error as { status?: unknown }).status
  return typeof status === 'number' && ((status >= 400 && status < 500) || status === 503) ? status : 500
}

const known = [400, 403, 404, 413, 422, 503] as const

export const errorHandler: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const status = statusOf(error)
  const number = req.id === undefined ? problemNumber() : String(req.id)
  if (status >= 500) log.error({ err: error, number }, 'a request failed')
  if (res.headersSent) {
    next(error)
    return
  }
  res.status(status)
  renderError(res, status, number, error)
}

export function renderError(res: Response, status: number, number: string, error?: unknown): void {
  const kind = (known as readonly number[]).includes(status) ? status : status >= 500 ? 500 : 400
  const { t } = res.locals
  const refusals = error instanceof Refused ? error.refusals : []
  // What does not answer says so itself; being busy is another matter.
  const said = error instanceof Refused ? 422 : kind
  const heading = t(`web:error.heading.${said}` as Key)
  const model = {
    status,
    number,
    heading,
    sentence: t(`web:error.sentence.${said}` as Key),
    next: t(`web:error.next.${kind}` as Key),
    // PPL-01: what is not one's to do is refused by the table of rights.
    rule: error instanceof Forbidden && isAct(error.message) ? { id: 'PPL-01' } : null,
    errors: refusals.map(({ rule, reason, field, params }) => ({
      text: t(reason, params),
      rule: { id: rule },
      ...(field ? { field } : {}),
    })),
  }
  res.render('errors/error', model, (failed, html) => {
    // The error page itself cannot be drawn (a template is broken): say it plainly rather than not at all.
    if (failed) {
      log.error({ err: failed, number }, 'the error page failed')
      res.type('text').send(`${heading} ${number}`)
    } else res.send(html)
  })
}
