import { beforeAll, describe, expect, it } from 'vitest'
import { table, acts } from '../../src/access/table.ts'
import { kinds } from '../../src/approvals/kinds.ts'
import { apiRoutes, routes } from '../../src/routes.ts'
import { signIn, visitor, type Browser } from '../support/browser.ts'
import { cast, type Cast } from '../support/cast.ts'
import { fingerprint } from '../support/dump.ts'
import { theCast } from '../support/make.ts'
import { addressesOf, samplesFor, type Relation, type Samples } from './addresses.ts'

// An oracle of our own: it reads the table's cells, and shares no code with the policy it checks.
type Who = { role: string | null; at: 'company' | 'department' | 'region' | null }
const rows = table as Record<string, string | Record<string, string>>

function cell({ role }: Who, act: string): string | undefined {
  const row = rows[act]!
  if (typeof row === 'string') return row === 'anyone' || role !== null ? 'all' : undefined
  const reach = role === null ? undefined : row[role]
  return reach === 'first_steps' ? undefined : reach
}

function reaches(who: Who, act: string, relation: Relation | null): boolean {
  const reach = cell(who, act)
  if (reach === undefined) return false
  // One's own tasks are one's own wherever they lie.
  if (act.startsWith('tasks.') && relation === 'own') return true
  if (reach === 'all' || relation === null) return true
  if (reach === 'own') return relation === 'own'
  return who.at === 'company' || who.at === relation
}

type Expected = 'open' | 'refused' | 'hidden' | 'sign-in'

function expected(who: Who, act: string, relation: Relation | null, family: string | null): Expected {
  if (cell(who, act) === undefined) return who.role === null ? 'sign-in' : 'refused'
  if (relation === null || family === null) return 'open'
  if (relation === 'absent' || !reaches(who, `${family}.view`, relation)) return 'hidden'
  return reaches(who, act, relation) ? 'open' : 'refused'
}

const familyOf = (path: string) =>
  (/^\/(customers|imports|tasks)\/:number/.exec(path) ?? /^\/(deadlines)\/:id/.exec(path))?.[1] ?? null
/** What a task asks for is its giver's to correct, and all but one's own were given by somebody else. */
const givenByOthers = (path: string, relation: Relation | null, wish: Expected): Expected =>
  path === '/tasks/:number/correction' && relation !== 'own' && wish === 'open' ? 'refused' : wish

const statuses: Record<Expected, (status: number, to: string) => boolean> = {
  // 422: whoever may open the form reads what stands against it (`guard`).
  open: (status) => status === 200 || status === 404 || status === 303 || status === 422,
  refused: (status) => status === 403,
  hidden: (status) => status === 404,
  'sign-in': (status, to) => status === 303 && to.startsWith('/sign-in'),
}

let people: Cast
beforeAll(async () => {
  people = await theCast()
})

it('every route names an act of the table, and every act but the few for commands has a route', () => {
  expect(routes.length).toBeGreaterThan(30)
  expect(routes.filter(({ allow }) => !(allow.act in table)).map(({ path }) => path)).toEqual([])
  const used = new Set([
    ...routes.map(({ allow }) => allow.act),
    ...apiRoutes.flatMap(({ allow }) => allow.map(({ act }) => act)),
  ])
  expect([...used].filter((act) => !(act in table))).toEqual([])
  // What a masked value is decides which of two rights it asks for: its address names the lower one. What is classified
  // (ARC-02) tells more or less on the same address.
  const byValue = ['customers.unmask_l3', 'public.read', 'archive.classified']
  // Who signs what stands in the table by kind; all of it is signed in the inbox.
  const byKind: string[] = Object.values(kinds).map(({ act }) => act)
  expect(acts.filter((act) => !used.has(act) && !byValue.includes(act) && !byKind.includes(act))).toEqual([])
})

it('no address is there twice', () => {
  const paths = routes.map(({ path }) => path)
  expect(paths.filter((path, at) => paths.indexOf(path) !== at)).toEqual([])
})

describe.each([...cast.map(({ role, at }) => ({ role, at: at.scope })), { role: 'nobody', at: null }])(
  '$role',
  ({ role, at }) => {
    const who: Who = { role, at }
    let browser: Browser
    let samples: Samples
    beforeAll(async () => {
      const person = people[role as keyof Cast]
      browser = await signIn(person)
      samples = await samplesFor(person)
    })

    it('opens exactly what the table says', { timeout: 120_000 }, async () => {
      expect(await wrongAnswers(who, samples, (url) => browser.agent.get(url))).toEqual([])
    })

    it('is refused every other form, and nothing changes', { timeout: 120_000 }, async () => {
      const { _csrf } = await browser.fieldsOf('/language', '/profile')
      const before = await fingerprint()
      const wrong = await wrongForms(who, samples, async (url) => browser.post(url, { _csrf: _csrf ?? '' }))
      expect(wrong).toEqual([])
      expect(await fingerprint()).toEqual(before)
    })
  },
)

it('a visitor is sent to sign in, from everywhere and with every form', async () => {
  const who: Who = { role: null, at: null }
  const browser = visitor()
  const samples = await samplesFor(people.sales)
  const before = await fingerprint()
  expect(await wrongAnswers(who, samples, (url) => browser.agent.get(url))).toEqual([])
  expect(await wrongForms(who, samples, async (url) => browser.post(url, {}))).toEqual([])
  expect(await fingerprint()).toEqual(before)
})

type Answer = { status: number; headers: Record<string, string> }
type Ask = (url: string) => PromiseLike<unknown>

async function wrongAnswers(who: Who, samples: Samples, ask: Ask): Promise<string[]> {
  const opened = routes.filter((route) => route.kind !== 'form' || route.view)
  return wrong(opened, who, samples, ask, () => true)
}

async function wrongForms(who: Who, samples: Samples, ask: Ask): Promise<string[]> {
  return wrong(
    routes.filter(({ kind }) => kind === 'form'),
    who,
    samples,
    ask,
    (wish) => wish !== 'open',
  )
}

async function wrong(
  some: typeof routes,
  who: Who,
  samples: Samples,
  ask: Ask,
  matters: (wish: Expected) => boolean,
): Promise<string[]> {
  const found: string[] = []
  for (const { path, allow } of some)
    for (const { url, relation } of addressesOf(path, samples)) {
      const wish = givenByOthers(path, relation, expected(who, allow.act, relation, familyOf(path)))
      if (!matters(wish)) continue
      const { status, headers } = (await ask(url)) as Answer
      if (!statuses[wish](status, headers['location'] ?? ''))
        found.push(`${url} (${relation ?? 'no record'}): ${wish} by the table, but ${status}`)
    }
  return found
}
