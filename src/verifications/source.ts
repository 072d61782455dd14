import { VerificationWay } from '../../prisma/client/enums.ts'
import { choice, optionalText } from '../web/fields.ts'

export const ways = Object.values(VerificationWay) as [VerificationWay, ...VerificationWay[]]

/** CUS-07: how whoever corrects a datum came to know the right one; each correction's form asks for it. */
export const sourceFields = { way: choice(ways), wayNote: optionalText({ max: 300 }) }
export type Source = { way: VerificationWay; wayNote: string | null }
