import { z } from 'zod'
import { permit } from '../access/policy.ts'
import { translate, type Key } from '../i18n.ts'
import { NotFound } from '../lib/refused.ts'
import { choice, text } from '../web/fields.ts'
import { form, page, seeOther } from '../web/route.ts'
import { conflictSpecimen, designPage, formPage, foundPage, progressPage, tablePage } from './pages.ts'

/** The list of keys, `?` on every page. */
export const keyRoutes = [page('/keys', { allow: permit('self.use'), view: 'design/keys', show: () => ({}) })]

const anyone = permit('public.read')

/** The components in all their states; in development only. */
export const designRoutes = [
  page('/design', { allow: anyone, view: 'design/index', show: ({ actor }) => designPage(translate[actor.language]) }),
  page('/design/rows', {
    allow: anyone,
    view: 'design/rows',
    show: ({ actor }) => tablePage(translate[actor.language]),
  }),
  page('/design/dialog', { allow: anyone, view: 'design/dialog', show: () => ({}) }),
  page('/design/print', {
    allow: anyone,
    view: 'design/print',
    show: ({ actor }) => designPage(translate[actor.language]),
  }),
  page('/design/conflict', {
    allow: anyone,
    view: 'errors/conflict',
    show: ({ actor }) => conflictSpecimen(translate[actor.language]),
  }),
  page('/design/progress', {
    allow: anyone,
    view: 'design/progress',
    show: ({ actor, now }) => progressPage(translate[actor.language], now),
  }),
  page('/design/found', {
    allow: anyone,
    query: z.object({ q: z.string().max(100).default('') }),
    view: 'design/found',
    show: ({ actor, query }) => foundPage(translate[actor.language], query.q),
  }),
  page('/design/errors/:status', {
    allow: anyone,
    load: async (_actor, status) => {
      if (!['400', '403', '404', '413', '422', '500'].includes(status!)) throw new NotFound()
      return status!
    },
    view: 'errors/error',
    show: ({ actor, record: status }) => {
      const say = (part: string) => translate[actor.language](`web:error.${part}.${status}` as Key)
      return {
        status: Number(status),
        number: '7F3K-20',
        heading: say('heading'),
        sentence: say('sentence'),
        next: say('next'),
      }
    },
  }),
  form('/design/form', {
    allow: anyone,
    view: 'design/form',
    show: ({ actor }) => formPage(translate[actor.language]),
    fields: z.strictObject({
      name: text({ min: 1, max: 100 }),
      kind: choice(['quality', 'contract', 'repair', 'service']),
      amount: text({ max: 20 }),
      what: text({ max: 500 }),
    }),
    submit: async () => seeOther('/design', 'design:specimen.formSaved'),
  }),
]
