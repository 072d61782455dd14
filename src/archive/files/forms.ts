import { z } from 'zod'
import type { FilePart } from '../../../prisma/client/enums.ts'
import { choice, optionalText, text, version } from '../../web/fields.ts'
import { fileKinds, partsOf } from '../parts.ts'

export const retentions = ['permanent', 'years30', 'years10'] as const
export const allParts = [...new Set(Object.values(partsOf).flat())] as [FilePart, ...FilePart[]]

const number = text({ min: 1, max: 20 })
const reason = text({ min: 1, max: 200 })
/** A file begins no higher than 秘密: what is classified is so item by item, with a keeper of its own. */
const startLevel = choice(['internal', 'secret'])

export const openingForm = z.strictObject({
  kind: choice(fileKinds),
  keeper: number,
  secrecy: startLevel,
  retention: choice(retentions),
  remark: optionalText({ max: 500 }),
})
export type FileOpening = z.infer<typeof openingForm>

export const fileCorrectionForm = z.strictObject({
  kind: choice(fileKinds),
  secrecy: startLevel,
  retention: choice(retentions),
  remark: optionalText({ max: 500 }),
  version: version(),
})
export type FileCorrection = z.infer<typeof fileCorrectionForm>

export const keeperForm = z.strictObject({ keeper: number, reason, version: version() })
export type KeeperChange = z.infer<typeof keeperForm>

const day = z
  .union([z.literal(''), z.iso.date({ error: 'web:field.malformed' })])
  .optional()
  .transform((value) => (value ? value : null))

export const volumeForm = z.strictObject({
  title: text({ min: 1, max: 100 }),
  part: choice(allParts),
  startedOn: day,
  endedOn: day,
})
export type VolumeInput = z.infer<typeof volumeForm>
export const volumeCorrectionForm = volumeForm.extend({ version: version() })
export type VolumeCorrection = z.infer<typeof volumeCorrectionForm>
