import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { pinoHttp } from 'pino-http'

/** JSON lines, with no personal data: paths without their query, no headers, no bodies. Silent until the server starts. */
export const log = pino({
  level: 'silent',
  redact: ['req.headers', 'res.headers', '*.password'],
  base: null,
})

/** A number a person can read over the telephone and an administrator can find in the log. */
export function problemNumber(): string {
  return randomBytes(4).toString('hex').toUpperCase()
}

export const requestLog = pinoHttp({
  logger: log,
  genReqId: () => problemNumber(),
  quietReqLogger: true,
  customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'info'),
  serializers: {
    req: (req: { id: string; method: string; url: string }) => ({
      id: req.id,
      method: req.method,
      // SAT-03: who reads the log rates nothing.
      path: req.url.split('?')[0]!.replace(/^\/r\/.*/, '/r/…'),
    }),
    res: (res: { statusCode: number }) => ({ status: res.statusCode }),
  },
  autoLogging: { ignore: (req) => req.url?.startsWith('/assets/') === true || req.url === '/healthz' },
})
