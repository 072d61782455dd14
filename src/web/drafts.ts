import { z } from 'zod'
import { signedIn, type Actor } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { pool } from '../db.ts'
import { dateTimeText } from '../lib/dates.ts'
import { Forbidden, NotFound } from '../lib/refused.ts'
import { form, seeOther, type Model, type Route } from './route.ts'

type Values = Record<string, string>
type FormRoute = Extract<Route, { kind: 'form' }>

const mostBytes = 64 * 1024
const longestPath = 200

const draftPath = z.string().max(longestPath)
const draftForm = z
  .object({ draft: draftPath })
  .catchall(z.string())
  .transform(({ draft, ...values }) => ({ path: draft, values: worthKeeping(values) }))
  .refine(({ values }) => Buffer.byteLength(JSON.stringify(values)) <= mostBytes, { error: 'web:draft.tooLong' })
const discardForm = z.strictObject({ draft: draftPath })

/** Where the long forms among these routes keep what was typed but not sent: each person's own, for two weeks. */
export function draftRoutes(routes: readonly Route[]): Route[] {
  return [
    form<z.infer<typeof draftForm>>('/drafts', {
      allow: permit('self.use'),
      fields: draftForm,
      submit: async ({ actor, input: { path, values }, now }) => {
        await mayOpen(routes, actor, path)
        await saveDraft(actor, path, values, now)
        return seeOther(`${path}?draft=restore`)
      },
    }),
    form<z.infer<typeof discardForm>>('/drafts/discard', {
      allow: permit('self.use'),
      fields: discardForm,
      submit: async ({ actor, input: { draft } }) => {
        await mayOpen(routes, actor, draft)
        await discardDraft(actor, draft)
        return seeOther(draft, 'web:draft.discarded')
      },
    }),
  ]
}

/** What the form's page says of its draft; a draft that was asked for stands in the fields, as if typed just now. */
export async function draftModel(actor: Actor, path: string, restore: boolean, now: Date): Promise<Model> {
  if (!signedIn(actor)) return {}
  const { rows } = await pool.query<{ values: Values; saved_at: Date }>(
    'select "values", saved_at from form_draft where staff_id = $1 and form = $2',
    [actor.id, path],
  )
  const [kept] = rows
  if (!kept) return { draft: { path, state: 'none', at: null } }
  const at = shortly(kept.saved_at, now)
  if (!restore) return { draft: { path, state: 'waiting', at } }
  return { draft: { path, state: 'restored', at }, typed: kept.values }
}

/** The draft has become a record, or is not wanted. */
export async function discardDraft(actor: Actor, path: string): Promise<void> {
  await pool.query('delete from form_draft where staff_id = $1 and form = $2', [actor.id, path])
}

export async function clearOldDrafts(savedBefore: Date): Promise<void> {
  await pool.query('delete from form_draft where saved_at < $1', [savedBefore])
}

// A draft on its way while the form itself is sent arrives too late: that form's token is used up by then.
async function saveDraft(actor: Actor, path: string, values: Values, now: Date): Promise<void> {
  await pool.query(
    `insert into form_draft (staff_id, form, "values", saved_at)
     select $1, $2, $3, $4 where not exists (select 1 from form_token where token = $5)
     on conflict (staff_id, form) do update set "values" = excluded."values", saved_at = excluded.saved_at`,
    [actor.id, path, JSON.stringify(values), now, actor.form?.token ?? ''],
  )
}

/** The address must be a long form's, and one that this person can open now. */
async function mayOpen(routes: readonly Route[], actor: Actor, path: string): Promise<void> {
  for (const route of routes) {
    if (!keepsDrafts(route)) continue
    const address = addressIn(route.path, path)
    if (!address) continue
    const record = await route.load?.(actor, ...address)
    if (!route.allow(actor, record as never)) throw new Forbidden(route.allow.act)
    return
  }
  throw new NotFound()
}

const keepsDrafts = (route: Route): route is FormRoute =>
  route.kind === 'form' && route.draft === true && Boolean(route.view)

function addressIn(pattern: string, path: string): string[] | null {
  return new RegExp(`^${pattern.replace(/:\w+/g, '([\\w-]+)')}$`).exec(path)?.slice(1) ?? null
}

const worthKeeping = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !/password|secret/i.test(name)))

/** 14:07 on the same day, else 2026-11-21 14:07. */
function shortly(moment: Date, now: Date): string {
  const text = dateTimeText(moment)
  const today = dateTimeText(now).slice(0, 11)
  return text.startsWith(today) ? text.slice(today.length) : text
}
