import { z } from 'zod'
import { translate, translateIfKnown, type Language } from '../i18n.ts'
import type { ApiRoute } from '../web/api.ts'
import { listAnswer, problemAnswer } from './shapes.ts'

type Schema = z.core.JSONSchema.BaseSchema

/** A schema as it validates, with its fields described in the reader's language. */
export function schemaOf(schema: z.ZodType, language: Language, io: 'input' | 'output' = 'output'): Schema {
  const { $schema: _, ...found } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      const { description } = jsonSchema
      if (description) jsonSchema.description = translateIfKnown(language, description) ?? description
    },
  })
  return found
}

/** CRD-18: OpenAPI 3.1, put together from the very schemas that judge what is sent. */
export function openApi(routes: readonly ApiRoute[], language: Language) {
  const t = translate[language]
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operationOf(route, language) }
  }
  return {
    openapi: '3.1.0',
    info: { title: t('api:title'), version: '1', description: t('api:lede') },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: t('api:guide.token') } } },
  }
}

/** POST /api/v1/shipments → post_shipments: what its words are called by. */
export const nameOf = ({ method, path }: Pick<ApiRoute, 'method' | 'path'>) =>
  `${method}_${path
    .replace('/api/v1/', '')
    .replaceAll(/\/:\w+/g, '_one')
    .replaceAll('/', '_')}`

function operationOf(route: ApiRoute, language: Language) {
  const t = translate[language]
  const name = nameOf(route) as 'post_shipments'
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, of]) => ({
    name: of,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    operationId: name,
    summary: t(`api:does.${name}`),
    description: `${t(`api:more.${name}`)} ${t('api:scopeOf', { scope: t(`tokens:scope.${route.scope}`) })}`,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: { required: true, content: jsonOf(bodyOf(route, language)) } } : {}),
    responses: responsesOf(route, language),
  }
}

const jsonOf = (schema: object) => ({ 'application/json': { schema } })

function bodyOf({ body, many }: ApiRoute, language: Language) {
  const one = schemaOf(body!, language, 'input')
  return many ? { oneOf: [one, { type: 'array', items: one, minItems: 1, maxItems: many }] } : one
}

const always = [401, 403, 429] as const
const ofBodies = [400, 409, 413, 415, 422] as const

function responsesOf(route: ApiRoute, language: Language) {
  const t = translate[language]
  const failures = [...always, 404, ...(route.body ? ofBodies : [])]
  const found: Record<string, object> = {}
  const add = (status: number, schema: z.ZodType) => {
    const description = t(`api:status.${status as 200}`)
    found[status] = { description, content: jsonOf(schemaOf(schema, language)) }
  }
  for (const status of failures) add(status, problemAnswer)
  for (const [status, schema] of Object.entries(route.answers)) add(Number(status), schema)
  if (route.many) add(207, listAnswer(route.answers[201] as z.ZodObject))
  return found
}
