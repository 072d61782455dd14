import { connect, createServer, type AddressInfo } from 'node:net'
import type { Login } from '../support/globalSetup.ts'

/** A way to PostgreSQL that, as poolers do, tells a number of its own instead of the backend's. */
export async function pooled(login: Login): Promise<{ login: Login; close: () => void }> {
  const server = createServer((from) => {
    const to = connect(login.port, login.host)
    let told = false
    to.on('data', (data) => {
      const at = told ? -1 : data.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]))
      if (at >= 0) data.writeInt32BE(4_711, at + 5)
      told ||= at >= 0
      from.write(data)
    })
    from.pipe(to)
    from.on('close', () => to.destroy()).on('error', () => to.destroy())
    to.on('close', () => from.destroy()).on('error', () => from.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    login: { ...login, host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    close: () => server.close(),
  }
}
