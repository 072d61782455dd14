import { z } from 'zod'
import {
  CollectionPurpose,
  Cooperation,
  CustomerKind,
  CustomerRelation,
  CustomerSource,
} from '../../prisma/client/enums.ts'
import { sourceFields } from '../verifications/source.ts'
import { checkbox, choice, optionalChoice, optionalId, optionalText, text, version } from '../web/fields.ts'
import { longestName } from './names.ts'
import { lifeActs } from './states.ts'

const values = <T extends Record<string, string>>(of: T) => Object.values(of) as [T[keyof T], ...T[keyof T][]]

const identity = {
  kind: choice(values(CustomerKind)),
  // An empty name is for the rules to refuse, together with whatever else is missing.
  name: text({ max: longestName }),
  noChineseName: checkbox(),
  aliases: optionalText({ max: 600 }),
  code: optionalText({ max: 40 }),
  relation: choice(values(CustomerRelation)),
  cooperation: optionalChoice(values(Cooperation)),
}
const reach = {
  phone: optionalText({ max: 200 }),
  email: optionalText({ max: 254 }),
  wechat: optionalText({ max: 60 }),
  website: optionalText({ max: 200 }),
  province: optionalText({ max: 30 }),
  city: optionalText({ max: 30 }),
  district: optionalText({ max: 30 }),
  address: optionalText({ max: 200 }),
}
const background = {
  source: optionalChoice(values(CustomerSource)),
  sourceNote: optionalText({ max: 200 }),
  purpose: optionalChoice(values(CollectionPurpose)),
  plates: optionalText({ max: 600 }),
  creditNote: optionalText({ max: 2000 }),
  tradeNote: optionalText({ max: 2000 }),
  remark: optionalText({ max: 2000 }),
}

/** The sections of a record that are corrected by themselves: each has its form and its address. */
export const sections = { identity, reach, background } as const
export type Section = keyof typeof sections

const distinction = optionalText({ max: 200 })

export const correctionForms = {
  identity: z.strictObject({ ...identity, distinction, ...sourceFields, version: version() }),
  reach: z.strictObject({ ...reach, distinction, ...sourceFields, version: version() }),
  background: z.strictObject({ ...background, ...sourceFields, version: version() }),
}

export const newCustomerForm = z.strictObject({
  ...identity,
  ...reach,
  ...background,
  departmentId: optionalId(),
  regionId: optionalId(),
  distinction,
})
export type NewCustomer = z.infer<typeof newCustomerForm>

/** `in` is the address of the list the customer was opened from. */
export const customerQuery = z.object({ in: z.string().max(2000).optional() })

export const confirmationForm = z.strictObject({ version: version() })

export const lifeForm = z.strictObject({
  act: choice(lifeActs),
  reason: optionalText({ max: 500 }),
  version: version(),
})
export type LifeChange = z.infer<typeof lifeForm>
