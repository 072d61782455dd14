import pg from 'pg'
import { StartProblem } from './problem.ts'

export type Address = { variable: 'DATABASE_URL' | 'DATABASE_OWNER_URL'; url: string }

/** Works on one connection; whatever keeps it from being made becomes a sentence that names the variable, not the password. */
export async function connected<T>(address: Address, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address.url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect().catch((error: unknown) => Promise.reject(connectionProblem(address, error)))
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

function connectionProblem({ variable, url }: Address, error: unknown): StartProblem {
  const { hostname, port, pathname, username } = new URL(url)
  const [host, database, login] = [
    `${hostname || 'localhost'}:${port || 5432}`,
    pathname.slice(1),
    decodeURIComponent(username),
  ]
  const [zh, en] = reason(error as NodeJS.ErrnoException, host, database, login)
  return new StartProblem(`${variable} 不能用：${zh}。`, `${variable} does not work: ${en}.`)
}

function reason(error: NodeJS.ErrnoException, host: string, database: string, login: string): [zh: string, en: string] {
  switch (error.code) {
    case 'ECONNREFUSED':
      return [`${host} 上没有 PostgreSQL 在监听`, `no PostgreSQL listens on ${host}`]
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [`找不到主机 ${host}`, `the host ${host} is not known`]
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return [`连不上 ${host}`, `${host} cannot be reached`]
    case '28P01':
      return [`用户 ${login} 的口令不对`, `the password of ${login} is wrong`]
    case '28000':
      return [`服务器不接受用户 ${login}（${error.message}）`, `the server does not accept ${login} (${error.message})`]
    case '3D000':
      return [`数据库 ${database} 不存在`, `the database ${database} does not exist`]
    case '57P03':
      return [`${host} 正在启动，请稍后再试`, `${host} is just starting, try again in a moment`]
    case '42704':
    case '22023':
    case '42501':
      return [`用户 ${login} 不能使用角色（${error.message}）`, `${login} may not use the role (${error.message})`]
    default:
      return /timeout/i.test(error.message)
        ? [`连不上 ${host}（超时）`, `${host} cannot be reached (timeout)`]
        : [`${host}：${error.message}`, `${host}: ${error.message}`]
  }
}
