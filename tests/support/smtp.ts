import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'

export type Received = { from: string; to: string[]; data: string }

/** A mail server of a few lines: takes whatever comes, or answers every recipient as told. */
export async function mailServer(answer: () => string = () => '250 ok') {
  const received: Received[] = []
  const server = createServer((socket) => converse(socket, received, answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const outlet = { env: 'production', smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: '客户管理 <kehu@yunsan.example>' }
  return { received, outlet, close: () => void server.close() }
}

function converse(socket: Socket, received: Received[], answer: () => string): void {
  let letter: Received = { from: '', to: [], data: '' }
  let waiting = ''
  let inData = false
  const say = (line: string) => void socket.write(`${line}\r\n`)
  socket.on('error', () => {})
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    waiting += chunk
    for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
      const line = waiting.slice(0, end)
      waiting = waiting.slice(end + 2)
      if (inData) take(line)
      else command(line)
    }
  })
  say('220 mail.test')

  function command(line: string): void {
    const [, address = ''] = /<(.*?)>/.exec(line) ?? []
    if (/^EHLO/i.test(line)) return say('250 mail.test')
    if (/^(?:STARTTLS|AUTH)/i.test(line)) return say('502 not here')
    if (/^MAIL/i.test(line)) letter = { from: address, to: [], data: '' }
    if (/^RCPT/i.test(line)) {
      if (answer().startsWith('250')) letter.to.push(address)
      return say(answer())
    }
    if (/^DATA/i.test(line)) inData = true
    if (/^QUIT/i.test(line)) return void socket.end('221 bye\r\n')
    say(inData ? '354 go on' : '250 ok')
  }

  function take(line: string): void {
    if (line !== '.') return void (letter.data += `${line}\r\n`)
    inData = false
    received.push(letter)
    say('250 taken')
  }
}

/** The headers of a letter, folded lines joined, and its text. */
export function opened({ data }: Received) {
  const [head = '', ...rest] = data.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 2),
  ])
  const body = rest.join('\r\n\r\n')
  const encoding = new Map(headers as [string, string][]).get('content-transfer-encoding')
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString() : unquoted(body)
  return {
    headers: headers as [string, string][],
    text,
    subject: decoded(new Map(headers as [string, string][]).get('subject') ?? ''),
  }
}

function unquoted(body: string): string {
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

function decoded(subject: string): string {
  return subject
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?(.*?)\?=/gi, (_all, how: string, text: string) =>
      how.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : unquoted(text.replaceAll('_', ' ')),
    )
}
