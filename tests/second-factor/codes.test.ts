import fc from 'fast-check'
import { Secret } from 'otpauth'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { passCode } from '../../src/second-factor/checking.ts'
import { seal, unseal } from '../../src/second-factor/cipher.ts'
import { renewCodes } from '../../src/second-factor/commands.ts'
import { asRecoveryCode, hashCodes, matching, newCodes } from '../../src/second-factor/recovery.ts'
import { stepOf } from '../../src/second-factor/totp.ts'
import { refusalOf } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import '../support/connected.ts'
import { codeOf, guarded, stand, wrongCode, type Guarded } from './people.ts'

beforeEach(async () => {
  stand(0)
  await pool.query('delete from sign_in_limit')
})
afterEach(() => moveClock(() => new Date()))

const refused = ['ACC-01 second-factor:refused.code']
const passes = (person: Guarded, code: string) => refusalOf(passCode(person.actor, code, now()))

/** RFC 6238, appendix B, SHA-1; the last six of its eight digits are the six-digit code. */
const vectors: [number, string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
]
const published = Secret.fromUTF8('12345678901234567890').base32

describe('ACC-01: a code', () => {
  it.each(vectors)('ACC-01: RFC 6238 at second %i passes through our own check', async (second, code) => {
    const person = await guarded()
    await pool.query('update staff set totp_secret = $2, totp_step = null where id = $1', [
      person.id,
      seal(published, person.id),
    ])
    moveClock(() => new Date(second * 1000))
    expect(await passes(person, code)).toBe(null)
    const { totpStep } = await db.staff.findUniqueOrThrow({ where: { id: person.id } })
    expect(totpStep).toBe(BigInt(Math.floor(second / 30)))
    expect(await passes(person, code)).toEqual(refused)
  })

  it('ACC-01: one step early or late is the same telephone, two are not', () => {
    const at = new Date(1_234_567_890_000)
    const [lastOf, firstOf] = [new Date(1_234_567_919_999), new Date(1_234_567_890_000)]
    expect(stepOf(published, '005924', at, null)).toBe(41_152_263n)
    expect(stepOf(published, '005924', new Date(firstOf.getTime() - 30_000), null)).toBe(41_152_263n)
    expect(stepOf(published, '005924', new Date(firstOf.getTime() - 30_001), null)).toBe(null)
    expect(stepOf(published, '005924', new Date(lastOf.getTime() + 30_000), null)).toBe(41_152_263n)
    expect(stepOf(published, '005924', new Date(lastOf.getTime() + 30_001), null)).toBe(null)
  })

  it('ACC-01: works once, and outdates those before it; the next one works', async () => {
    const person = await guarded()
    const [used, before, after] = [0, -1, 1].map((steps) => codeOf(person.secret, steps))
    expect(await passes(person, used!)).toEqual(refused)
    expect(await passes(person, before!)).toEqual(refused)
    expect(await passes(person, ` ${after!.slice(0, 3)} ${after!.slice(3)} `)).toBe(null)
    expect(await passes(person, after!)).toEqual(refused)
  })

  it('ACC-01: of twenty equal codes at once one passes', async () => {
    await under({ 'accounts.tries': 50 as never }, async () => {
      const person = await guarded()
      const code = codeOf(person.secret, 1)
      const answers = await Promise.all(Array.from({ length: 20 }, () => passes(person, code)))
      expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    })
  })

  it('ACC-01: nothing passes for somebody without a confirmed factor', async () => {
    const person = await guarded()
    await pool.query('update staff set totp_confirmed_at = null where id = $1', [person.id])
    expect(await passes(person, codeOf(person.secret, 1))).toEqual(refused)
    expect(await passes(person, person.codes[0]!)).toEqual(refused)
  })
})

describe('ACC-01: the lock', () => {
  it('ACC-01: five wrong codes lock, and the guards are told; the right one is refused then', async () => {
    const [person, guard] = [await guarded(), await guarded([{ role: 'security_admin' }])]
    for (let at = 0; at < 5; at++) expect(await passes(person, wrongCode(person.secret))).toEqual(refused)
    expect(await passes(person, codeOf(person.secret, 1))).toEqual(refused)
    expect(await passes(person, person.codes[0]!)).toEqual(refused)
    const told = await db.notice.findMany({ where: { staffId: guard.id, subject: `staff:${person.id}` } })
    expect(told.map(({ kind, rule }) => `${kind} ${rule}`)).toEqual(['account.locked ACC-01'])
  })

  it('ACC-01: four wrong codes are forgiven by a right one', async () => {
    const person = await guarded()
    for (let at = 0; at < 4; at++) await passes(person, wrongCode(person.secret))
    expect(await passes(person, codeOf(person.secret, 1))).toBe(null)
    for (let at = 0; at < 4; at++) await passes(person, wrongCode(person.secret))
    expect(await passes(person, person.codes[0]!)).toBe(null)
  })
})

