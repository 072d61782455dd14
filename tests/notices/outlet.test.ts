import { afterEach, describe, expect, it } from 'vitest'
import { failureOf, headerText, mostTries, dueAgain } from '../../src/mail/letters.ts'
import { NotDelivered, outletOf, type Outlet } from '../../src/mail/transport.ts'
import { mailServer, opened } from '../support/smtp.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

async function server(answer?: () => string) {
  const made = await mailServer(answer)
  closing.push(made.close)
  return made
}

const letter = { id: 7n, address: 'lu@guanghan.example', title: '[客户管理] 通知', body: '客户 K2026000001' }
const failing = (outlet: Outlet) => outlet.send(letter).catch((error: unknown) => error)

describe('where mail leaves', () => {
  it('nowhere in production without a server; to the mailbox page in development', () => {
    expect(outletOf({ env: 'production' })).toBeNull()
    expect(outletOf({ env: 'development' })?.kind).toBe('mailbox')
    expect(outletOf({ env: 'production', smtpUrl: 'smtp://127.0.0.1', mailFrom: 'a@b.example' })?.kind).toBe('smtp')
  })

  it('arrives as plain text, marked as sent by a machine', async () => {
    const { outlet, received } = await server()
    await outletOf(outlet)!.send(letter)
    expect(received).toMatchObject([{ from: 'kehu@yunsan.example', to: ['lu@guanghan.example'] }])
    const { headers, text, subject } = opened(received[0]!)
    expect(subject).toBe('[客户管理] 通知')
    expect(text.trim()).toBe('客户 K2026000001')
    expect(Object.fromEntries(headers)).toMatchObject({
      'auto-submitted': 'auto-generated',
      'message-id': '<notice-7@yunsan.example>',
      'content-type': expect.stringContaining('text/plain'),
    })
  })

  it('CR/LF in a title or an address adds no header and no recipient (V1.3.11)', async () => {
    const { outlet, received } = await server()
    const title = '甲\r\nBcc: everybody@example.com\r\n\r\n正文\u2028X-Evil: 1'
    await outletOf(outlet)!.send({ ...letter, title })
    for (const address of ['lu@guanghan.example>\r\nRCPT TO:<eve@example.com', 'lu@guanghan.example, eve@example.com'])
      await expect(outletOf(outlet)!.send({ ...letter, address })).rejects.toThrow('address')
    expect(received).toHaveLength(1)
    for (const one of received) {
      expect(opened(one).headers.map(([name]) => name)).not.toContain('bcc')
      expect(opened(one).headers.map(([name]) => name)).not.toContain('x-evil')
      expect(one.to.join()).not.toMatch(/eve|everybody/)
    }
    expect(opened(received[0]!).subject).toBe('甲 Bcc: everybody@example.com 正文 X-Evil: 1')
  })

  it('says what kind of failure it was, and none of the server’s words', async () => {
    const { outlet } = await server(() => '550 no such user lu@guanghan.example at internal-host-7')
    const refused = await failing(outletOf(outlet)!)
    expect(refused).toBeInstanceOf(NotDelivered)
    expect((refused as Error).message).toBe('address 550')
    const nobody = await failing(
      outletOf({ env: 'production', smtpUrl: 'smtp://127.0.0.1:1', mailFrom: 'a@b.example' })!,
    )
    expect((nobody as Error).message).toBe('refused')
  })

  it('a password does not travel unencrypted to another machine', async () => {
    const { outlet, received } = await server()
    // This machine too, by a name that need not be it.
    const url = outlet.smtpUrl.replace('127.0.0.1', 'kehu:secret@0.0.0.0')
    const answer = await failing(outletOf({ ...outlet, smtpUrl: url })!)
    expect((answer as Error).message).toBe('certificate 502')
    expect(received).toEqual([])
  })
})

describe('letters', () => {
  it('a header is one line, whatever stands in it', () => {
    for (const text of ['a\r\nb', 'a\nb', 'a\u2029b', 'a\u0000b', 'a\u202eb']) expect(headerText(text)).toBe('a b')
    expect([...headerText('长'.repeat(400))]).toHaveLength(150)
  })

  it('knows the failures by their codes', () => {
    expect(failureOf({ code: 'EAUTH', responseCode: 535 })).toBe('login 535')
    expect(failureOf({ code: 'ESOCKET', cause: { code: 'SELF_SIGNED_CERT_IN_CHAIN' } })).toBe('certificate')
    expect(failureOf({ code: 'ETIMEDOUT' })).toBe('timeout')
    expect(failureOf(new Error('anything: secret'))).toBe('other')
    expect(failureOf(undefined)).toBe('other')
  })

  it('waits longer after each failure', () => {
    const at = new Date('2026-11-23T02:00:00Z')
    const waits = Array.from({ length: mostTries - 1 }, (_, n) => dueAgain(n + 1, at).getTime() - at.getTime())
    expect(waits).toEqual([5, 15, 60, 240].map((minutes) => minutes * 60_000))
  })
})
