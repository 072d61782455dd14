import pg from 'pg'

/** Works on one connection of its own. */
export async function withClient<T>(login: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...login, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** The same login to another database of its server. */
export function loginTo(login: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!login.connectionString) return { ...login, database }
  const address = new URL(login.connectionString)
  address.pathname = `/${database}`
  return { ...login, connectionString: address.href }
}
