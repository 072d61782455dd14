import request from 'supertest'
import { pool } from '../../src/db.ts'
import type { Browser, Page } from '../support/browser.ts'

type File = { content: Buffer | string; name: string }

/** Sends a file by the form at `url`, as a browser without a script does. */
export async function upload(browser: Browser, url: string, file: File, values: Record<string, string> = {}) {
  const filled = { ...(await browser.fieldsOf(url)), ...values }
  const sending = browser.agent.post(url).set('Host', browser.host).set('Origin', `http://${browser.host}`)
  for (const [name, value] of Object.entries(filled)) void sending.field(name, value)
  void sending.attach('file', Buffer.from(file.content), file.name)
  return sending
}

/** The attachment that was made last on this customer. */
export async function lastOf(customerId: bigint): Promise<{ id: string; version: number }> {
  const { rows } = await pool.query<{ id: string; version: number }>(
    'select id, version from attachment where customer_id = $1 order by id desc limit 1',
    [customerId],
  )
  return rows[0]!
}

export async function linesOf(customerId: bigint) {
  const { rows } = await pool.query<{
    action: string
    kind: string
    actor_name: string
    why: string | null
    after: Record<string, unknown>
  }>(
    `select action, kind, actor_name, why, after from audit_entry where subject = $1 and action like 'attachment.%' order by id`,
    [`customer:${customerId}`],
  )
  return rows
}

export const errorsOf = ({ $ }: Pick<Page, '$'>) =>
  $('.errors [data-rule]')
    .toArray()
    .map((line) => `${$(line).attr('data-rule')} ${$(line).find('a, span').first().text()}`)

/** The bytes of an answer, whatever its type. */
export const bytesOf = (response: request.Response): Buffer =>
  Buffer.isBuffer(response.body) ? response.body : Buffer.from(response.text ?? '')

export function fetchBytes(browser: Browser, url: string) {
  return browser.agent
    .get(url)
    .set('Host', browser.host)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => done(null, Buffer.concat(pieces)))
    })
}