describe('ACC-01: recovery codes', () => {
  it('ACC-01: ten are given, each works once however it is written', async () => {
    const person = await guarded()
    expect(new Set(person.codes).size).toBe(10)
    const [first, second] = person.codes
    expect(await passes(person, first!.toLowerCase().replaceAll('-', ' '))).toBe(null)
    expect(await passes(person, first!)).toEqual(refused)
    expect(await passes(person, second!)).toBe(null)
    const line = await db.auditEntry.findFirst({
      where: { subject: `staff:${person.id}`, action: 'factor.recovery_used' },
      orderBy: { id: 'desc' },
    })
    expect(line?.after).toEqual({ left: 8 })
  })

  it('ACC-01: of twenty equal ones at once one passes', async () => {
    await under({ 'accounts.tries': 50 as never }, async () => {
      const person = await guarded()
      const answers = await Promise.all(Array.from({ length: 20 }, () => passes(person, person.codes[3]!)))
      expect(answers.filter((answer) => answer === null)).toHaveLength(1)
    })
  })

  it('ACC-01: new ones outdate the old', async () => {
    const person = await guarded()
    const fresh = await renewCodes(person.actor)
    expect(await passes(person, person.codes[0]!)).toEqual(refused)
    expect(await passes(person, fresh[0]!)).toBe(null)
  })

  it('ACC-01: are another person’s nothing', async () => {
    const [one, other] = [await guarded(), await guarded()]
    expect(await passes(other, one.codes[0]!)).toEqual(refused)
  })

  it('ACC-01: stand in the database only as salted hashes', async () => {
    const person = await guarded()
    const rows = await db.recoveryCode.findMany({ where: { staffId: person.id } })
    expect(rows).toHaveLength(10)
    const stored = JSON.stringify(rows.map(({ hash }) => hash))
    for (const code of person.codes) expect(stored).not.toContain(asRecoveryCode(code))
    const again = await hashCodes(person.codes)
    expect(again.some((hash) => rows.some((row) => row.hash === hash))).toBe(false)
    expect(await matching(asRecoveryCode(person.codes[4]!)!, again)).toBe(again[4])
  })

  it('ACC-01: are never taken for six digits, nor six digits for them', () => {
    for (const code of newCodes()) expect(asRecoveryCode(code)).toHaveLength(12)
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999 }), (n) => asRecoveryCode(String(n)) === null))
  })
})

describe('ACC-01: the secret at rest', () => {
  const staff = fc.bigInt({ min: 1n, max: 1n << 40n })

  it('ACC-01: opens for whom it was sealed, and for nobody else', () => {
    fc.assert(
      fc.property(fc.string(), staff, staff, (text, of, other) => {
        const sealed = seal(text, of)
        expect(unseal(sealed, of)).toBe(text)
        if (other !== of) expect(unseal(sealed, other)).toBe(null)
      }),
    )
  })

  it('ACC-01: an altered one opens nothing', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), fc.constantFrom('A', 'b', '7', ':'), (at, letter) => {
        const sealed = seal(published, 7n)
        const place = at % sealed.length
        const altered = sealed.slice(0, place) + letter + sealed.slice(place + 1)
        // The last letter of a base64 text has bits that say nothing.
        if (altered !== sealed && place < sealed.length - 1) expect([null, published]).toContain(unseal(altered, 7n))
        expect(unseal(`${sealed}A`.replace('hkdf', 'none'), 7n)).toBe(null)
      }),
    )
  })

  it('ACC-01: tells by which algorithm, and holds nothing of the secret', () => {
    const sealed = seal(published, 7n)
    expect(sealed).toMatch(/^hkdf-sha256\.aes-256-gcm:/)
    expect(sealed).not.toContain(published)
    expect(seal(published, 7n)).not.toBe(sealed)
  })
})
