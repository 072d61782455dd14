import { createTransport } from 'nodemailer'
import { config } from '../config.ts'
import { failureOf, headerText } from './letters.ts'

export type Letter = { id: bigint; address: string; title: string; body: string }

/** Where letters leave the house; `mailbox` keeps them for the page of that name, in development. */
export type Outlet = { kind: 'smtp' | 'mailbox'; send: (letter: Letter) => Promise<void> }

/** Not delivered; the message is one of the words of notices:failure, and the server's number if it gave one. */
export class NotDelivered extends Error {}

type Settings = { env: string; smtpUrl?: string | undefined; mailFrom?: string | undefined }

/** Null: this installation sends no mail. */
export function outletOf({ env, smtpUrl, mailFrom }: Settings = config): Outlet | null {
  if (smtpUrl && mailFrom) return { kind: 'smtp', send: bySmtp(smtpUrl, mailFrom) }
  return env === 'production' ? null : { kind: 'mailbox', send: async () => {} }
}

const longest = 60_000

function bySmtp(address: string, from: string): Outlet['send'] {
  const transport = createTransport(optionsOf(new URL(address)))
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost'
  return async ({ id, address: to, title, body }) => {
    if (!/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/u.test(to)) throw new NotDelivered('address')
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject: headerText(title),
        text: body,
        // The same letter sent twice is one letter to programs that compare this.
        messageId: `<notice-${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(longest),
      })
    } catch (error) {
      throw new NotDelivered(failureOf(error))
    }
  }
}

function optionsOf({ protocol, hostname, port, username, password }: URL) {
  const secure = protocol === 'smtps:'
  const user = decodeURIComponent(username)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(user ? { auth: { user, pass: decodeURIComponent(password) } } : {}),
    requireTLS: !secure && user !== '' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    dnsTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
