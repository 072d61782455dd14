import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer } from 'node:http'
import { load, type CheerioAPI } from 'cheerio'
import request, { type Response, type Test } from 'supertest'
import { createApp } from '../../src/app.ts'
import { pool } from '../../src/db.ts'

type App = ReturnType<typeof createApp>
// Its sessions lie in the database that was connected when it was made.
const apps = new WeakMap<typeof pool, App>()

// One server and its open connections for all of a worker's files: supertest alone would begin anew with every request.
const server = createServer((req, res) => {
  const app = apps.get(pool) ?? createApp()
  apps.set(pool, app)
  app(req, res)
})
server.keepAliveTimeout = 0
await once(server.listen(0, '127.0.0.1'), 'listening')
const connections = new Agent({ keepAlive: true })

export type Page = { status: number; url: string; $: CheerioAPI; response: Response }
export type Browser = Awaited<ReturnType<typeof visitor>>
type Values = Record<string, string | Buffer>

/** One browser that has not signed in: keeps cookies, reads forms, follows a redirect once. */
export function visitor(at: App | typeof server = server) {
  const agent = request.agent(at)
  if (at === server) agent.use((sent: Test) => void sent.agent(connections))
  agent.set('Accept-Encoding', 'identity')
  const host = 'kehu.test'

  async function visit(url: string): Promise<Page> {
    return follow(url, await agent.get(url).set('Host', host))
  }

  async function follow(url: string, response: Response): Promise<Page> {
    const to = response.status === 303 ? response.get('Location') : undefined
    if (to === undefined) return asPage(url, response)
    return asPage(to, await agent.get(to).set('Host', host))
  }

  /** Sends exactly this, as a page of ours would. */
  function post(url: string, values: Record<string, string>) {
    return agent.post(url).set('Host', host).set('Origin', `http://${host}`).type('form').send(values)
  }

  /** The hidden and filled fields of the form that sends to `url`, on the page `on`. */
  async function fieldsOf(url: string, on = url): Promise<Record<string, string>> {
    return fieldsIn(await visit(on), url, on)
  }

  function fieldsIn(page: Page, url: string, on: string): Record<string, string> {
    const values = formValues(page.$, url, on)
    if (!values) throw new Error(`no form for ${url} on ${on} (${page.status}): ${page.$('h1').text()}`)
    return values
  }

  /**
   * Opens the page `on`, fills in its form for `url` and sends it; a Buffer goes as a file. A page that shows a refusal in
   * place of its form is the answer.
   */
  async function submit(url: string, values: Values = {}, on = url): Promise<Page> {
    const page = await visit(on)
    if (page.status === 422 && !formValues(page.$, url, on)) return page
    const filled: Values = { ...fieldsIn(page, url, on), ...values }
    const files = Object.entries(filled).filter((entry): entry is [string, Buffer] => Buffer.isBuffer(entry[1]))
    if (files.length === 0) return follow(url, await post(url, filled as Record<string, string>))
    const sending = agent.post(url).set('Host', host).set('Origin', `http://${host}`)
    for (const [name, value] of Object.entries(filled)) if (typeof value === 'string') void sending.field(name, value)
    for (const [name, content] of files) void sending.attach(name, content, '客户.csv')
    return follow(url, await sending)
  }

  return { agent, host, visit, post, fieldsOf, submit }
}

/** A browser in which this person has signed in. */
export async function signIn(person: { number: string; password: string }, at?: App): Promise<Browser> {
  const browser = visitor(at)
  browser.agent.jar.setCookie(`device=${tokenOf(person)}`, '127.0.0.1', '/')
  const form = await browser.fieldsOf('/sign-in')
  const answer = await browser.post('/sign-in', { ...form, account: person.number, password: person.password })
  const to = answer.get('Location')
  // Not followed: the first page costs more than all the rest of it, and nobody looks at it here.
  if (to === undefined || to.startsWith('/sign-in'))
    throw new Error(`${person.number} was not let in: ${asPage('/sign-in', answer).$('.errors').text()}`)
  return browser
}

/** The same browser whenever this person signs in: another one would be told of (AUD-04). */
const tokenOf = ({ number }: { number: string }) => createHash('sha256').update(number).digest('base64url')

function asPage(url: string, response: Response): Page {
  return { status: response.status, url, $: load(response.text ?? ''), response }
}

function formValues($: CheerioAPI, url: string, on: string): Record<string, string> | null {
  const path = url.split('?')[0]!
  const form = $('form').filter((_at, element) => {
    if (($(element).attr('method') ?? 'get').toLowerCase() !== 'post') return false
    return ($(element).attr('action') ?? on).split('?')[0] === path
  })
  if (form.length === 0) return null
  // What a browser would send: the ticked, the chosen, the typed; no file, no button.
  const sent = form.first().serializeArray()
  // Of a list in groups cheerio would send the first choice.
  const chosen = form.first().find('select:has(optgroup):not([disabled])').toArray()
  const grouped = chosen.map((list) => [$(list).attr('name')!, $(list).find('option[selected]').attr('value') ?? ''])
  return Object.fromEntries([...sent.map(({ name, value }) => [name, value]), ...grouped])
}
