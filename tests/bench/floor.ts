import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'

/** What the same rows cost without anything of ours: node:http, pg and strings put together. */
export async function openFloor(login: pg.ClientConfig): Promise<{ address: string; close: () => Promise<void> }> {
  const pool = new pg.Pool({ ...login, max: 10 })
  const columns = 'number, name, kind, phone, code, province, city, created_at'
  const queries: Record<string, (value: string) => pg.QueryConfig> = {
    '/list': () => ({ text: `select ${columns} from customer order by id desc limit 25` }),
    '/deep': (id) => ({
      text: `select ${columns} from customer where id < $1 order by id desc limit 25`,
      values: [id],
    }),
    '/pieces': (piece) => ({
      text: `select ${columns} from customer where grams @> array[$1] order by id desc limit 25`,
      values: [piece],
    }),
    '/phone': (part) => ({
      text: `select ${columns} from customer where phone_digits like $1 order by id desc limit 25`,
      values: [`%${part}%`],
    }),
    '/open': (number) => ({ text: `select ${columns} from customer where number = $1`, values: [number] }),
  }
  const server = createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url!, 'http://floor')
    const query = queries[pathname]
    if (!query) return void res.writeHead(404).end()
    void pool.query(query(searchParams.get('v') ?? '')).then(({ rows }) => {
      const cells = (row: object) => Object.values(row).map((value) => `<td>${escape(String(value))}</td>`)
      const body = rows.map((row: object) => `<tr>${cells(row).join('')}</tr>`).join('')
      res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<table>${body}</table>`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await pool.end()
  }
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
