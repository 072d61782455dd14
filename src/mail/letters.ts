/** One line for a header: what could begin another one is a space. */
export function headerText(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
  const characters = [...line]
  return characters.length > 150 ? `${characters.slice(0, 149).join('')}…` : line
}

const words: Record<string, string> = {
  EAUTH: 'login',
  ENOAUTH: 'login',
  EOAUTH2: 'login',
  ECONNECTION: 'refused',
  ECONNREFUSED: 'refused',
  ESOCKET: 'refused',
  EDNS: 'refused',
  ENOTFOUND: 'refused',
  ETIMEDOUT: 'timeout',
  EABORT: 'timeout',
  EENVELOPE: 'address',
  ETLS: 'certificate',
}

/** What kind of failure it was, with the server's number: its text can hold addresses and names of machines. */
export function failureOf(error: unknown): string {
  const { code = '', responseCode, cause } = (error ?? {}) as { code?: string; responseCode?: number; cause?: unknown }
  const inner = (cause as { code?: string } | undefined)?.code ?? ''
  const certificate = [code, inner].some((one) => /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/.test(one))
  const word = certificate ? 'certificate' : (words[code] ?? 'other')
  return responseCode ? `${word} ${responseCode}` : word
}

/** The pause after the first, second … try, in minutes; after the last there is none, and it is given up. */
const pauses = [5, 15, 60, 240]
export const mostTries = pauses.length + 1

/** When a letter that has been tried so often is due again. */
export function dueAgain(tries: number, triedAt: Date): Date {
  return new Date(triedAt.getTime() + (pauses[tries - 1] ?? 0) * 60_000)
}
