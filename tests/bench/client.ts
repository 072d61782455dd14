import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { load } from 'cheerio'

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string; bytes: number }

/** One kept-alive connection with its cookies: as little as possible between us and what is measured. */
export function open(address: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let cookie = ''

  function ask(path: string, form?: Record<string, string>): Promise<Answer> {
    const body = form && new URLSearchParams(form).toString()
    const headers = {
      Cookie: cookie,
      'Accept-Encoding': 'identity',
      ...(form
        ? {
            Origin: address,
            'Content-Type': 'application/x-www-form-urlencoded',
            'Content-Length': Buffer.byteLength(body!),
          }
        : {}),
    }
    return new Promise((resolve, reject) => {
      const sent = request(address + path, { agent, method: form ? 'POST' : 'GET', headers }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const set = answer.headers['set-cookie']?.find((one) => one.startsWith('session='))
          if (set) cookie = set.split(';')[0]!
          const whole = Buffer.concat(chunks)
          resolve({ status: answer.statusCode!, headers: answer.headers, body: whole.toString(), bytes: whole.length })
        })
      })
      sent.on('error', reject).end(body)
    })
  }

  async function fields(path: string): Promise<Record<string, string>> {
    const $ = load((await ask(path)).body)
    const form = $('main form[method=post], form[method=post]').filter(
      (_at, one) => !/^\/(?:language|sign-out|theme)/.test($(one).attr('action') ?? ''),
    )
    return Object.fromEntries(
      form
        .first()
        .serializeArray()
        .map(({ name, value }) => [name, value]),
    )
  }

  async function signIn(account: string, password: string): Promise<void> {
    const { status } = await ask('/sign-in', { ...(await fields('/sign-in')), account, password })
    if (status !== 303) throw new Error(`the bench was not let in (${status})`)
  }

  return { ask, fields, signIn, close: () => agent.destroy() }
}

export type Times = { p50: number; p95: number }

/** Milliseconds of `count` runs one after the other, after a few to warm up. */
export async function time(count: number, work: (at: number) => Promise<{ status: number }>): Promise<Times> {
  const spent: number[] = []
  for (let at = -10; at < count; at++) {
    const began = performance.now()
    const { status } = await work(at + 10)
    if (status >= 400) throw new Error(`answered ${status}`)
    if (at >= 0) spent.push(performance.now() - began)
  }
  spent.sort((one, other) => one - other)
  return { p50: spent[Math.floor(count / 2)]!, p95: spent[Math.floor(count * 0.95)]! }
}
