import { gateBefore } from './acknowledgements/gate.ts'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import compression from 'compression'
import express, { type Express } from 'express'
import helmet from 'helmet'
import sirv from 'sirv'
import { watch } from './alerts/watching.ts'
import { watchTrail } from './audit/change.ts'
import { attachOffice } from './calendar/office.ts'
import { config, root } from './config.ts'
import { db, pool } from './db.ts'
import { NotFound } from './lib/refused.ts'
import { apiDocuments, apiRoutes, routes } from './routes.ts'
import { stepUp } from './session/step-up.ts'
import { admitToken } from './tokens/door.ts'
import { assetsFolder } from './web/assets.ts'
import { mountApi } from './web/api-mount.ts'
import { sameOrigin } from './web/csrf.ts'
import { errorHandler } from './web/errors.ts'
import { pageLocals } from './web/locals.ts'
import { requestLog } from './web/log.ts'
import { methodNotAllowed, mount } from './web/mount.ts'
import { attachActor, sessions } from './web/session.ts'

/** The whole application: what every request passes, in order, then every route. */
export function createApp(): Express {
  watchTrail(watch)
  const app = express()
  const https = config.publicUrl?.startsWith('https:') === true
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')
  app.set('view engine', 'ejs')
  // EJS ignores Express's view options; with an array, includes are written from views/.
  app.set('views', [join(root, 'views')])
  app.enable('view cache')
  if (config.env === 'development') app.disable('view cache')

  app.use(requestLog)
  app.use(nonce, headers(https))
  app.get('/healthz', (_req, res) => void res.type('text').send('ok'))
  app.get('/readyz', async (_req, res) => {
    await db.$queryRaw`select 1`
    res.type('text').send('ready')
  })
  app.use(
    '/assets',
    sirv(assetsFolder(root), {
      dev: config.env === 'development',
      immutable: true,
      maxAge: 31_536_000,
      brotli: true,
      gzip: true,
    }),
  )
  app.use('/assets', (_req, res) => void res.sendStatus(404))
  app.use(compression({ threshold: 1024 }))
  app.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  mountApi(app, apiRoutes, apiDocuments, admitToken)
  app.use(sessions(pool, config.sessionSecret, https), attachActor, attachOffice, pageLocals)
  app.use(sameOrigin(config.publicUrl))
  mount(app, routes, { uploadsFolder: join(config.dataDir, 'uploads'), proof: stepUp, gate: gateBefore })
  app.use(methodNotAllowed(routes))
  app.use(() => {
    throw new NotFound()
  })
  app.use(errorHandler)
  return app
}

const nonce: express.RequestHandler = (_req, res, next) => {
  res.locals.nonce = randomBytes(16).toString('base64')
  next()
}

// `useDefaults` is off: the default policy upgrades requests to https, which breaks installations on a plain-http intranet.
function headers(https: boolean): express.RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", (_req, res) => `'nonce-${(res as express.Response).locals.nonce}'`],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        manifestSrc: ["'self'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
  })
}
