import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Language } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import type { ApiRoute } from '../web/api.ts'
import { nameOf, schemaOf } from './openapi.ts'

type Field = { name: string; required: boolean; type: string; about: string }
type Json = {
  type?: unknown
  format?: string
  enum?: unknown[]
  anyOf?: Json[]
  items?: Json
  properties?: Record<string, Json>
  required?: string[]
  description?: string
}

/** /api: the same description, to be read. */
export function guidePage(actor: Actor, routes: readonly ApiRoute[], minute: number, now: Date) {
  const { language } = actor
  const t = translate[language]
  return {
    tokens: mayEver(actor, 'tokens.use') ? '/tokens' : mayEver(actor, 'tokens.manage') ? '/tokens/all' : null,
    minute,
    endpoints: routes.map((route) => {
      const name = nameOf(route) as 'post_shipments'
      return {
        id: name,
        method: route.method.toUpperCase(),
        path: route.path.replace(/:(\w+)/g, '‹$1›'),
        does: t(`api:does.${name}`),
        more: t(`api:more.${name}`),
        scope: t(`tokens:scope.${route.scope}`),
        fields: route.body ? fieldsOf(schemaOf(route.body, language, 'input') as Json, language) : [],
        sample: sampleOf(route, dateText(now)),
        answer: fieldsOf(schemaOf(route.answers[route.body ? 201 : 200]!, language) as Json, language),
      }
    }),
    statuses: ([200, 201, 207, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500] as const).map((status) => ({
      status,
      word: t(`api:status.${status}`),
    })),
  }
}

/** Line by line, with what lies in others: `lines.owed`, `holds[].rule`. */
function fieldsOf(schema: Json, language: Language, before = ''): Field[] {
  const { properties = {}, required = [] } = schema
  return Object.entries(properties).flatMap(([name, field]) => {
    const inner = innerOf(field)
    const path = before + name
    if (inner.properties) return fieldsOf(inner, language, `${path}.`)
    if (inner.items?.properties) return fieldsOf(inner.items, language, `${path}[].`)
    const about = field.description ?? ''
    return [{ name: path, required: required.includes(name), type: typeOf(inner, language), about }]
  })
}

/** Of what may be null, what it is otherwise. */
const innerOf = (field: Json): Json => field.anyOf?.find(({ type }) => type !== 'null') ?? field

function typeOf({ enum: values, format, type }: Json, language: Language): string {
  const t = translate[language]
  if (values) return values.join(' | ')
  if (format === 'date') return t('api:type.date')
  if (format === 'date-time') return t('api:type.moment')
  const plain = Array.isArray(type) ? type.find((one) => one !== 'null') : type
  return t(`api:type.${plain as 'string'}`)
}

const samples: Record<string, (today: string) => object> = {
  post_shipments: (shippedOn) => ({
    document: 'CK-20871',
    release: 'FX2026000001',
    amount: '8600.00',
    shippedOn,
    invoice: '88001234',
  }),
  post_receipts: (receivedOn) => ({
    document: 'SK-4410',
    customer: 'K2026000001',
    amount: '5000.00',
    receivedOn,
    way: 'transfer',
  }),
  post_releases: () => ({ document: 'DD-3302', customer: 'K2026000001', amount: '8600.00', goods: '冷库门 4 樘' }),
}

/** What a program sends, as a shell would. */
function sampleOf(route: ApiRoute, today: string): string {
  const address = route.path.replace('/customers/:number', '/customers/K2026000001').replace(':number', 'FX2026000001')
  const head = `curl -H "Authorization: Bearer $TOKEN" "$SITE${address}"`
  const body = samples[nameOf(route)]?.(today)
  return body ? `${head} \\\n  -H "Content-Type: application/json" \\\n  -d '${JSON.stringify(body)}'` : head
}
